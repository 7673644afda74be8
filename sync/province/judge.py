"""Judging: what the province makes of what it holds. It never touches a watermark, and may change its mind later.

An entry waits when its cause (the last entry about the dossier that its desk knew) is not held or waits itself, when
its body has not come, or when its kind is from a newer program. Everything else gets a judgement now.
"""

from collections import deque
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from sync.protocol.entries import UnknownKind, read_body
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entry import Body, Entry
from sync.protocol.problems import Unreadable
from sync.province.database import Work
from sync.province.hold import entry_of
from sync.province.judges import HAPPENED, JUDGES, Case
from sync.province.rows import DeskRow, EntryRow, EpochRow, WaitingRow
from sync.province.verdicts import APPLIED, Judgement, Verdicts, refused, waiting

UNJUDGED = EpochRow.judged < EpochRow.seq
_IN_ITS_PLACE = EntryRow.hash == WaitingRow.entry
_BODY_CAME = WaitingRow.for_body & (EntryRow.body.is_not(None) | EntryRow.erased)
_WAITS_FOR_NOTHING = frozenset({BodiesErased.KIND})
"""An erasure tells that bodies will not come, so it cannot wait for an entry that waits for its body."""


def is_due(work: Work, desk: UUID) -> bool:
    """Is there anything of this desk that was never judged, or whose body has come meanwhile?"""
    unjudged = exists().where(EpochRow.desk == desk, UNJUDGED)
    body_came = exists().where(_IN_ITS_PLACE, _BODY_CAME, WaitingRow.desk == desk)
    return bool(work.session.scalar(select(unjudged | body_came)))


def judge(work: Work, desk: UUID) -> None:
    """Judge what is due, and whatever waited for it, of other desks too. Within `Database.telling` only."""
    sitting = _Sitting(work)
    unjudged = select(EpochRow).where(EpochRow.desk == desk, UNJUDGED).order_by(EpochRow.epoch)
    for epoch in work.session.scalars(unjudged).all():
        for row in _entries(work, epoch):
            sitting.judge(row, first=True)
        epoch.judged = epoch.seq
    for row in _waiting(work, _BODY_CAME, WaitingRow.desk == desk):
        sitting.judge(row)
    sitting.verdicts.tell()


def judge_again(work: Work) -> None:
    """After an update: what waited for this program to know its kind, and all else that waits."""
    sitting = _Sitting(work)
    for row in _waiting(work):
        sitting.judge(row)
    sitting.verdicts.tell()


def overrule(work: Work, row: EntryRow, judgement: Judgement) -> None:
    """An officer judges one entry. Within `Database.telling` only."""
    verdicts = Verdicts(work)
    verdicts.pronounce(entry_of(row), judgement)
    verdicts.tell()


class _Sitting:
    """The judging of one transaction. It remembers what waits, so that ordinary entries cost no questions."""

    def __init__(self, work: Work) -> None:
        self.verdicts = Verdicts(work)
        self._work = work
        self._waiting = {row.entry: row for row in work.session.scalars(select(WaitingRow))}
        self._settled: set[str] = set()

    def judge(self, row: EntryRow, *, first: bool = False) -> None:
        """Judge an entry, for the first time or again, and then those that waited for it."""
        queue = deque(self._one(row, first=first))
        while queue:
            queue.extend(self._one(queue.popleft()))

    def _one(self, row: EntryRow, *, first: bool = False) -> list[EntryRow]:
        """Judge one entry; those that waited for it and can be judged now."""
        entry = entry_of(row)
        judgement = self._judged(entry)
        self.verdicts.pronounce(entry, judgement, first=first)
        if judgement.verdict == "waiting":
            self._wait(row, judgement)
            return []
        self._settle(row)
        self._put_right(judgement.settles)
        return self._followers(row.hash)

    def _judged(self, entry: Entry) -> Judgement:
        if not self._has_cause(entry):
            return waiting(
                "Đang chờ bản ghi của quầy khác.", "Waiting for another desk's entry.", cause=entry.head.after
            )
        try:
            body = read_body(entry)
        except UnknownKind:
            return waiting("Loại bản ghi mới, chờ cập nhật hệ thống tỉnh.", "Of a kind the province does not know yet.")
        except Unreadable as error:
            return _unreadable(entry, error)
        return self._with_body(entry, body)

    def _with_body(self, entry: Entry, body: Body | None) -> Judgement:
        if body is None:
            erased = self._work.session.scalar(select(EntryRow.erased).where(EntryRow.hash == entry.hash))
            return APPLIED if erased else waiting("Chưa nhận được nội dung.", "Its body has not come.")
        desk = self._work.session.get_one(DeskRow, entry.head.desk)
        return JUDGES[type(body)](Case(self._work, desk, entry), body)

    def _has_cause(self, entry: Entry) -> bool:
        """Is what the desk knew before held, judged, and not waiting itself?"""
        after = entry.head.after
        if after is None or after in self._settled or entry.head.kind in _WAITS_FOR_NOTHING:
            return True
        held = self._work.session.scalar(select(exists().where(EntryRow.hash == after)))
        return bool(held) and after not in self._waiting

    def _wait(self, row: EntryRow, judgement: Judgement) -> None:
        waits = self._waiting.get(row.hash)
        if waits is None:
            waits = WaitingRow(entry=row.hash, desk=row.desk, since=self._work.now)
            self._waiting[row.hash] = waits
            self._work.session.add(waits)
        waits.cause, waits.for_body = judgement.cause, row.body is None

    def _settle(self, row: EntryRow) -> None:
        self._settled.add(row.hash)
        waits = self._waiting.pop(row.hash, None)
        if waits is not None:
            self._work.session.delete(waits)

    def _put_right(self, hashes: tuple[str, ...]) -> None:
        """What was refused and is settled by a later entry is refused no longer."""
        for row in self._work.session.scalars(select(EntryRow).where(EntryRow.hash.in_(hashes))) if hashes else ():
            self.verdicts.pronounce(entry_of(row), APPLIED)

    def _followers(self, cause: str) -> list[EntryRow]:
        if not any(waits.cause == cause for waits in self._waiting.values()):
            return []
        return _waiting(self._work, WaitingRow.cause == cause)


def _unreadable(entry: Entry, error: Unreadable) -> Judgement:
    """What happened cannot be refused, only not understood."""
    if entry.head.kind in HAPPENED:
        return waiting("Nội dung không đọc được.", "Its body cannot be read.")
    return refused(error.field or "body", "Nội dung không đọc được.", "Its body cannot be read.")


def _entries(work: Work, epoch: EpochRow) -> list[EntryRow]:
    """What is to be judged; more may be held by now than when `epoch` was read, and has its own turn."""
    due = (EntryRow.desk == epoch.desk, EntryRow.epoch == epoch.epoch)
    run = EntryRow.seq.between(epoch.judged + 1, epoch.seq)
    return list(work.session.scalars(select(EntryRow).where(*due, run).order_by(EntryRow.seq)))


def _waiting(work: Work, *which: ColumnElement[bool]) -> list[EntryRow]:
    query = select(EntryRow).join(WaitingRow, _IN_ITS_PLACE).where(*which)
    return list(work.session.scalars(query.order_by(WaitingRow.since, EntryRow.epoch, EntryRow.seq)))
