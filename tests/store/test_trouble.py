"""A full, locked, read-only or broken disk: each said as what it is, the deed undone as a whole, nothing deleted."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desk.domain.errors import DiskFull, StoreDamaged, StoreLocked, StoreReadOnly, StoreTrouble
from desk.services.verify import verify
from desk.store.connections import connect
from desk.store.store import FILE, Store
from tests import make
from tests.faults.faults import Fault, Faults, Moment, Site
from tests.faults.statements import failing_statements
from tests.store.stores import KEY, DeskAtWork, at_work, opened

LONG = make.requirement(name="Giấy tờ " * 60)


@contextmanager
def _pragma(desk: DeskAtWork, pragma: str, back: str) -> Iterator[None]:
    """On the store's own writing connection, outside of any transaction."""
    with desk.store.writing() as connection:
        driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute(f"PRAGMA {pragma}")
    yield
    driver.execute(f"PRAGMA {back}")


def test_a_full_disk_undoes_the_deed_and_keeps_everything_before_it(desk: DeskAtWork) -> None:
    desk.accepts()
    before = desk.entries()

    with _pragma(desk, "max_page_count = 1", "max_page_count = 1073741823"):
        for _ in range(2):
            with pytest.raises(DiskFull):
                desk.accepts(requirements=(LONG,) * 50)  # several pages: more than the last ones have room for

    assert desk.entries() == before
    assert verify(open_reading=desk.store.open_reading).sound
    desk.accepts()


FULL = """
import resource, sys
from pathlib import Path
from desk.domain.errors import StoreTrouble
from tests.store.stores import opened
desk = opened(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
taken = troubled = 0
while troubled < 5:
    try:
        desk.accepts()
        taken += 1
    except StoreTrouble:
        troubled += 1
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
desk.accepts()
print(taken + 1)
"""


def test_commits_that_fail_lose_nothing_that_was_taken_and_room_made_is_enough_to_go_on(tmp_path: Path) -> None:
    """What a quota does: the log cannot grow while a deed is being committed, again and again."""
    at_work(tmp_path).store.close()

    run = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, check=True, text=True)

    desk = opened(tmp_path)
    kinds = [entry.head.kind for entry in desk.entries()]
    assert kinds.count("dossier_accepted") == int(run.stdout) > 1
    assert verify(open_reading=desk.store.open_reading).sound
    desk.store.close()


def test_a_store_another_program_holds_is_locked_not_damaged(desk: DeskAtWork) -> None:
    before = desk.entries()
    with (
        _pragma(desk, "busy_timeout = 20", "busy_timeout = 5000"),
        closing(connect(desk.home / FILE, KEY, writing=True)) as intruder,
    ):
        intruder.execute("BEGIN IMMEDIATE")

        for _ in range(2):
            with pytest.raises(StoreLocked):
                desk.accepts()

    assert desk.entries() == before
    desk.accepts()


def test_a_store_that_may_not_be_written_is_read_only(desk: DeskAtWork) -> None:
    with _pragma(desk, "query_only = ON", "query_only = OFF"), pytest.raises(StoreReadOnly):
        desk.accepts()

    desk.accepts()


def test_a_corrupt_page_is_damage_and_the_file_is_left_alone(desk: DeskAtWork) -> None:
    for _ in range(20):
        desk.accepts()
    desk.store.close()
    file = desk.home / FILE
    data = bytearray(file.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 + 2000] ^= 0xFF
    file.write_bytes(data)

    with pytest.raises(StoreTrouble) as trouble:
        desk.reopened().entries()

    assert isinstance(trouble.value, StoreDamaged)
    assert file.read_bytes() == bytes(data)
    desk.store.close()


@pytest.mark.parametrize("moment", Moment)
def test_a_deed_that_could_not_be_undone_at_once_stands_in_the_way_of_no_other(tmp_path: Path, moment: Moment) -> None:
    seen = Faults()
    with failing_statements(seen), closing(at_work(tmp_path / "rehearsal").store) as store:
        _abandons_a_deed(store, seen)
    faults = Faults(Fault(Site.DESK, seen.seen[Site.DESK], moment, way=0))

    with failing_statements(faults):
        desk = at_work(tmp_path / "desk")
        with pytest.raises(StoreTrouble):
            _abandons_a_deed(desk.store, faults)
        desk.accepts()

    assert faults.happened == "ROLLBACK"
    assert verify(open_reading=desk.store.open_reading).findings == ()
    desk.store.close()


def _abandons_a_deed(store: Store, faults: Faults) -> None:
    faults.arm()
    with store.open_work():
        pass
    faults.disarm()
