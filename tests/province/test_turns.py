"""Judging behind the requests: what an older program, or one that died, left to do."""

from collections.abc import Iterator
from contextlib import closing
from time import monotonic

import pytest
from sqlalchemy import select

from sync.protocol.feed import Verdict
from sync.province import judge
from sync.province.database import Database, open_database
from sync.province.rows import EntryRow, WaitingRow
from sync.province.verdicts import waiting
from tests.province.desk_driver import DeskDriver, verdicts
from tests.servers import Province, listening

PATIENCE = 30
MANY = 200
"""More than one sitting hears."""


@pytest.fixture
def second(province: Province) -> Iterator[Database]:
    """The database as the next program finds it."""
    with closing(open_database(province.database_url, province.clock)) as database:
        yield database


def test_what_an_older_program_did_not_understand_is_judged_when_the_next_one_starts(
    province: Province, desk: DeskDriver, second: Database
) -> None:
    for _ in range(MANY):
        desk.sign_in()
    _hear(desk, "applied")
    with second.telling() as work:
        for row in work.session.scalars(select(EntryRow).where(EntryRow.kind == "clerk_signed_in")):
            judge.overrule(work, row, waiting("Loại bản ghi mới.", "Of a kind not known."))
            work.session.add(WaitingRow(entry=row.hash, desk=row.desk, cause=None, for_body=False, since=work.now))
    _hear(desk, "waiting")

    with listening(second) as url:
        desk.url = url

        heard = _hear(desk, "applied")

    assert sorted(heard) == [(1, entry.head.seq) for entry in desk.journal]


def _hear(desk: DeskDriver, verdict: str) -> dict[tuple[int, int], Verdict]:
    """Turns of the desk until that is the verdict of its newest entries."""
    heard: dict[tuple[int, int], Verdict] = {}
    until = monotonic() + PATIENCE
    while monotonic() < until and {one.verdict for place, one in heard.items() if place > (1, 1)} != {verdict}:
        desk.cursor, desk.incarnation = "", None
        heard = verdicts(desk.read_all())
    return heard
