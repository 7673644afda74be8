"""A reserve is really on the disk, is given up to the counter alone, and is made again when there is room."""

import sys
from pathlib import Path

import pytest

from desk.domain.errors import DiskFull, ReserveGivenUp
from desk.services.lamp import look
from desk.services.ports.values import LampReason, LampState
from desk.store.reserve import Reserve
from tests import make
from tests.store.stores import DeskAtWork

SIZE = 3 * 1024 * 1024 + 5
LONG = make.requirement(name="Giấy tờ " * 60)


def test_a_reserve_is_really_there_and_is_made_once(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path, SIZE)

    assert reserve.make()
    made = (tmp_path / "reserve").stat()
    assert reserve.make()

    assert made.st_size == SIZE
    if sys.platform != "win32":  # which does not tell
        assert made.st_blocks * 512 >= SIZE
    assert (tmp_path / "reserve").stat().st_mtime_ns == made.st_mtime_ns
    assert [file.name for file in tmp_path.iterdir()] == ["reserve"]


def test_a_reserve_that_was_given_up_says_so_until_it_is_made_again(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path, SIZE)
    reserve.make()

    assert reserve.give_up()
    assert not reserve.give_up()
    assert (reserve.is_kept, reserve.is_given_up) == (False, True)

    assert Reserve(tmp_path, SIZE).make()
    assert (reserve.is_kept, reserve.is_given_up) == (True, False)


def test_where_there_never_was_room_that_is_said_too(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path, 2**60)

    assert not reserve.make()
    assert reserve.is_given_up


def test_a_home_without_a_reserve_is_asked_nothing(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path, SIZE)

    reserve.give_up_when_tight()

    assert (reserve.is_kept, reserve.is_given_up) == (False, False)
    assert list(tmp_path.iterdir()) == []


def test_a_deed_that_finds_no_room_opens_the_reserve_and_says_to_do_it_again(desk: DeskAtWork) -> None:
    desk.store.reserve.make()
    with desk.store.writing() as connection:
        driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute("PRAGMA max_page_count = 1")

    with pytest.raises(ReserveGivenUp):
        desk.accepts(requirements=(LONG,) * 50)
    with pytest.raises(DiskFull) as again:
        desk.accepts(requirements=(LONG,) * 50)

    assert not isinstance(again.value, ReserveGivenUp)
    lamp = look(open_reading=desk.store.open_reading)
    assert (lamp.state, lamp.reason) == (LampState.RED, LampReason.DISK_FULL)


def test_sync_that_finds_no_room_leaves_the_reserve_to_the_counter(desk: DeskAtWork) -> None:
    desk.store.reserve.make()
    with desk.store.writing() as connection:
        driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute("PRAGMA max_page_count = 1")

    with pytest.raises(DiskFull):
        desk.hears(*(desk.province.staff(f"clerk {n}", "Lê Minh " * 20) for n in range(400)))

    assert desk.store.reserve.is_kept
