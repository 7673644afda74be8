"""Erasing: what goes, what stays, and that nothing goes without an entry that names it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlalchemy.exc import IntegrityError

from desk.domain.errors import NotAllowedNow
from desk.services.erase import erase_dossier
from desk.services.lamp import look
from desk.services.ports.values import LampState
from desk.services.search import find
from desk.services.verify import verify
from desk.store.files import FileBox
from desk.store.store import FILE
from tests import make
from tests.store.stores import HOA, KEY, DeskAtWork

QUACH = make.party("Quách Thị Xuyến", personal_id="027180009999", phone="0987000111")


def _erase(desk: DeskAtWork, code: str) -> int:
    return erase_dossier(
        code,
        "request",
        "Văn bản số 12",
        clerk=HOA,
        files=FileBox(desk.home),
        open_work=desk.store.open_work,
        clock=desk.clock,
    )


def test_body_salt_person_and_search_go_and_the_chain_stays_whole(desk: DeskAtWork) -> None:
    taken = desk.accepts(applicant=QUACH, fees=(make.fee_line(),))
    other = desk.accepts()
    desk.holds_all()

    gone = _erase(desk, taken.code)

    assert gone == 2
    kept = [entry for entry in desk.entries() if entry.head.dossier == taken.id]
    assert [(one.head.kind, one.body_text is None, one.salt is None) for one in kept] == [
        ("dossier_accepted", True, True),
        ("fee_taken", True, True),
        ("bodies_erased", False, False),
    ]
    for words in ("quach", "Quách Thị Xuyến", "9999", "0987000111"):
        assert find(words, open_reading=desk.store.open_reading) == ()
    assert [one.code for one in find(taken.code, open_reading=desk.store.open_reading)] == [taken.code]
    assert [one.code for one in find("lan", open_reading=desk.store.open_reading)] == [other.code]
    assert verify(open_reading=desk.store.open_reading).sound


def test_figures_of_an_erased_dossier_stay(desk: DeskAtWork) -> None:
    taken = desk.accepts(applicant=QUACH, fees=(make.fee_line(),))
    desk.holds_all()

    _erase(desk, taken.code)

    with desk.store.open_reading() as memory:
        found = memory.dossiers.by_code(taken.code)
    assert (found.erased, found.dossier.fee, found.dossier.procedure) == (True, 4_000, "2.000815")
    assert (found.dossier.applicant.full_name, found.dossier.applicant.personal_id) == ("", None)
    assert desk.sql("SELECT total FROM payments") == [(4_000,)]


def test_no_table_knows_the_person_afterwards(desk: DeskAtWork) -> None:
    taken = desk.accepts(applicant=QUACH)
    desk.holds_all()

    _erase(desk, taken.code)

    tables = [row[0] for row in desk.sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    everything = " ".join(
        str(value) for table in tables for row in desk.sql(f'SELECT * FROM "{table}"') for value in row
    )
    for trace in ("Xuyến", "xuyến", "xuyen", "027180009999", "999900081720", "0987000111"):
        assert trace not in everything
    assert (desk.home / FILE).exists()


def test_a_body_that_the_province_still_asks_for_is_not_erased_and_not_called_safe(desk: DeskAtWork) -> None:
    taken = desk.accepts(applicant=QUACH)
    missing = next(entry.tip for entry in desk.entries() if entry.head.dossier == taken.id)
    desk.wire.settle(desk.province.answer(held=[desk.wire.tip()], wanted=(missing,)))

    with pytest.raises(NotAllowedNow):
        _erase(desk, taken.code)
    lamp = look(open_reading=desk.store.open_reading)

    assert (lamp.state, lamp.unsent_entries, lamp.unsent_dossiers) == (LampState.AMBER, 1, 1)
    assert desk.wire.bodies([missing])


def test_only_what_an_erasing_entry_names_may_go(desk: DeskAtWork) -> None:
    taken, other = desk.accepts(applicant=QUACH), desk.accepts()
    desk.holds_all()
    _erase(desk, taken.code)

    with pytest.raises(IntegrityError, match="names"):
        desk.sql("DELETE FROM salts WHERE dossier = ?", str(other.id))
    with pytest.raises(IntegrityError, match="names"):
        desk.sql("DELETE FROM bodies WHERE seq = (SELECT seq FROM heads WHERE dossier = ? LIMIT 1)", str(other.id))
    with pytest.raises(IntegrityError, match="erasure"):
        desk.sql(
            "INSERT INTO erasures SELECT h.epoch, h.seq, json_extract(h.head, '$.commitment'), e.by_epoch, e.by_seq"
            " FROM heads h, erasures e WHERE h.dossier = ?",
            str(other.id),
        )


def test_the_erasing_entry_itself_and_its_proof_stay(desk: DeskAtWork) -> None:
    taken = desk.accepts(applicant=QUACH)
    desk.holds_all()
    _erase(desk, taken.code)

    for statement in (
        "DELETE FROM bodies WHERE seq = (SELECT max(seq) FROM heads)",
        "DELETE FROM erasures",
        "UPDATE erasures SET seq = seq + 1",
        "INSERT INTO bodies SELECT epoch, seq, '{}', NULL FROM erasures",
    ):
        with pytest.raises(IntegrityError):
            desk.sql(statement)


def test_a_later_entry_of_an_erased_dossier_has_a_salt_of_its_own(desk: DeskAtWork) -> None:
    taken = desk.accepts(applicant=QUACH)
    desk.holds_all()
    _erase(desk, taken.code)
    again = desk.entries()

    with desk.store.open_reading() as memory:
        about = memory.journal.about(taken.id)

    assert [one.salt is None for one in about] == [True, False]
    assert again[-1].head.after == about[0].hash


_PAGE, _RESERVED, _SALT = 4096, 80, 16


def _pages(file: Path) -> Iterator[bytes]:
    """Every page of the file in the clear, free ones too: AES-256-CBC, the vector behind the data."""
    data = file.read_bytes()
    for at in range(0, len(data), _PAGE):
        page = data[at : at + _PAGE]
        vector = page[_PAGE - _RESERVED :][:16]
        reader = Cipher(AES(KEY), CBC(vector)).decryptor()
        yield reader.update(page[_SALT if at == 0 else 0 : _PAGE - _RESERVED]) + reader.finalize()


def test_no_page_of_the_file_knows_the_person_afterwards_though_somebody_has_the_key(desk: DeskAtWork) -> None:
    for name in ("Quách Thị Xuyến", "Quách Văn Ba"):
        taken = desk.accepts(applicant=make.party(name, personal_id="027180009999"), note="Ghi chú dài " * 40)
        desk.holds_all()
        _erase(desk, taken.code)
    other = desk.accepts()

    desk.store.close()

    clear = b"".join(_pages(desk.home / FILE))
    assert other.applicant.full_name.encode() in clear
    traces = ("Quách", "quach", "027180009999", "999900081720", "Ghi chú dài")
    assert [trace for trace in traces if trace.encode() in clear] == []
