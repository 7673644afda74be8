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
_IN_ITS_PLACE = (
    (EntryRow.desk == WaitingRow.desk) & (EntryRow.epoch == WaitingRow.epoch) & (EntryRow.seq == WaitingRow.seq)
)
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
    verdicts = Verdicts(work)
    unjudged = select(EpochRow).where(EpochRow.desk == desk, UNJUDGED).order_by(EpochRow.epoch)
    for epoch in work.session.scalars(unjudged).all():
        for row in _entries(work, epoch):
            _judge_with_followers(work, verdicts, row)
        epoch.judged = epoch.seq
    for row in _waiting(work, _BODY_CAME, WaitingRow.desk == desk):
        _judge_with_followers(work, verdicts, row)
    verdicts.tell()


def judge_again(work: Work) -> None:
    """After an update: what waited for this program to know its kind, and all else that waits."""
    verdicts = Verdicts(work)
    for row in _waiting(work):
        _judge_with_followers(work, verdicts, row)
    verdicts.tell()


def overrule(work: Work, row: EntryRow, judgement: Judgement) -> None:
    """An officer judges one entry. Within `Database.telling` only."""
    verdicts = Verdicts(work)
    verdicts.pronounce(entry_of(row), judgement)
    verdicts.tell()


def _judge_with_followers(work: Work, verdicts: Verdicts, first: EntryRow) -> None:
    queue = deque([first])
    while queue:
        row = queue.popleft()
        entry = entry_of(row)
        judgement = _judged(work, entry)
        verdicts.pronounce(entry, judgement)
        _remember(work, row, judgement)
        if judgement.verdict != "waiting":
            queue.extend(_waiting(work, WaitingRow.cause == row.hash))


def _judged(work: Work, entry: Entry) -> Judgement:
    if not _has_cause(work, entry):
        return waiting("Đang chờ hồ sơ gốc từ quầy khác.", "Waiting for another desk's entry.", cause=entry.head.after)
    try:
        body = read_body(entry)
    except UnknownKind:
        return waiting("Loại bản ghi mới, chờ cập nhật hệ thống tỉnh.", "Of a kind the province does not know yet.")
    except Unreadable as error:
        return _unreadable(entry, error)
    return _with_body(work, entry, body)


def _with_body(work: Work, entry: Entry, body: Body | None) -> Judgement:
    if body is None:
        erased = work.session.scalar(select(EntryRow.erased).where(EntryRow.hash == entry.hash))
        return APPLIED if erased else waiting("Chưa nhận được nội dung.", "Its body has not come.")
    desk = work.session.get_one(DeskRow, entry.head.desk)
    return JUDGES[type(body)](Case(work, desk, entry), body)


def _unreadable(entry: Entry, error: Unreadable) -> Judgement:
    """What happened cannot be refused, only not understood."""
    if entry.head.kind in HAPPENED:
        return waiting("Nội dung không đọc được.", "Its body cannot be read.")
    return refused(error.field or "body", "Nội dung không đọc được.", "Its body cannot be read.")


def _has_cause(work: Work, entry: Entry) -> bool:
    """Is what the desk knew before held, judged, and not waiting itself?"""
    after = entry.head.after
    if after is None or entry.head.kind in _WAITS_FOR_NOTHING:
        return True
    row = work.session.scalar(select(EntryRow).where(EntryRow.hash == after))
    return row is not None and work.session.get(WaitingRow, (row.desk, row.epoch, row.seq)) is None


def _remember(work: Work, row: EntryRow, judgement: Judgement) -> None:
    before = work.session.get(WaitingRow, (row.desk, row.epoch, row.seq))
    if judgement.verdict == "waiting":
        waits = before or WaitingRow(desk=row.desk, epoch=row.epoch, seq=row.seq, since=work.now)
        waits.cause, waits.for_body = judgement.cause, row.body is None
        work.session.add(waits)
    elif before is not None:
        work.session.delete(before)
    work.session.flush()


def _entries(work: Work, epoch: EpochRow) -> list[EntryRow]:
    after = (EntryRow.desk == epoch.desk, EntryRow.epoch == epoch.epoch, EntryRow.seq > epoch.judged)
    return list(work.session.scalars(select(EntryRow).where(*after).order_by(EntryRow.seq)))


def _waiting(work: Work, *which: ColumnElement[bool]) -> list[EntryRow]:
    query = select(EntryRow).join(WaitingRow, _IN_ITS_PLACE).where(*which)
    return list(work.session.scalars(query.order_by(WaitingRow.since, EntryRow.epoch, EntryRow.seq)))
