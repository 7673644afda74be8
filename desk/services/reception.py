"""Taking dossiers in: what accepting would promise, accepting, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from desk.domain.calendar import WorkingCalendar
from desk.domain.clock import check_clock, civil_day
from desk.domain.dossier import Dossier, FeeLine, Requirement
from desk.domain.due import due
from desk.domain.errors import DuplicateClientId, Malformed, NotAllowedNow, Reason
from desk.domain.fees import Counts, NotSet, fee_lines
from desk.domain.intake import Intake
from desk.domain.procedures import Procedure, Terms
from desk.services.numbers import give_code, give_line
from desk.services.ports import Clerk, Clock, NewId, OpenReading, OpenWork, Reading, Work
from desk.services.ports.said import say_dossier, say_fee
from desk.services.ports.values import Preview, Warned
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.fee_taken import FeeTaken


@dataclass(frozen=True)
class Promise:
    """What law and catalogue make of an intake."""

    procedure: Procedure
    terms: Terms
    catalogue: str
    receiving: str
    resolving: str
    received_at: datetime
    due_at: datetime | None
    time_limit: str
    fees: tuple[FeeLine, ...]


def accept_dossier(
    intake: Intake, *, clerk: Clerk, open_work: OpenWork, clock: Clock, new_id: NewId, clock_confirmed: bool = False
) -> Dossier:
    """Take a dossier in: number, promise, register line and the word for the province, together or not at all.

    Raises DuplicateClientId with the code when this very intake was taken before; ClockBehind when the computer's clock
    stands behind the journal, unless `clock_confirmed`; what the catalogue refuses.
    """
    now = clock()
    with open_work() as work:
        known = work.dossiers.taken_as(intake.client_id)
        if known is not None:
            raise DuplicateClientId(intake.client_id, known)
        if not clock_confirmed:
            check_clock(work.journal.last_at(), now)
        dossier = _dossier(work, intake, promise(work, intake, now), new_id)
        work.journal.append(say_dossier(dossier), at=now, clerk=clerk.id, dossier=dossier.id)
        _take_fees(work, dossier, now, clerk)
        work.commit()
    return dossier


def preview(intake: Intake, *, open_reading: OpenReading, clock: Clock) -> Preview:
    """What accepting now would promise. Raises what the catalogue refuses."""
    with open_reading() as memory:
        promised = promise(memory, intake, clock())
    return Preview(
        due_at=promised.due_at,
        time_limit=promised.time_limit,
        fees=promised.fees,
        warnings=_warnings(intake, promised),
        missing=_missing(intake.requirements, promised.terms.requirements),
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
        now = clock()
        check_clock(work.journal.last_at(), now)
        body = DossierVoided(reason=reason.strip()[:500])
        work.journal.append(body, at=now, clerk=clerk.id, dossier=found.dossier.id)
        work.commit()
    return found.dossier


def promise(memory: Reading | Work, intake: Intake, now: datetime) -> Promise:
    """Raises what the catalogue refuses, UnknownAgency, and Malformed for a time that has not come."""
    received_at = _received_at(intake, now)
    here = memory.identity.desk().agency
    resolving = intake.resolving_agency or here
    catalogue = memory.reference.catalogue()
    commune = memory.reference.agency(resolving).commune
    procedure = catalogue.find(intake.procedure, civil_day(received_at), commune)
    terms = procedure.terms(intake.case)
    limit = procedure.limit(intake.channel, intake.case)
    calendar: WorkingCalendar = memory.reference.calendar().for_agency(resolving)
    fees = intake.fees
    if fees is None:
        fees = fee_lines(terms.tariff, Counts.of(intake.requirements, intake.count))
    return Promise(
        procedure=procedure,
        terms=terms,
        catalogue=catalogue.version,
        receiving=here,
        resolving=resolving,
        received_at=received_at,
        due_at=due(limit, received_at, calendar) if limit else None,
        time_limit=limit.text if limit else "",
        fees=fees,
    )


def _received_at(intake: Intake, now: datetime) -> datetime:
    """In whole seconds, as a slip and a code show it. Raises Malformed for a time that has not come."""
    received_at = (intake.received_at or now).replace(microsecond=0)
    if received_at > now:
        raise Malformed("received_at", "instant", Reason.IN_FUTURE)
    return received_at


def _dossier(work: Work, intake: Intake, promised: Promise, new_id: NewId) -> Dossier:
    day = civil_day(promised.received_at)
    code = give_code(work, promised.resolving, day)
    book, line = give_line(work, day)
    return Dossier(
        id=new_id(),
        client_id=intake.client_id,
        code=code.text,
        provisional=code.provisional,
        procedure=promised.procedure.code,
        procedure_name=promised.procedure.name,
        procedure_version=promised.procedure.version,
        catalogue_version=promised.catalogue,
        case=intake.case,
        channel=intake.channel,
        received_at=promised.received_at,
        due_at=promised.due_at,
        time_limit=promised.time_limit,
        applicant=intake.applicant,
        owner=intake.owner,
        requirements=intake.requirements,
        fees=promised.fees,
        receiving_agency=promised.receiving,
        resolving_agency=promised.resolving,
        return_by=intake.return_by,
        note=intake.note,
        register_book=book,
        register_line=line,
    )


def _take_fees(work: Work, dossier: Dossier, now: datetime, clerk: Clerk) -> None:
    """Money that is there already is a fact of its own: whatever becomes of the dossier, it was taken."""
    paid = tuple(line for line in dossier.fees if line.paid is not None and line.total)
    if paid:
        body = FeeTaken(fees=tuple(say_fee(line) for line in paid), total=sum(line.total for line in paid))
        work.journal.append(body, at=now, clerk=clerk.id, dossier=dossier.id)


def _warnings(intake: Intake, promised: Promise) -> tuple[Warned, ...]:
    warnings = []
    if isinstance(promised.terms.tariff, NotSet) and intake.fees is None:
        warnings.append(Warned("fee_not_set", "fees"))
    if not promised.time_limit:
        warnings.append(Warned("limit_unknown"))
    return tuple(warnings)


def _missing(given: tuple[Requirement, ...], asked: tuple[Requirement, ...]) -> tuple[str, ...]:
    names = {paper.name for paper in given}
    return tuple(paper.name for paper in asked if paper.name not in names)
