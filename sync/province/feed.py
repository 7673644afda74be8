"""The feed: what the province tells its desks, one item after another, each replacing the last of its kind and key.

Only the newest word on each thing is kept, so the feed is its own compacted snapshot. A desk that has read nothing
gets everything that is not about a dossier first, then open dossiers and those of the last 90 days, newest first;
from then on it gets what is new, in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from sync.protocol import canonical
from sync.protocol.exchange import FEED_LINE_LIMIT
from sync.protocol.feed import FeedItem, Told, read_item, write_item
from sync.protocol.instant import write_instant
from sync.protocol.problems import Unreadable
from sync.province.cursor import Cursor, Phase
from sync.province.database import Work
from sync.province.errors import NotPossible
from sync.province.lines import Journal
from sync.province.rows import CounterRow, DeskRow, DossierRow, FeedRow
from sync.province.statuses import CLOSED
from sync.province.telling import FEED, Word

EVERYBODY = "*"
SNAPSHOT_DAYS = timedelta(days=90)
_ANY = 2**53
"""In the place of a number that is taken when the transaction commits."""
PAGE_BYTES = 1024 * 1024
"""A page closes after the item that passes this, whatever the desk asked for."""


@dataclass(frozen=True)
class Origin:
    """The entry an item comes from; a desk that has the entry itself needs no copy."""

    desk: UUID
    epoch: int
    line: int
    seq: int


@dataclass(frozen=True)
class Page:
    """Items for one desk, and where to go on."""

    items: tuple[FeedItem, ...]
    cursor: str
    more: bool


def tell(
    work: Work,
    kind: str,
    key: str,
    data: Told | None,
    *,
    scope: str = EVERYBODY,
    dossier: UUID | None = None,
    origin: Origin | None = None,
) -> None:
    """Say the newest on a thing; None takes it back. Within `Database.telling` only.

    Raises NotPossible for what desks could not read.
    """
    item = write_item(_ANY, kind, key, data)
    _check_readable(item)
    word = Word(
        scope=scope,
        kind=kind,
        kind_version=item.kind_version,
        key=key,
        data=item.data,
        dossier=dossier,
        desk=origin.desk if origin else None,
        epoch=origin.epoch if origin else None,
        line=origin.line if origin else None,
        seq=origin.seq if origin else None,
    )
    work.words.say(word)


def is_told(work: Work, kind: str, key: str) -> bool:
    """Has anybody been told of this thing?"""
    if work.words.speaks_of(kind, key):
        return True
    return bool(work.session.scalar(select(exists().where(FeedRow.kind == kind, FeedRow.key == key))))


def _check_readable(item: FeedItem) -> None:
    """One item that is too long or misshapen would keep desks from the whole answer it stands in."""
    try:
        read_item(canonical.read(canonical.write(item), FeedItem, what=item.kind, limit=FEED_LINE_LIMIT))
    except Unreadable as error:
        raise NotPossible(
            f"Không gửi cho các quầy được, vì quầy sẽ không đọc được ({error.reason}).",
            f"It cannot be told, because the desks could not read it ({error.reason}).",
        ) from error


def read_page(work: Work, desk: DeskRow, cursor: str, journal: Journal, limit: int) -> Page:
    """The next items for a desk that has read up to `cursor` and has this journal."""
    newest = _newest(work)
    at = Cursor.read(cursor) or Cursor(Phase.REFERENCE, upto=newest)
    if limit == 0:
        return Page((), cursor, more=at.phase is not Phase.NEWS or at.n < newest)
    return _page(work, desk, at, journal, limit, newest)


def _page(work: Work, desk: DeskRow, at: Cursor, journal: Journal, limit: int, newest: int) -> Page:
    rows = _rows(work, desk, at, journal, limit + 1)
    shown = _within(rows, limit)
    if len(shown) < len(rows):
        return Page(_items(shown), str(at.past(shown[-1].n, shown[-1].received_at)), more=True)
    then = at.next_phase(newest)
    if at.phase is Phase.NEWS or shown:
        return Page(_items(shown), str(then), more=at.phase is not Phase.NEWS)
    return _page(work, desk, then, journal, limit, newest)


@dataclass(frozen=True)
class _Found:
    n: int
    kind: str
    kind_version: int
    key: str
    data: str | None
    received_at: str


def _rows(work: Work, desk: DeskRow, at: Cursor, journal: Journal, limit: int) -> list[_Found]:
    heard = (FeedRow.scope.in_((EVERYBODY, desk.agency)), not_(_has_itself(journal)))
    query = {Phase.REFERENCE: _reference, Phase.DOSSIERS: _dossiers, Phase.NEWS: _news}[at.phase](work, desk, at)
    found = work.session.execute(query.where(*heard).limit(limit)).tuples()
    return [_Found(*row) for row in found]


_Query = Select[tuple[int, str, int, str, str | None, str]]


def _columns(received_at: InstrumentedAttribute[str] | ColumnElement[str]) -> _Query:
    return select(FeedRow.n, FeedRow.kind, FeedRow.kind_version, FeedRow.key, FeedRow.data, received_at)


def _reference(work: Work, desk: DeskRow, at: Cursor) -> _Query:
    own_verdict = and_(FeedRow.kind == "verdict", FeedRow.desk == desk.id)
    plain = and_(FeedRow.dossier.is_(None), FeedRow.kind != "verdict")
    between = and_(FeedRow.n > at.n, FeedRow.n <= at.upto)
    return _columns(FeedRow.key).where(between, or_(own_verdict, plain)).order_by(FeedRow.n)


def _dossiers(work: Work, desk: DeskRow, at: Cursor) -> _Query:
    recent = write_instant(work.now - SNAPSHOT_DAYS)
    own_verdict = and_(FeedRow.kind == "verdict", FeedRow.desk == desk.id)
    query = (
        _columns(DossierRow.received_at)
        .join(DossierRow, DossierRow.id == FeedRow.dossier)
        .where(FeedRow.n <= at.upto, not_(own_verdict))
        .where(or_(DossierRow.status.not_in(CLOSED), DossierRow.received_at >= recent))
        .order_by(DossierRow.received_at.desc(), FeedRow.n.desc())
    )
    return query.where(tuple_(DossierRow.received_at, FeedRow.n) < (at.received_at, at.n)) if at.n else query


def _news(work: Work, desk: DeskRow, at: Cursor) -> _Query:
    return _columns(FeedRow.key).where(FeedRow.n > at.n).order_by(FeedRow.n)


def _has_itself(journal: Journal) -> ColumnElement[bool]:
    """Dossiers the desk took and still has in its journal. A restored desk or a clone lacks some, and gets those."""
    return and_(FeedRow.kind == "dossier", journal.has(FeedRow))


def _within(rows: list[_Found], limit: int) -> list[_Found]:
    shown, size = [], 0
    for row in rows[:limit]:
        shown.append(row)
        size += len(row.data or "")
        if size > PAGE_BYTES:
            break
    return shown


def _items(rows: Iterable[_Found]) -> tuple[FeedItem, ...]:
    """Within a page by number, in whatever order the page was chosen."""
    told = (
        FeedItem(n=r.n, kind=r.kind, kind_version=r.kind_version, key=r.key, deleted=r.data is None, data=r.data)
        for r in rows
    )
    return tuple(sorted(told, key=lambda item: item.n))


def _newest(work: Work) -> int:
    return work.session.execute(select(CounterRow.n).where(CounterRow.name == FEED)).scalar_one()
