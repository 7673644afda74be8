"""Giving a result out: into whose hands, and when. It happened, so nothing but its own nonsense can refuse it."""

from datetime import datetime
from uuid import UUID

from desk.domain.clock import LEEWAY
from desk.domain.errors import Malformed, NotAllowedNow, NotFound, Reason
from desk.services import clocks
from desk.services.ports import Clerk, Clock, OpenWork, Work
from desk.services.ports.values import DossierState, HandOver
from desk.services.proof import looks_scanned, prove
from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.instant import write_instant

LONGEST_NAME, LONGEST_ID, LONGEST_NOTE = 200, 40, 500


def hand_over(
    key: str,
    given: HandOver,
    *,
    clerk: Clerk,
    open_work: OpenWork,
    clock: Clock,
    again: bool = False,
    clock_confirmed: bool = False,
) -> UUID:
    """Say that the result of a dossier left the office; the dossier's id.

    `key` is any of its codes, or the number scanned from its slip: then the dossier need not be known here, and the
    entry waits at the province for that of the desk that took it. `again` says that a second hand-over at this desk
    is meant. Raises NotFound, UnreadableSlip, Malformed, NotAllowedNow, ClockBehind.
    """
    with open_work() as work:
        dossier = _dossier(work, key)
        if work.dossiers.hand_overs(dossier) and not again:
            raise NotAllowedNow("hand_over", "handed_over")
        seen = clocks.settled(work, clock(), clerk=clerk, confirmed=clock_confirmed)
        body = _body(given, seen.corrected)
        work.journal.append(body, at=seen.shown, clerk=clerk.id, dossier=dossier)
        work.commit()
    return dossier


def _dossier(work: Work, key: str) -> UUID:
    """Raises NotAllowedNow for a void one: nothing was decided that could be handed over."""
    found = _scanned(work, key) if looks_scanned(key.strip()) else work.dossiers.by_code(key.strip().upper())
    if isinstance(found, UUID):
        return found
    if found.voided:
        raise NotAllowedNow("hand_over", "voided")
    return found.dossier.id


def _scanned(work: Work, digits: str) -> DossierState | UUID:
    """What the register has of a slip's dossier, or its id alone."""
    dossier = prove(work, digits).slip.dossier
    try:
        return work.dossiers.by_id(dossier)
    except NotFound:
        return dossier


def _body(given: HandOver, now: datetime) -> ResultHandedOver:
    name = given.full_name.strip()
    if not name:
        raise Malformed("name", "name", Reason.EMPTY)
    if len(name) > LONGEST_NAME:
        raise Malformed("name", "name", Reason.TOO_LONG)
    if given.at > now + LEEWAY:
        raise Malformed("at", "instant", Reason.IN_FUTURE)
    return ResultHandedOver(
        at=write_instant(given.at.replace(microsecond=0)),
        to=given.to.value,
        name=name,
        personal_id=(given.personal_id or "").strip()[:LONGEST_ID] or None,
        note=given.note.strip()[:LONGEST_NOTE],
    )
