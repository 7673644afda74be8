"""Lines of a journal: which entries lie on the one that ends at a given head, back through forks and parents."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select

from sync.province.database import Work
from sync.province.rows import EntryRow, EpochRow, FeedRow

FARTHEST = 128
"""Lines a journal is followed back through; a desk that opened epochs without end hears again what lies before."""
Line = tuple[int, int]
"""An epoch of a desk and the number of a line in it."""


@dataclass(frozen=True)
class Journal:
    """One journal of a desk: how far it reaches into each line that is held."""

    desk: UUID
    reaches: dict[Line, int]
    roots: dict[int, str]
    """The hash of the first entry of each of its epochs."""

    def holds(self, desk: UUID, epoch: int, line: int, seq: int) -> bool:
        """Does the entry in this place lie on it?"""
        return desk == self.desk and seq <= self.reaches.get((epoch, line), 0)

    def has(self, row: type[EntryRow] | type[FeedRow]) -> ColumnElement[bool]:
        """The same as a condition; never null, whatever the row lacks."""
        reached = (
            and_(row.epoch == epoch, row.line == line, row.seq <= seq) for (epoch, line), seq in self.reaches.items()
        )
        return and_(row.desk.is_not_distinct_from(self.desk), or_(false(), *reached))


def journal(work: Work, desk: UUID, hashes: Iterable[str]) -> Journal:
    """The journal these heads lie on, up to the first of them that is held.

    Where none is, nothing lies on it: better told twice than not at all.
    """
    lines = _lines(work, desk)
    reaches = _walk(work, desk, lines, _end(work, desk, lines, hashes))
    return Journal(desk, reaches, {epoch: lines[epoch, line].root for epoch, line in reaches})


def _lines(work: Work, desk: UUID) -> dict[Line, EpochRow]:
    rows = work.session.scalars(select(EpochRow).where(EpochRow.desk == desk))
    return {(row.epoch, row.line): row for row in rows}


_Place = tuple[int, int, int]


def _end(work: Work, desk: UUID, lines: dict[Line, EpochRow], hashes: Iterable[str]) -> _Place | None:
    ends = {row.hash: (row.epoch, row.line, row.seq) for row in lines.values()}
    return next((place for name in hashes if (place := ends.get(name) or _place(work, desk, name))), None)


def _place(work: Work, desk: UUID, hash: str) -> _Place | None:
    where = (EntryRow.desk == desk, EntryRow.hash == hash)
    row = work.session.execute(select(EntryRow.epoch, EntryRow.line, EntryRow.seq).where(*where)).one_or_none()
    return (row[0], row[1], row[2]) if row is not None else None


def _walk(work: Work, desk: UUID, lines: dict[Line, EpochRow], end: _Place | None) -> dict[Line, int]:
    reaches: dict[Line, int] = {}
    while end is not None and end[:2] not in reaches and len(reaches) < FARTHEST:
        epoch, line, seq = end
        reaches[epoch, line] = seq
        end = _before(work, desk, lines.get((epoch, line)))
    return reaches


def _before(work: Work, desk: UUID, row: EpochRow | None) -> _Place | None:
    """Where a line goes on towards the beginning: the one it left, or the parent of its epoch."""
    if row is None:
        return None
    if row.fork_line is not None:
        return row.epoch, row.fork_line, row.fork_seq
    return _place(work, desk, row.parent_hash) if row.parent_hash is not None else None
