"""What a transaction tells the desks, gathered until its end: there it takes its numbers and is written in one go."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from sync.province.rows import CounterRow, FeedRow

FEED = "feed"
_THING = ("scope", "kind", "key")


@dataclass(frozen=True, kw_only=True)
class Word:
    """The newest on one thing, as its row will say it."""

    scope: str
    kind: str
    kind_version: int
    key: str
    data: str | None
    dossier: UUID | None
    desk: UUID | None
    epoch: int | None
    line: int | None
    seq: int | None


class Words:
    """In the order they were said; what is said anew goes to the end."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str, str], Word] = {}

    def say(self, word: Word) -> None:
        thing = (word.scope, word.kind, word.key)
        self._said.pop(thing, None)
        self._said[thing] = word

    def speaks_of(self, kind: str, key: str) -> bool:
        """Is the thing told to anybody here?"""
        return any((word.kind, word.key) == (kind, key) for word in self._said.values())

    def write(self, session: Session) -> None:
        """Number and write them. Whoever numbers locks the counter until the commit."""
        if not self._said:
            return
        counted = update(CounterRow).where(CounterRow.name == FEED).values(n=CounterRow.n + len(self._said))
        last = session.execute(counted.returning(CounterRow.n)).scalar_one()
        first = last - len(self._said) + 1
        rows = [{**vars(word), "n": n} for n, word in enumerate(self._said.values(), first)]
        session.execute(_put(session.get_bind().dialect.name), rows)
        self._said.clear()


def _put(dialect: str) -> Insert:
    """A new row, or the one of the thing moved to its new number."""
    insert = postgresql.insert(FeedRow) if dialect == "postgresql" else sqlite.insert(FeedRow)
    moved = {name: insert.excluded[name] for name in ("n", *Word.__dataclass_fields__) if name not in _THING}
    return insert.on_conflict_do_update(index_elements=_THING, set_=moved)
