"""A stick that is full, pulled out half-way or lies: what came whole counts, and nothing unproven is believed."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from sync.carriers import Exported, carry, export, import_answers
from sync.protocol.durable import lay_down
from sync.protocol.parcel_file import down_name, read_file
from sync.protocol.signing import public
from sync.troubles import CarrierTrouble, NotTheProvince
from tests.sync.far_end import FarEnd
from tests.sync.journals import NOW, Keys, MemoryJournal

KEYS = Keys.new()
EVERY = 37
"""Bytes between two places where the stick is pulled out."""


def left(journal: MemoryJournal, folder: Path) -> Exported:
    return export(journal, folder, software="test", clock=lambda: NOW)


def answered(up: Path, far_end: FarEnd) -> Path:
    """The province's answer beside a parcel."""
    down = up.with_name(down_name(up.name, 1))
    lay_down(down, far_end.exchange(up.read_bytes()))
    return down


@pytest.fixture
def journal() -> MemoryJournal:
    journal = MemoryJournal.enrolled(KEYS)
    journal.write(3)
    return journal


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """As on a disk that is full after so many bytes."""
    before = _limit(size)
    try:
        yield
    finally:
        _limit(before)


def _limit(size: int) -> int:
    """The limit before; -1 for none. Only Unix has such limits."""
    if sys.platform == "win32":
        raise NotImplementedError
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    return soft


def test_an_answer_settles_what_left_by_stick(journal: MemoryJournal, tmp_path: Path) -> None:
    (up,) = left(journal, tmp_path).files
    before = journal.unsent()
    answered(up, FarEnd(KEYS))

    imported = import_answers(journal, [tmp_path])

    assert (before, journal.unsent(), imported.answers) == (3, 0, 1)


def test_leaving_on_a_stick_marks_nothing_as_sent(journal: MemoryJournal, tmp_path: Path) -> None:
    left(journal, tmp_path)

    assert (journal.unsent(), journal.settled) == (3, [])


def test_an_answer_cut_anywhere_changes_nothing_and_is_said(journal: MemoryJournal, tmp_path: Path) -> None:
    (up,) = left(journal, tmp_path).files
    whole = answered(up, FarEnd(KEYS)).read_bytes()
    down = next(tmp_path.glob("*.down.cdparcel"))

    for end in range(0, len(whole), EVERY):
        down.write_bytes(whole[:end])
        imported = import_answers(journal, [tmp_path])
        assert (imported.answers, len(imported.skipped)) == (0, 1)
    down.write_bytes(whole)

    assert journal.settled == []
    assert import_answers(journal, [tmp_path]).answers == 1


def test_an_answer_changed_anywhere_is_not_believed(journal: MemoryJournal, tmp_path: Path) -> None:
    (up,) = left(journal, tmp_path).files
    down = answered(up, FarEnd(KEYS))
    whole = down.read_bytes()

    for at in range(0, len(whole), EVERY):
        down.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert import_answers(journal, [down]).answers == 0

    assert journal.settled == []


@pytest.mark.parametrize("room", [0, 1, 100, 600])
def test_on_a_full_stick_no_half_parcel_is_left_and_the_next_try_is_whole(
    journal: MemoryJournal, tmp_path: Path, room: int
) -> None:
    with no_file_longer_than(room), pytest.raises(CarrierTrouble) as trouble:
        left(journal, tmp_path)

    assert trouble.value.reason == "full"
    assert list(tmp_path.iterdir()) == []
    (up,) = left(journal, tmp_path).files
    assert read_file(up)[1].header.kind == "up"


def test_a_folder_that_went_away_is_said(journal: MemoryJournal, tmp_path: Path) -> None:
    with pytest.raises(CarrierTrouble) as trouble:
        left(journal, tmp_path / "gone")

    assert trouble.value.reason == "gone"


def test_an_answer_to_a_parcel_we_never_sent_is_no_answer(journal: MemoryJournal, tmp_path: Path) -> None:
    (up,) = left(journal, tmp_path).files
    answered(up, FarEnd(KEYS, header={"reply_to": UUID(int=5)}))

    imported = import_answers(journal, [tmp_path])

    assert (imported.answers, imported.skipped[0].reason) == (0, "not asked for")


def test_an_answer_of_another_province_is_no_answer(journal: MemoryJournal, tmp_path: Path) -> None:
    (up,) = left(journal, tmp_path).files
    far_end = FarEnd(KEYS, signer=Keys.new().signing)
    answered(up, far_end)

    imported = import_answers(journal, [tmp_path])

    assert (imported.answers, journal.settled) == (0, [])


def test_an_answer_that_travelled_says_nothing_of_the_clock(journal: MemoryJournal, tmp_path: Path) -> None:
    (up,) = left(journal, tmp_path).files
    answered(up, FarEnd(KEYS))

    import_answers(journal, [tmp_path])

    (settlement,) = journal.settled
    assert (settlement.offset, settlement.travelled, settlement.asked) == (None, True, (None, ""))


def test_a_sibling_is_brought_once_and_a_stranger_never(journal: MemoryJournal, tmp_path: Path) -> None:
    sibling, stranger = MemoryJournal.enrolled(KEYS), MemoryJournal.enrolled(KEYS)
    for one in (sibling, stranger, journal):
        left(one, tmp_path)
    far_end, known = FarEnd(KEYS), {public(sibling.me.key)}

    first = carry(far_end, tmp_path, journal.me, known)
    second = carry(far_end, tmp_path, journal.me, known)

    assert (len(first.files), len(first.skipped)) == (1, 1)
    assert (len(second.files), len(far_end.seen)) == (0, 1)
    assert import_answers(sibling, [tmp_path]).answers == 1


def test_an_answer_that_is_not_our_provinces_is_not_laid_beside(journal: MemoryJournal, tmp_path: Path) -> None:
    sibling = MemoryJournal.enrolled(KEYS)
    left(sibling, tmp_path)
    far_end = FarEnd(KEYS, on_the_way=lambda _: b"<html>please log in</html>")

    with pytest.raises(NotTheProvince):
        carry(far_end, tmp_path, journal.me, {public(sibling.me.key)})

    assert list(tmp_path.glob("*.down.cdparcel")) == []
