"""What an entry waits for before it can be judged, and what is waiting now.

An entry comes after the last one about its dossier that its desk knew, and after the dossier itself was taken in:
both may be another desk's, and still on their way.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, and_, exists, select

from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entry import Head
from sync.protocol.feed import Reason
from sync.province import verdicts
from sync.province.database import Work
from sync.province.rows import DossierRow, EntryRow, EpochRow, WaitingRow
from sync.province.verdicts import Judgement, waiting

TAKES_IN = frozenset({DossierAccepted.KIND, DossierCorrected.KIND})
_WAITS_FOR_NOTHING = frozenset({BodiesErased.KIND})
"""An erasure tells that bodies will not come, so it cannot wait for an entry that waits for its body."""
_DOSSIER = "dossier "
_IN_ITS_PLACE = and_(EpochRow.desk == EntryRow.desk, EpochRow.epoch == EntryRow.epoch, EpochRow.line == EntryRow.line)
What = Literal["entry", "dossier", "body", "reading"]


@dataclass(frozen=True)
class Waiting:
    """An entry that waits: since when it is here, for what, and how the desks were told.

    `what` is an entry or a dossier (named by `cause`), its own body, or a program that can read it.
    """

    entry: str
    kind: str
    desk: UUID
    dossier: UUID | None
    since: datetime
    what: What
    cause: str | None
    reason: Reason


def waits_for_nothing(head: Head) -> bool:
    return head.kind in _WAITS_FOR_NOTHING


def for_entry(hash: str) -> Judgement:
    return waiting("Đang chờ bản ghi của quầy khác.", "Waiting for another desk's entry.", cause=hash)


def for_dossier(dossier: UUID) -> Judgement:
    return waiting(
        "Đang chờ quầy đã tiếp nhận hồ sơ này gửi hồ sơ về tỉnh.",
        "Waiting for the desk that took this dossier to send it.",
        cause=name_of(dossier),
    )


def name_of(dossier: UUID) -> str:
    """A dossier as something waited for."""
    return f"{_DOSSIER}{dossier}"


def needs_dossier(head: Head) -> bool:
    """Is it about a dossier that somebody must have taken in before?"""
    return head.dossier is not None and head.kind not in TAKES_IN | _WAITS_FOR_NOTHING


def is_taken_in(work: Work, dossier: UUID) -> bool:
    """Was it taken in, by an entry that was judged, whatever was made of it?"""
    if work.session.get(DossierRow, dossier) is not None:
        return True
    judged = and_(EntryRow.dossier == dossier, EntryRow.kind.in_(TAKES_IN), EntryRow.seq <= EpochRow.judged)
    unsettled = exists().where(WaitingRow.entry == EntryRow.hash)
    found = select(EntryRow.hash).join(EpochRow, _IN_ITS_PLACE).where(judged, ~unsettled)
    return work.session.scalars(found.limit(1)).first() is not None


def all_waiting(work: Work) -> list[Waiting]:
    """Everything that waits, the longest first."""
    return _read(work, _QUERY.order_by(WaitingRow.since, WaitingRow.entry))


def about(work: Work, dossier: UUID) -> list[Waiting]:
    """What waits about one dossier, the longest first."""
    return _read(work, _QUERY.where(EntryRow.dossier == dossier).order_by(WaitingRow.since, WaitingRow.entry))


def by_dossier(waits: Iterable[Waiting]) -> dict[UUID | None, list[Waiting]]:
    found: dict[UUID | None, list[Waiting]] = defaultdict(list)
    for wait in waits:
        found[wait.dossier].append(wait)
    return found


_QUERY = select(WaitingRow, EntryRow).join(EntryRow, EntryRow.hash == WaitingRow.entry)


def _read(work: Work, query: Select[tuple[WaitingRow, EntryRow]]) -> list[Waiting]:
    return [_waiting(work, row, entry) for row, entry in work.session.execute(query).tuples()]


def _waiting(work: Work, row: WaitingRow, entry: EntryRow) -> Waiting:
    verdict = verdicts.find(work, entry)
    return Waiting(
        entry=row.entry,
        kind=entry.kind,
        desk=row.desk,
        dossier=entry.dossier,
        since=row.since,
        what=_what(row),
        cause=row.cause.removeprefix(_DOSSIER) if row.cause is not None else None,
        reason=Reason(vi=(verdict and verdict.reason_vi) or "", en=(verdict and verdict.reason_en) or ""),
    )


def _what(row: WaitingRow) -> What:
    if row.cause is not None:
        return "dossier" if row.cause.startswith(_DOSSIER) else "entry"
    return "body" if row.for_body else "reading"
