"""Who reads the feed, and when: what an item means may depend on both."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from desk.store.rows import IncarnationRow


@dataclass(frozen=True)
class Reader:
    """This desk, the heads of its journal by (epoch, sequence), and the incarnation that speaks, with its age."""

    desk: UUID
    hash_at: Callable[[int, int], str | None]
    incarnation: str
    age: int


def age_of(connection: Connection, incarnation: str) -> int:
    """1 for the first incarnation of the province this desk ever heard, then 2 …; one that is new is the newest."""
    known = select(IncarnationRow.nth).where(IncarnationRow.incarnation == incarnation)
    age = connection.execute(known).scalar_one_or_none()
    if age is None:
        age = (connection.execute(select(func.max(IncarnationRow.nth))).scalar() or 0) + 1
        connection.execute(insert(IncarnationRow), {"incarnation": incarnation, "nth": age})
    return age
