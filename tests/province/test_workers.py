"""Several workers on one PostgreSQL: locks keep order, so nothing is skipped, lost or done twice."""

import contextlib
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from uuid import uuid4

import msgspec
import pytest
import requests
from sqlalchemy import select

from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.feed import Verdict
from sync.province import judge, policy
from sync.province.database import Database, open_database
from sync.province.exchange import AT_ONCE, exchange
from sync.province.rows import VerdictRow
from tests.province.desk_driver import TUESDAY, DeskDriver, verdicts
from tests.province.test_files import Tus, scan
from tests.servers import Province, listening, province_process

DESKS, DOSSIERS = 6, 8
MUCH = AT_ONCE + 10
"""Dossiers that are judged by no request."""
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
    """One worker stalls between insert and commit. Others are held meanwhile; no reader passes the row that is late."""
    watcher = DeskDriver.enrol(province.url, province.code())
    for reader in (watcher, desk, watcher):
        reader.read_all()
    stalled, go_on = threading.Event(), threading.Event()

    def stall() -> None:
        with second.telling() as work:
            policy.put(work, msgspec.structs.replace(policy.get(work), keep_months=11))
            work.words.write(work.session)
            stalled.set()
            assert go_on.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(stall)
        assert stalled.wait(PATIENCE)
        desk.accept()
        held = desk.exchange()
        passed_by = watcher.exchange([]).items
        go_on.set()
        late.result(PATIENCE)

    assert held.down.held == (desk.tip,)
    assert held.items == passed_by == ()
    assert _heard(watcher, 3) == ["policy", "dossier", "verdict"]


def test_much_at_once_is_held_at_once_and_judged_behind(province: Province, desk: DeskDriver, second: Database) -> None:
    """Nobody can tell anything, and still a desk brings a day's work, and is answered."""
    desk.read_all()
    for _ in range(MUCH):
        desk.accept()

    with second.telling():
        answer = desk.exchange()

    assert answer.down.held == (desk.tip,)
    assert answer.items == ()
    applied = _judged(desk, MUCH)
    assert {verdict.verdict for verdict in applied.values()} == {"applied"}


def test_a_dossier_hears_its_verdict_at_once_though_much_is_waiting_for_the_judge(
    province: Province, desk: DeskDriver, second: Database
) -> None:
    busy = DeskDriver.enrol(province.url, province.code("H05.07.210"))
    for _ in range(MUCH):
        busy.accept()
    exchange(second, busy.parcel(tuple(busy.journal)), leave=_nobody)
    desk.read_all()
    desk.accept()

    answer = desk.exchange()

    assert verdicts(answer)[1, desk.tip.seq].verdict == "applied"


def test_an_entry_waits_for_a_cause_that_is_held_and_not_judged_yet(
    province: Province, desk: DeskDriver, second: Database
) -> None:
    """What is only held may still be refused, and the desk that built on it happens to be judged first."""
    dossier = desk.accept()
    desk.exchange()
    desk.write(SlipIssued(slip=uuid4(), issue=1, form="tt03-2025-mau-01", code=desk.code(1)), dossier=dossier)
    sibling = DeskDriver.enrol(province.url, province.code())
    sibling.exchange()
    sibling.last_of[dossier] = desk.tip.hash
    sibling.write(DossierVoided(reason="Nhận nhầm"), dossier=dossier)

    with second.telling() as work:
        held = [one.exchange() for one in (desk, sibling)]
        judge.judge(work, sibling.id)
        first = work.session.scalar(select(VerdictRow.verdict).where(VerdictRow.entry == sibling.tip.hash))

    assert [answer.down.held for answer in held] == [(desk.tip,), (sibling.tip,)]
    assert first == "waiting"
    assert _judged(sibling, 1)[1, sibling.tip.seq].verdict == "applied"
    assert province.command("dossiers")[0]["voided"] is True


def test_what_was_held_before_the_province_died_is_judged_when_it_lives_again(
    province: Province, desk: DeskDriver, second: Database
) -> None:
    """It died between holding and judging: no request asks for this desk's verdicts, and they come."""
    watcher = DeskDriver.enrol(province.url, province.code())
    watcher.read_all()
    for _ in range(MUCH):
        desk.accept()
    exchange(second, desk.parcel(tuple(desk.journal)), leave=_nobody)

    with listening(second) as url:
        watcher.url = url

        assert sorted(set(_heard(watcher, MUCH + 1))) == ["dossier", "verdict"]


def test_two_workers_take_everything_exactly_once(province: Province, second: Database) -> None:
    with listening(second) as other_url:
        desks = [DeskDriver.enrol(province.url, province.code()) for _ in range(DESKS)]

        with ThreadPoolExecutor(DESKS) as pool:
            list(pool.map(lambda desk: _work_a_day(desk, (province.url, other_url)), desks))

        for desk in desks:
            _judged(desk, DOSSIERS)
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
    _judged(desk, DOSSIERS)
    assert len(province.command("dossiers")) == DOSSIERS


def test_two_processes_share_the_work_and_a_killed_one_is_replaced(postgresql_url: str, tmp_path: Path) -> None:
    with province_process(postgresql_url, tmp_path, workers=2, files=tmp_path / "files") as province:
        desks = [DeskDriver.enrol(province.url, province.code()) for _ in range(DESKS)]
        uploads = [Tus(desk, scan(), at=datetime.now(UTC) - TUESDAY).begin() for desk in desks]
        with ThreadPoolExecutor(DESKS) as pool:
            list(pool.map(_persist, desks))
            workers = _workers(tmp_path)
            _kill(min(workers))
            list(pool.map(_persist, desks))
        for desk in desks:
            _judged(desk, 2 * DOSSIERS)
        listed = province.command("dossiers")

    assert len(workers) == 2
    assert {upload.status_code for upload in uploads} == {201}
    assert "another takes its place" in (tmp_path / "province.log").read_text()
    assert len({one["code"] for one in listed}) == len(listed) == 2 * DESKS * DOSSIERS
    assert {one["verdict"] for one in listed} == {"applied"}


def test_several_workers_need_postgresql(sqlite_url: str, tmp_path: Path) -> None:
    province = Province("", sqlite_url, tmp_path / "root-key.pem")

    code, _, said = province.call("serve", "--workers", "2", "--listen", "127.0.0.1:0")

    assert code == 1
    assert "PostgreSQL" in said


def _work_a_day(desk: DeskDriver, urls: tuple[str, ...]) -> None:
    """Each dossier by another worker than the one before."""
    for n in range(DOSSIERS):
        desk.url = urls[n % len(urls)]
        desk.accept()
        desk.exchange()


def _persist(desk: DeskDriver) -> None:
    """A morning at a line that breaks now and then: whatever was not answered goes again."""
    for _ in range(DOSSIERS):
        desk.accept()
        for _ in range(PATIENCE):
            with contextlib.suppress(requests.ConnectionError):
                desk.exchange()
                break
        assert desk.held == {1: desk.tip.seq}


def _workers(folder: Path) -> set[int]:
    """Processes that held something, as their log says."""
    brought = re.findall(r"INFO (\d+) .* brought", (folder / "province.log").read_text())
    return {int(process) for process in brought}


def _heard(desk: DeskDriver, count: int) -> list[str]:
    """The kinds of the next items, until there are so many."""
    kinds: list[str] = []
    until = monotonic() + PATIENCE
    while len(kinds) < count and monotonic() < until:
        kinds += [item.kind for item in desk.exchange([]).items]
    return kinds


def _judged(desk: DeskDriver, count: int) -> dict[tuple[int, int], Verdict]:
    """Turns of the desk until it heard a verdict on its newest entry."""
    desk.cursor, desk.incarnation = "", None
    heard: dict[tuple[int, int], Verdict] = {}
    until = monotonic() + PATIENCE
    while (1, desk.tip.seq) not in heard and monotonic() < until:
        heard |= verdicts(desk.read_all())
    assert len(heard) > count
    return heard


def _nobody() -> None:
    """Hears that something was left, and does nothing."""


def _kill(process: int) -> None:
    if sys.platform == "win32":
        raise NotImplementedError  # where workers share no listening socket either
    os.kill(process, signal.SIGKILL)
