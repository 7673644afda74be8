"""Taking dossiers in: what accepting would promise, accepting, and taking it back."""

from datetime import datetime

from desk.domain import reception as rules
from desk.domain.clock import civil_day
from desk.domain.dossier import Dossier, Requirement
from desk.domain.errors import DuplicateClientId, DuplicatePaper, Malformed, NotAllowedNow, Reason
from desk.domain.intake import Intake
from desk.domain.personal_id import IdPrefixes
from desk.domain.reception import Plan
from desk.services import clocks
from desk.services.numbers import give_code, give_line
from desk.services.ports import Clerk, Clock, NewId, OpenReading, OpenWork, Reading, Work
from desk.services.ports.said import say_dossier, say_fee
from desk.services.ports.values import Preview, Warned
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.fee_taken import FeeTaken

_NO_PREFIXES = IdPrefixes({})
"""Accepting asks for no warnings: they were shown while the clerk still typed, and stop nobody."""


def accept_dossier(
    intake: Intake,
    *,
    clerk: Clerk,
    open_work: OpenWork,
    clock: Clock,
    new_id: NewId,
    clock_confirmed: bool = False,
    built: datetime | None = None,
    strictly: bool = False,
) -> Dossier:
    """Take a dossier in: number, promise, register line and the word for the province, together or not at all.

    A clock known to be wrong is corrected by the province's time. Raises DuplicateClientId with the code when this very
    intake was taken before, DuplicatePaper when that place of the paper book was; ClockBehind or ClockUnset for a clock
    nobody can believe, and with `strictly` ClockOff for one that is corrected, unless `clock_confirmed` now or before;
    what the catalogue refuses.
    """
    now = clock()
    with open_work() as work:
        known = work.dossiers.taken_as(intake.client_id)
        if known is not None:
            raise DuplicateClientId(intake.client_id, known)
        _check_paper(work, intake)
        seen = clocks.settled(work, now, clerk=clerk, built=built, confirmed=clock_confirmed)
        if strictly and not clock_confirmed:
            seen.check(strictly=True)
        dossier = _promise(work, plan_of(work, intake, seen.corrected), new_id)
        work.journal.append(say_dossier(dossier), at=now, clerk=clerk.id, dossier=dossier.id)
        take_fees(work, dossier, now, clerk)
        work.commit()
    return dossier


def _check_paper(work: Work, intake: Intake) -> None:
    """A line of the paper book is typed in once. Raises DuplicatePaper."""
    code = work.dossiers.by_paper(intake.paper) if intake.paper else None
    if intake.paper is not None and code is not None:
        raise DuplicatePaper(str(intake.paper), code)


def preview(intake: Intake, *, open_reading: OpenReading, clock: Clock, prefixes: IdPrefixes) -> Preview:
    """What accepting now would promise; the intake may lack a name and papers. Raises what the catalogue refuses."""
    with open_reading() as memory:
        now = clocks.of(memory, clock(), None).corrected
        plan = plan_of(memory, intake, now, prefixes)
    return Preview(
        due_at=plan.due_at,
        time_limit=plan.time_limit,
        fees=plan.fees,
        warnings=tuple(Warned(one.warning.value, one.field) for one in plan.warnings),
        missing=_missing(intake.requirements, plan.procedure.terms(intake.case).requirements),
    )


def void_dossier(code: str, reason: str, *, clerk: Clerk, open_work: OpenWork, clock: Clock) -> Dossier:
    """Say that a dossier was taken by mistake; its number stays as void. Raises NotFound, NotAllowedNow, Malformed."""
    if not reason.strip():
        raise Malformed("reason", "text", Reason.EMPTY)
    with open_work() as work:
        found = work.dossiers.by_code(code)
        if not found.mine:
            raise NotAllowedNow("void", "another_desk")
        if found.voided:
            raise NotAllowedNow("void", "voided")
        seen = clocks.settled(work, clock(), clerk=clerk)
        body = DossierVoided(reason=reason.strip()[:500])
        work.journal.append(body, at=seen.shown, clerk=clerk.id, dossier=found.dossier.id)
        work.commit()
    return found.dossier


def plan_of(memory: Reading | Work, intake: Intake, now: datetime, prefixes: IdPrefixes = _NO_PREFIXES) -> Plan:
    """What taking it in would promise under the documents in force. Raises what the catalogue refuses."""
    here = memory.identity.desk().agency
    return rules.plan(
        intake,
        catalogue=memory.reference.catalogue(),
        calendar=memory.reference.calendar(),
        prefixes=prefixes,
        receiving=memory.reference.agency(here),
        resolving=memory.reference.agency(intake.resolving_agency or here),
        now=now,
    )


def _promise(work: Work, plan: Plan, new_id: NewId) -> Dossier:
    day = civil_day(plan.received_at)
    code = give_code(work, plan.resolving_agency, day)
    return rules.accept(plan, id=new_id(), code=code.text, provisional=code.provisional, register=give_line(work, day))


def take_fees(work: Work, dossier: Dossier, now: datetime, clerk: Clerk) -> None:
    """Money that is there already is a fact of its own: whatever becomes of the dossier, it was taken."""
    paid = tuple(line for line in dossier.fees if line.paid is not None and line.total)
    if paid:
        body = FeeTaken(fees=tuple(say_fee(line) for line in paid), total=sum(line.total for line in paid))
        work.journal.append(body, at=now, clerk=clerk.id, dossier=dossier.id)


def _missing(given: tuple[Requirement, ...], asked: tuple[Requirement, ...]) -> tuple[str, ...]:
    names = {paper.name for paper in given}
    return tuple(paper.name for paper in asked if paper.name not in names)
