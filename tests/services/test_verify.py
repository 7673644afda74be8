"""Whoever has the key and a tool can change a row; `verify` says which."""

import pytest

from desk.services.ports.said import say_dossier
from desk.services.verify import Fault, Finding, verify
from sync.protocol.canonical import write
from sync.protocol.feed import FeedDossier, StatusTold
from tests import make
from tests.store.stores import DeskAtWork


def _findings(desk: DeskAtWork) -> tuple[Finding, ...]:
    return verify(open_reading=desk.store.open_reading).findings


def _unguarded(desk: DeskAtWork, *statements: str) -> None:
    """As somebody would who knows about the triggers."""
    for (trigger,) in desk.sql("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        desk.sql(f"DROP TRIGGER {trigger}")
    for statement in statements:
        desk.sql(statement)


def _busy(desk: DeskAtWork) -> None:
    taken = desk.accepts(fees=(make.fee_line(),))
    desk.accepts(applicant=make.party("Trần Văn Bình"))
    sibling = make.dossier(desk_number=2024, applicant=make.party("Khuất Thị Mơ"))
    said = FeedDossier(id=sibling.id, desk=None, version=2, dossier=write(say_dossier(sibling)))
    told = StatusTold(dossier=taken.id, code=taken.code, status=4, at="2025-07-01T02:00:00.000Z", by="Hoa")
    desk.hears(desk.province.item("dossier", str(sibling.id), said), desk.province.item("status", str(taken.id), told))


def test_an_honest_store_is_sound_and_says_what_was_looked_at(desk: DeskAtWork) -> None:
    _busy(desk)

    verified = verify(open_reading=desk.store.open_reading)

    assert verified.sound
    assert (verified.entries, verified.signatures, verified.erased) == (4, 3, 0)
    assert verified.tip == desk.wire.tip()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE heads SET head = replace(head, '\"lan\"', '\"hoa\"') WHERE seq = 3", Fault.CHAIN),
        ("UPDATE heads SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE seq = 4", Fault.OWN),
        ("DELETE FROM bodies WHERE seq = 4; DELETE FROM heads WHERE seq = 4", Fault.OWN),
        ("UPDATE bodies SET body = replace(body, 'Lan', 'Hoa') WHERE seq = 2", Fault.BODY),
        ("UPDATE salts SET salt = zeroblob(32)", Fault.BODY),
        ("DELETE FROM bodies WHERE seq = 2", Fault.MISSING),
        ("DELETE FROM salts", Fault.MISSING),
        ("UPDATE heads SET signature = zeroblob(64) WHERE seq = 4", Fault.SIGNATURE),
        ("UPDATE heads SET signature = NULL WHERE seq = 4", Fault.SIGNATURE),
        ("UPDATE dossiers SET fee = 0", Fault.OWN),
        ("UPDATE dossiers SET full_name = 'Ai Đó' WHERE id = (SELECT max(id) FROM dossiers)", Fault.OWN),
        ("DELETE FROM dossiers WHERE id = (SELECT max(id) FROM dossiers)", Fault.OWN),
        ("UPDATE dossiers SET erased = 1, full_name = NULL, applicant = NULL, note = NULL", Fault.OWN),
        ("DELETE FROM payments", Fault.OWN),
        ("UPDATE searchable SET words = 'nobody' WHERE mine", Fault.OWN),
        ("DELETE FROM numbers", Fault.OWN),
        ("UPDATE statuses SET status = 10", Fault.MIRROR),
        ("DELETE FROM siblings", Fault.MIRROR),
        ("DELETE FROM feed WHERE kind = 'status'", Fault.MIRROR),
        ("UPDATE certificates SET certificate = replace(certificate, '1017', '2017')", Fault.CERTIFICATE),
    ],
)
def test_a_change_behind_the_program_s_back_is_found(desk: DeskAtWork, statement: str, fault: Fault) -> None:
    _busy(desk)

    _unguarded(desk, *statement.split("; "))

    assert fault in {finding.fault for finding in _findings(desk)}


def test_an_end_that_was_cut_off_is_missed_by_what_the_province_holds(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.holds_all()
    gone = [f"DELETE FROM {table} WHERE seq = 2" for table in ("bodies", "heads")]
    rows = [f"DELETE FROM {table} WHERE dossier = '{taken.id}'" for table in ("salts", "dossiers")]

    _unguarded(desk, *gone, *rows)

    assert _findings(desk) == (Finding(Fault.CHAIN, "1/2"),)


def test_a_finding_names_a_place_and_no_person(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    _unguarded(desk, "UPDATE dossiers SET full_name = 'Ai Đó'")

    assert _findings(desk) == (Finding(Fault.OWN, f"dossiers {taken.id}"),)


def test_verifying_leaves_nothing_behind_on_the_disk(desk: DeskAtWork) -> None:
    desk.accepts()
    before = sorted(file.name for file in desk.home.iterdir())

    verify(open_reading=desk.store.open_reading)

    assert sorted(file.name for file in desk.home.iterdir()) == before
