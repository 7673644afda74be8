"""Several workers on one PostgreSQL: locks keep order, so nothing is skipped, lost or done twice."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import msgspec
import pytest

from sync.province import policy
from sync.province.database import Database, open_database
from tests.province.desk_driver import DeskDriver
from tests.servers import Province, listening

DESKS, DOSSIERS = 6, 8
PATIENCE = 30


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def second(province: Province) -> Iterator[Database]:
    """The database as another worker sees it."""
    with closing(open_database(province.database_url, province.clock)) as database:
        yield database


def test_a_row_that_commits_late_is_never_skipped(province: Province, desk: DeskDriver, second: Database) -> None:
    """One worker stalls between insert and commit; the next number waits for it, and no reader passes them by."""
    desk.read_all()
    watcher = DeskDriver.enrol(province.url, province.code())
    watcher.read_all()
    stalled, go_on, told = threading.Event(), threading.Event(), threading.Event()

    def stall() -> None:
        with second.telling() as work:
            policy.put(work, msgspec.structs.replace(policy.get(work), keep_months=11))
            stalled.set()
            assert go_on.wait(PATIENCE)

    def accept_meanwhile() -> None:
        desk.accept()
        desk.exchange()
        told.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(stall)
        assert stalled.wait(PATIENCE)
        later = pool.submit(accept_meanwhile)
        assert watcher.exchange([]).items == ()
        assert not told.is_set()
        go_on.set()
        first.result(PATIENCE)
        later.result(PATIENCE)

    assert [item.kind for item in watcher.exchange([]).items] == ["policy", "dossier", "verdict"]


def test_two_workers_take_everything_exactly_once(province: Province, second: Database) -> None:
    with listening(second) as other_url:
        desks = [DeskDriver.enrol(province.url, province.code()) for _ in range(DESKS)]

        with ThreadPoolExecutor(DESKS) as pool:
            list(pool.map(lambda desk: _work_a_day(desk, (province.url, other_url)), desks))

        listed = province.command("dossiers")
        assert len({one["code"] for one in listed}) == len(listed) == DESKS * DOSSIERS
        assert {one["verdict"] for one in listed} == {"applied"}
        for desk in desks:
            assert desk.held == {1: desk.tip.seq}
            desk.cursor, desk.incarnation = "", None
            assert len(set(desk.read_all().keys("dossier"))) == (DESKS - 1) * DOSSIERS


def test_the_same_parcel_at_two_workers_at_once_is_held_once(province: Province, second: Database) -> None:
    desk = DeskDriver.enrol(province.url, province.code())
    for _ in range(DOSSIERS):
        desk.accept()
    parcel = desk.parcel(tuple(desk.journal))

    with listening(second) as other_url, ThreadPoolExecutor(4) as pool:
        urls = [province.url, other_url] * 2
        answers = list(pool.map(lambda url: desk.post(parcel, url=url), urls))

    held = [desk.hear(parcel, answer.content).down for answer in answers]
    assert {down.held for down in held} == {(desk.tip,)}
    assert [down.problem for down in held] == [None] * 4
    assert len(province.command("dossiers")) == DOSSIERS


def _work_a_day(desk: DeskDriver, urls: tuple[str, ...]) -> None:
    """Each dossier by another worker than the one before."""
    for n in range(DOSSIERS):
        desk.url = urls[n % len(urls)]
        desk.accept()
        desk.exchange()
