"""Parcels from a stick at the province: cut, shuffled, doubled, forged, and from a desk that was revoked."""

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.protocol.parcel_file import read_file
from sync.province.carried import Brought, bring_in
from sync.province.database import Database, open_database
from tests.province.desk_driver import DeskDriver
from tests.servers import Hands, Province

EVERY = 61
"""Bytes between two places where the stick is pulled out."""


@pytest.fixture
def database(province: Province) -> Iterator[Database]:
    with contextlib.closing(open_database(province.database_url, Hands())) as database:
        yield database


def parcels(desk: DeskDriver, folder: Path, deeds: int) -> list[Path]:
    """A parcel a deed, in the order they were written."""
    files = []
    for n in range(deeds):
        before = len(desk.journal)
        desk.accept()
        file = folder / f"{n:02d}.up.cdparcel"
        entries = desk.journal if n == 0 else desk.journal[before:]
        file.write_bytes(desk.parcel(tuple(entries)))
        files.append(file)
    return files


def brought(database: Database, *places: Path, admit_revoked: bool = False) -> list[Brought]:
    return [one for one in bring_in(database, places, admit_revoked=admit_revoked) if isinstance(one, Brought)]


def test_in_any_order_all_is_held_and_each_has_its_answer(
    database: Database, province: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    files = parcels(desk, tmp_path, 6)
    random.Random(5).shuffle(files)

    said = brought(database, *files)

    assert all(one.held for one in said)
    assert all(one.answers for one in said)
    assert len(province.command("dossiers")) == 6


def test_a_gap_is_said_and_closed_by_the_next_stick(database: Database, desk: DeskDriver, tmp_path: Path) -> None:
    files = parcels(desk, tmp_path, 3)

    first = brought(database, files[0], files[2])
    second = brought(database, tmp_path)

    assert sorted((one.file.name[:2], one.held) for one in first) == [("00", True), ("02", False)]
    assert all(one.held for one in second)


def test_a_parcel_cut_anywhere_is_skipped_and_harms_nothing(
    database: Database, province: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    (file,) = parcels(desk, tmp_path, 1)
    whole = file.read_bytes()

    for end in range(0, len(whole), EVERY):
        file.write_bytes(whole[:end])
        (one,) = brought(database, tmp_path)
        assert (one.held, one.answers) == (False, ())
    file.write_bytes(whole)

    assert province.command("dossiers") == []
    assert brought(database, tmp_path)[0].held


def test_brought_twice_it_is_there_once(
    database: Database, province: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    parcels(desk, tmp_path, 2)

    for _ in range(2):
        assert all(one.held for one in brought(database, tmp_path))

    assert len(province.command("dossiers")) == 2


def test_the_feed_goes_with_one_answer_to_each_desk(
    database: Database, province: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    files = parcels(desk, tmp_path, 3)

    said = brought(database, tmp_path)

    sizes = sorted(answer.stat().st_size for one in said for answer in one.answers)
    assert sizes[0] * 5 < sizes[-1]
    assert {read_file(answer)[1].header.kind for one in said for answer in one.answers} == {"down"}
    assert len(files) == 3


def test_a_revoked_desk_is_heard_through_the_door_and_its_agency_is_told(
    database: Database, province: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    sibling = DeskDriver.enrol(province.url, province.code())
    sibling.read_all()
    parcels(desk, tmp_path, 1)
    province.command("revoke", str(desk.id))

    shut = brought(database, tmp_path)
    opened = brought(database, tmp_path, admit_revoked=True)

    assert ([one.held for one in shut], [one.held for one in opened]) == ([False], [True])
    notices = sibling.read_all().of("notice")
    assert [notice.matter for notice in notices] == ["revoked_admitted"]
