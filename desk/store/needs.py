"""Which dossiers wait for somebody, as questions to the tables in the order of urgency."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from desk.domain.dossier import Status
from desk.services.ports.values import Need
from desk.store.rows import DossierRow, HandOverRow, NumberedRow, SlipRow, StatusRow, VerdictRow
from desk.store.searchable import first_id
from sync.protocol.instant import write_instant

DONE = (Status.NOT_RECEIVED, Status.WITHDRAWN, Status.STOPPED, Status.FINISHED, Status.HANDED_OVER)
LOOK_BACK = timedelta(days=30)
"""What has been late for longer is a matter for the supervisor's lists, not for the counter."""

_MOST_TOLD = 500
_later = aliased(VerdictRow)
IN_FORCE = ~(
    select(_later.epoch)
    .where(
        _later.epoch == VerdictRow.epoch,
        tuple_(_later.age, _later.n) > tuple_(VerdictRow.age, VerdictRow.n),
        _later.first <= VerdictRow.first,
        _later.last >= VerdictRow.last,
    )
    .exists()
)
"""No later judgement covers the same entries."""


_GIVEN_OUT = select(HandOverRow.epoch).where(HandOverRow.dossier == DossierRow.dossier).exists()
"""This desk gave the result out, whether or not the province has heard of it."""


def needs(now: datetime, day_starts: datetime, limit: int) -> tuple[tuple[Need | None, Select[Any]], ...]:
    """Ids by need; what was merely received since the day started comes last and needs nothing."""
    today = DossierRow.id >= first_id(day_starts)
    newest = DossierRow.id.desc()
    mine = select(DossierRow.id).where(DossierRow.voided_at.is_(None))
    unseen = mine.join(SlipRow, SlipRow.dossier == DossierRow.dossier).where(SlipRow.outcome.is_(None), today)
    questions: tuple[tuple[Need | None, Select[Any]], ...] = (
        (Need.REFUSED, _refused().order_by(newest)),
        (Need.LATE, _due(now - LOOK_BACK, now)),
        (Need.SLIP, unseen.order_by(newest)),
        (Need.NEW_SLIP, _renumbered(mine.where(DossierRow.id >= first_id(now - LOOK_BACK))).order_by(newest)),
        (Need.SUPPLEMENT, _told(Status.SUPPLEMENT_ASKED)),
        (Need.DUE_TODAY, _due(now, day_starts + timedelta(days=1))),
        (Need.READY, _told(Status.FINISHED)),
        (None, select(DossierRow.id).where(today).order_by(newest)),
    )
    return tuple((need, question.limit(limit)) for need, question in questions)


def _renumbered(dossiers: Select[Any]) -> Select[Any]:
    """The person was given a slip, and none with the code in force."""
    slip = select(SlipRow.slip).where(SlipRow.dossier == DossierRow.dossier)
    return dossiers.join(NumberedRow, NumberedRow.dossier == DossierRow.dossier).where(
        slip.exists(), ~slip.where(SlipRow.code == NumberedRow.code).exists()
    )


def _refused() -> Select[Any]:
    judged = select(DossierRow.id).join(VerdictRow, VerdictRow.dossier == DossierRow.dossier)
    return judged.where(VerdictRow.verdict == "refused", IN_FORCE)


def _told(status: Status) -> Select[Any]:
    """By what the province told last. Asked from the few of that status, not from the many of this desk."""
    of_that_status = select(StatusRow.dossier).where(StatusRow.status == status)
    newest = of_that_status.order_by(StatusRow.at.desc()).limit(_MOST_TOLD).subquery()
    return select(DossierRow.id).join(newest, newest.c.dossier == DossierRow.dossier).where(~_GIVEN_OUT)


def _due(start: datetime, end: datetime) -> Select[Any]:
    """Not done, not void, and due in that time, the oldest first; unless the province put it off."""
    due_at = func.coalesce(StatusRow.due_at, DossierRow.due_at)
    return (
        select(DossierRow.id)
        .outerjoin(StatusRow, StatusRow.dossier == DossierRow.dossier)
        .where(
            DossierRow.due_at >= write_instant(start),
            DossierRow.due_at < write_instant(end),
            due_at < write_instant(end),
            DossierRow.voided_at.is_(None),
            or_(StatusRow.status.is_(None), StatusRow.status.not_in(DONE)),
            ~_GIVEN_OUT,
        )
        .order_by(due_at)
    )
