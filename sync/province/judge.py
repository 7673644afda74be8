"""Judging: what the province makes of what it holds. It never touches a watermark, and may change its mind later.

An entry waits when its cause (the last entry about the dossier that its desk knew, or the dossier's acceptance) is not
held or waits itself, when its body has not come, or when its kind is from a newer program. Everything else gets a
judgement now.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from sync.protocol.entries import UnknownKind, read_body
from sync.protocol.entry import Body, Entry
from sync.protocol.problems import Unreadable
from sync.province import causes, forks
from sync.province.database import Work
from sync.province.foresight import look_ahead
from sync.province.hold import entry_of
from sync.province.judges import HAPPENED, JUDGES, Case
from sync.province.rows import DeskRow, DossierRow, EntryRow, EpochRow, WaitingRow
from sync.province.verdicts import APPLIED, Judgement, Verdicts, refused, waiting

AT_ONCE = 300
"""Entries in one sitting: about a quarter of a second in which nobody else can tell anything."""
UNJUDGED = EpochRow.judged < EpochRow.seq
NOBODY = UUID(int=0)
_ASKED_AT_ONCE = 500
_OF_ITS_LINE = and_(EpochRow.desk == EntryRow.desk, EpochRow.epoch == EntryRow.epoch, EpochRow.line == EntryRow.line)
_JUDGED = exists().where(_OF_ITS_LINE, EntryRow.seq <= EpochRow.judged)
_IN_ITS_PLACE = EntryRow.hash == WaitingRow.entry
_BODY_CAME = WaitingRow.for_body & (EntryRow.body.is_not(None) | EntryRow.erased)


@dataclass(frozen=True)
class Wait:
    """A place among the entries that wait, the longest waiting first."""

    since: datetime
    entry: str


FIRST = Wait(datetime(1, 1, 1, tzinfo=UTC), "")


def due(work: Work, desk: UUID) -> int:
    """How many entries of this desk were never judged, or wait for a body that has come meanwhile."""
    unjudged = select(func.coalesce(func.sum(EpochRow.seq - EpochRow.judged), 0)).where(EpochRow.desk == desk)
    came = select(func.count()).where(_IN_ITS_PLACE, _BODY_CAME, WaitingRow.desk == desk)
    return int(work.session.execute(select(unjudged.scalar_subquery() + came.scalar_subquery())).scalar_one())


def is_anything_due(work: Work) -> bool:
    """Is there an entry, of whatever desk, that nobody has judged, or whose body has come?"""
    return bool(work.session.scalar(select(exists().where(UNJUDGED) | exists().where(_IN_ITS_PLACE, _BODY_CAME))))


def judge(work: Work, desk: UUID, most: int = AT_ONCE) -> None:
    """Judge what is due of a desk, and whatever waited for it, of other desks too. Within `Database.telling` only."""
    epochs = select(EpochRow).where(EpochRow.desk == desk, UNJUDGED).order_by(EpochRow.epoch, EpochRow.line)
    sitting = _Sitting(work)
    sitting.hear(_docket(work, epochs, most))
    sitting.hear_again(_waiting(work, _BODY_CAME, WaitingRow.desk == desk, most=most))
    sitting.close()


def judge_next(work: Work, after: UUID = NOBODY, most: int = AT_ONCE) -> UUID | None:
    """Judge what is due of the desks behind `after`, all the way round; gives the last one heard, None if none is due.

    Within `Database.telling` only.
    """
    in_turn = (EpochRow.desk <= after, EpochRow.desk, EpochRow.epoch, EpochRow.line)
    docket = _docket(work, select(EpochRow).where(UNJUDGED).order_by(*in_turn).limit(most), most)
    sitting = _Sitting(work)
    sitting.hear(docket)
    came = _waiting(work, _BODY_CAME, most=most)
    sitting.hear_again(came)
    sitting.close()
    if docket:
        return docket[-1].epoch.desk
    return after if came else None


def judge_again(work: Work, after: Wait = FIRST, most: int = AT_ONCE) -> Wait | None:
    """After an update: what waited for this program to know its kind, and all else that waits, in the order it came.

    Gives the place to go on from, None at the end. Within `Database.telling` only.
    """
    behind = tuple_(WaitingRow.since, WaitingRow.entry) > (after.since, after.entry)
    query = select(WaitingRow.since, EntryRow).join(EntryRow, _IN_ITS_PLACE).where(behind)
    found = work.session.execute(query.order_by(WaitingRow.since, WaitingRow.entry).limit(most)).tuples().all()
    last = Wait(found[-1][0], found[-1][1].hash) if len(found) == most else None
    sitting = _Sitting(work)
    sitting.hear_again([row for _, row in found])
    sitting.close()
    return last


def overrule(work: Work, row: EntryRow, judgement: Judgement) -> None:
    """An officer judges one entry. Within `Database.telling` only."""
    verdicts = Verdicts(work)
    verdicts.pronounce(row, judgement)
    verdicts.tell()


@dataclass(frozen=True)
class _Matter:
    """A run of an epoch that is to be judged."""

    epoch: EpochRow
    rows: list[EntryRow]


def _docket(work: Work, epochs: Select[tuple[EpochRow]], most: int) -> list[_Matter]:
    """The next entries of these epochs, so many in all."""
    docket: list[_Matter] = []
    for epoch in work.session.scalars(epochs).all():
        if most <= 0:
            break
        docket.append(_Matter(epoch, _entries(work, epoch, most)))
        most -= len(docket[-1].rows)
    return docket


class _Sitting:
    """The judging of one transaction. What it asks of many entries it asks at once, before it begins."""

    def __init__(self, work: Work) -> None:
        self.verdicts = Verdicts(work)
        self._work = work
        self._entries: dict[str, Entry] = {}
        self._settled: set[str] = set()
        self._unawaited: set[str] = set()
        """Nobody waits for these."""
        self._taken_in: set[UUID] = set()
        self._judged_before: set[str] = set()
        self._heard: list[_Matter] = []

    def hear(self, docket: list[_Matter]) -> None:
        """Judge entries for the first time, each followed by those that waited for it."""
        self._prepare([row for matter in docket for row in matter.rows])
        for matter in docket:
            self._watch(matter)
            for row in matter.rows:
                self._judge(row, first=True)
        self._heard += docket

    def _watch(self, matter: _Matter) -> None:
        """Is this another machine's journal under one desk's name?"""
        epoch, desk = matter.epoch, self._work.session.get_one(DeskRow, matter.epoch.desk)
        if epoch.judged == epoch.fork_seq:
            self.verdicts.branch(entry_of(matter.rows[0]).head.previous)
        if epoch.line > 0 and epoch.judged == epoch.fork_seq:
            forks.tell_of_fork(self._work, desk, epoch)
        forks.watch_parent(self._work, desk, epoch, entry_of(matter.rows[-1]).head.time)

    def hear_again(self, rows: list[EntryRow]) -> None:
        """Judge entries that waited, each followed by those that waited for it."""
        self._prepare(rows)
        for row in rows:
            self._judge(row)

    def close(self) -> None:
        """Tell what was judged. Last of all, for the row is the one that holding moves on and must not wait for long,
        say how far that was.
        """
        self.verdicts.tell()
        self._work.session.flush()
        for matter in self._heard:
            matter.epoch.judged = matter.rows[-1].seq

    def _prepare(self, rows: list[EntryRow]) -> None:
        """Ask at once what judging them one by one would ask."""
        entries = {row.hash: entry_of(row) for row in rows}
        look_ahead(self._work, entries.values())
        names = {causes.name_of(row.dossier) for row in rows if row.dossier is not None and row.kind in causes.TAKES_IN}
        self._unawaited |= (entries.keys() | names) - _among(self._work, WaitingRow.cause, [*entries, *names])
        before = {entry.head.after for entry in entries.values()} - {None}
        self._judged_before |= _among(self._work, EntryRow.hash, before, _JUDGED)
        self._entries |= entries

    def _judge(self, row: EntryRow, *, first: bool = False) -> None:
        queue = deque(self._one(row, first=first))
        while queue:
            queue.extend(self._one(queue.popleft()))

    def _one(self, row: EntryRow, *, first: bool = False) -> list[EntryRow]:
        """Judge one entry; those that waited for it and can be judged now."""
        entry = self._entries.get(row.hash) or entry_of(row)
        judgement = self._judged(row, entry)
        self.verdicts.pronounce(row, judgement, first=first)
        if judgement.verdict == "waiting":
            self._wait(row, judgement)
            return []
        self._settle(row)
        self._put_right(judgement.settles)
        return self._followers(row.hash) + self._brought(row)

    def _judged(self, row: EntryRow, entry: Entry) -> Judgement:
        missing = self._missing(entry)
        if missing is not None:
            return missing
        try:
            body = read_body(entry)
        except UnknownKind:
            return waiting("Loại bản ghi mới, chờ cập nhật hệ thống tỉnh.", "Of a kind the province does not know yet.")
        except Unreadable as error:
            return _unreadable(entry, error)
        return self._with_body(row, entry, body)

    def _with_body(self, row: EntryRow, entry: Entry, body: Body | None) -> Judgement:
        if body is None:
            erased = self._work.session.scalar(select(EntryRow.erased).where(EntryRow.hash == entry.hash))
            return APPLIED if erased else waiting("Chưa nhận được nội dung.", "Its body has not come.")
        desk = self._work.session.get_one(DeskRow, entry.head.desk)
        return JUDGES[type(body)](Case(self._work, desk, entry, row.line), body)

    def _missing(self, entry: Entry) -> Judgement | None:
        """What it must wait for: the last entry the desk knew about the dossier, or the dossier itself."""
        head = entry.head
        if head.after is not None and not causes.waits_for_nothing(head) and not self._is_settled(head.after):
            return causes.for_entry(head.after)
        if head.dossier is None or not causes.needs_dossier(head) or head.dossier in self._taken_in:
            return None
        return None if causes.is_taken_in(self._work, head.dossier) else causes.for_dossier(head.dossier)

    def _is_settled(self, hash: str) -> bool:
        """Is it judged, and not waiting itself? What is only held may still be refused."""
        if hash in self._settled:
            return True
        return self._was_judged(hash) and self._work.session.get(WaitingRow, hash) is None

    def _was_judged(self, hash: str) -> bool:
        """Those that waited for it may come from anywhere, so not everything was asked at the beginning."""
        if hash not in self._judged_before:
            self._judged_before |= _among(self._work, EntryRow.hash, [hash], _JUDGED)
        return hash in self._judged_before

    def _wait(self, row: EntryRow, judgement: Judgement) -> None:
        waits = self._work.session.get(WaitingRow, row.hash)
        if waits is None:
            waits = WaitingRow(entry=row.hash, desk=row.desk, since=self._work.now)
            self._work.session.add(waits)
        waits.cause, waits.for_body = judgement.cause, row.body is None and not row.erased
        if judgement.cause is not None:
            self._unawaited.discard(judgement.cause)

    def _settle(self, row: EntryRow) -> None:
        self._settled.add(row.hash)
        dossier = self._work.session.get(DossierRow, row.dossier) if row.dossier is not None else None
        if dossier is not None:
            dossier.last = row.hash
        waits = self._work.session.get(WaitingRow, row.hash)
        if waits is not None:
            self._work.session.delete(waits)

    def _put_right(self, hashes: tuple[str, ...]) -> None:
        """What was refused and is settled by a later entry is refused no longer."""
        for row in self._work.session.scalars(select(EntryRow).where(EntryRow.hash.in_(hashes))) if hashes else ():
            self.verdicts.pronounce(row, APPLIED)

    def _brought(self, row: EntryRow) -> list[EntryRow]:
        """Those that waited for the dossier this entry takes in."""
        if row.dossier is None or row.kind not in causes.TAKES_IN:
            return []
        self._taken_in.add(row.dossier)
        return self._followers(causes.name_of(row.dossier))

    def _followers(self, cause: str) -> list[EntryRow]:
        return [] if cause in self._unawaited else _waiting(self._work, WaitingRow.cause == cause)


def _unreadable(entry: Entry, error: Unreadable) -> Judgement:
    """What happened cannot be refused, only not understood."""
    if entry.head.kind in HAPPENED:
        return waiting("Nội dung không đọc được.", "Its body cannot be read.")
    return refused(error.field or "body", "Nội dung không đọc được.", "Its body cannot be read.")


def _entries(work: Work, epoch: EpochRow, most: int) -> list[EntryRow]:
    """What is to be judged next; more may be held by now than when `epoch` was read, and has its own turn."""
    of_line = (EntryRow.desk == epoch.desk, EntryRow.epoch == epoch.epoch, EntryRow.line == epoch.line)
    run = EntryRow.seq.between(epoch.judged + 1, min(epoch.seq, epoch.judged + most))
    return list(work.session.scalars(select(EntryRow).where(*of_line, run).order_by(EntryRow.seq)))


def _waiting(work: Work, *which: ColumnElement[bool], most: int | None = None) -> list[EntryRow]:
    query = select(EntryRow).join(WaitingRow, _IN_ITS_PLACE).where(*which)
    return list(work.session.scalars(query.order_by(WaitingRow.since, EntryRow.epoch, EntryRow.seq).limit(most)))


def _among(
    work: Work, column: InstrumentedAttribute[Any], values: Iterable[Any], *which: ColumnElement[bool]
) -> set[Any]:
    """Which of the values are in the column."""
    found: set[Any] = set()
    asked = list(values)
    for i in range(0, len(asked), _ASKED_AT_ONCE):
        some = select(column).where(column.in_(asked[i : i + _ASKED_AT_ONCE]), *which)
        found |= set(work.session.scalars(some))
    return found
