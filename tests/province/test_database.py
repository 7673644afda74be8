"""The two ways to stand in the database, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import select

from sync.protocol.feed import Policy
from sync.province import policy
from sync.province.database import Database, open_database
from sync.province.rows import CounterRow, ProvinceRow
from sync.province.telling import FEED
from tests.servers import Hands


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(open_database(database_url, Hands())) as database:
        yield database


def test_one_look_sees_one_state_whatever_is_committed_meanwhile(database: Database) -> None:
    with database.reading() as look:
        newest = look.session.scalar(select(CounterRow.n).where(CounterRow.name == FEED))
        with database.telling() as work:
            policy.put(work, Policy(codes="province"))

        assert look.session.scalar(select(CounterRow.n).where(CounterRow.name == FEED)) == newest
        assert '"codes":"desk"' in look.session.execute(select(ProvinceRow.policy)).scalar_one()
