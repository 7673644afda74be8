"""Who may work at once: parcels in the order they came, and the rest told when to come back."""

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing

import pytest

from sync.protocol.parcel import PARCEL_LIMIT
from sync.province.database import Database, open_database
from sync.province.gate import LARGE, LONGEST_WAIT, MOST_BYTES, Door, Gate, TooMany
from tests.province.desk_driver import DeskDriver
from tests.servers import Province

A_KILOBYTE = 1024
PATIENCE = 30


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Which database lies behind makes no difference here."""
    return sqlite_url


@pytest.fixture
def second(province: Province) -> Iterator[Database]:
    """The database as somebody else sees it who writes for too long."""
    with closing(open_database(province.database_url, province.clock)) as database:
        yield database


class _Hours:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_those_who_wait_are_let_in_in_the_order_they_came() -> None:
    door, passed = Door(1), list[int]()

    async def visit(number: int) -> None:
        async with door.passed(A_KILOBYTE):
            passed.append(number)
            await asyncio.sleep(0)

    async def morning() -> None:
        await asyncio.gather(*(visit(number) for number in range(20)))

    asyncio.run(morning())

    assert passed == list(range(20))


def test_whoever_would_wait_too_long_is_sent_away_at_once_and_told_for_how_long() -> None:
    hours = _Hours()
    door = Door(1, hours)

    async def morning() -> int:
        async with door.passed(A_KILOBYTE):
            hours.now += 40 * LONGEST_WAIT
        async with door.passed(A_KILOBYTE):
            waiting = asyncio.create_task(_pass(door))
            await asyncio.sleep(0)
            with pytest.raises(TooMany) as sent_away:
                await _pass(door)
        await waiting
        return sent_away.value.after

    assert asyncio.run(morning()) >= LONGEST_WAIT


def test_whoever_waited_in_vain_or_failed_leaves_the_door_free() -> None:
    door = Door(1)

    async def morning() -> None:
        async with door.passed(A_KILOBYTE):
            waiting = asyncio.create_task(_pass(door))
            await asyncio.sleep(0)
            waiting.cancel()
        with pytest.raises(ZeroDivisionError):
            async with door.passed(A_KILOBYTE):
                raise ZeroDivisionError
        await asyncio.wait_for(_pass(door), PATIENCE)

    asyncio.run(morning())


def test_a_dossier_does_not_stand_behind_somebodys_whole_night() -> None:
    gate = Gate()

    assert gate.for_parcel(3 * A_KILOBYTE) is not gate.for_parcel(300 * A_KILOBYTE)


def test_parcels_that_wait_never_fill_the_memory(province: Province, desk: DeskDriver, second: Database) -> None:
    """Two are being held, some more wait; for the next there is no room, and it is not kept waiting for that."""
    for _ in range(20):
        desk.accept(note=os.urandom(400).hex())
    large, junk = desk.parcel(tuple(desk.journal)), bytes(PARCEL_LIMIT - A_KILOBYTE)
    assert len(large) > LARGE
    too_many = MOST_BYTES // len(junk) + 3

    with ThreadPoolExecutor(2 + too_many) as pool:
        with second.telling():
            held = [pool.submit(desk.post, large) for _ in range(2)]
            waiting = [pool.submit(desk.post, junk) for _ in range(too_many)]
            answers = (one.result() for one in as_completed(waiting, PATIENCE))
            sent_away = next(answer for answer in answers if answer.status_code != 400)
        heard = [one.result() for one in held]

    assert sent_away.status_code == 503
    assert sent_away.json()["code"] == "busy"
    assert int(sent_away.headers["Retry-After"]) >= 1
    assert [answer.status_code for answer in heard] == [200, 200]


async def _pass(door: Door) -> None:
    async with door.passed(A_KILOBYTE):
        pass
