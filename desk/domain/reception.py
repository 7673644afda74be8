"""Taking a dossier in: first the plan, which the screen shows while the clerk still types; then the promise itself.

Nothing here remembers, prints or sends: an intake and the published documents go in, a value comes out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desk.domain.agencies import Agency
from desk.domain.calendar import WorkingCalendar
from desk.domain.catalogue import Catalogue
from desk.domain.clock import LEEWAY, civil_day
from desk.domain.dossier import Dossier, FeeLine, Requirement
from desk.domain.due import due
from desk.domain.errors import Malformed, MissingName, Reason
from desk.domain.fees import Counts, NotSet, PerPage, Tariff, fee_lines
from desk.domain.intake import Intake
from desk.domain.people import Party
from desk.domain.personal_id import IdPrefixes, IdWarning, check_party_id
from desk.domain.procedures import Procedure


class PlanWarning(StrEnum):
    """Odd but possible: the clerk is told and decides."""

    LIMIT_UNKNOWN = "limit_unknown"
    """The catalogue does not know how long it takes, so no date is promised."""
    CALENDAR_ENDS = "calendar_ends"
    """Due on a day whose holidays are not announced yet."""
    FEE_NOT_SET = "fee_not_set"
    FEE_DIFFERS = "fee_differs"
    """The clerk's fees are not what the catalogue's tariff makes."""
    PAGES_NOT_COUNTED = "pages_not_counted"
    """Copies are certified, but an original's pages were not given: it was counted as one page."""
    NO_COPIES = "no_copies"
    """Nothing to certify, so nothing to pay."""
    LONG_AGO = "long_ago"
    """Received longer ago than the paper book is usually typed in."""


USUALLY_TYPED_IN = timedelta(days=7)
"""How old an entry of the paper book may be before somebody is asked whether the day is right: a storm's length."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning and the field it is about, in the words of the intake's JSON."""

    field: str
    warning: PlanWarning | IdWarning


@dataclass(frozen=True, slots=True)
class Plan:
    """What acceptance would promise. `received_at` is in UTC and whole seconds."""

    intake: Intake
    procedure: Procedure
    catalogue_version: str
    received_at: datetime
    due_at: datetime | None
    time_limit: str
    fees: tuple[FeeLine, ...]
    receiving_agency: str
    resolving_agency: str
    warnings: tuple[Warned, ...]

    @property
    def fee(self) -> int:
        """All lines together, in đồng."""
        return sum(line.total for line in self.fees)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A book and a line of the Sổ theo dõi hồ sơ."""

    book: str
    line: int


def plan(
    intake: Intake,
    *,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    prefixes: IdPrefixes,
    receiving: Agency,
    resolving: Agency,
    now: datetime,
) -> Plan:
    """Due date, fees and warnings of an intake, complete or not.

    The area and the working hours that count are those of the agency that resolves. Raises what `Catalogue.find` and
    `Procedure.limit` raise, and `Malformed` for a time of receipt still to come.
    """
    received_at = _received_at(intake, now)
    procedure = catalogue.find(intake.procedure, civil_day(received_at), resolving.commune)
    limit = procedure.limit(intake.channel, intake.case)
    hours = calendar.for_agency(resolving.id)
    due_at = due(limit, received_at, hours) if limit else None
    tariff = procedure.terms(intake.case).tariff
    usual = fee_lines(tariff, Counts.of(intake.requirements, intake.count))
    return Plan(
        intake=intake,
        procedure=procedure,
        catalogue_version=catalogue.version,
        received_at=received_at,
        due_at=due_at,
        time_limit=limit.text if limit else "",
        fees=usual if intake.fees is None else intake.fees,
        receiving_agency=receiving.id,
        resolving_agency=resolving.id,
        warnings=(
            *_limit_warnings(limit is not None, due_at, hours),
            *([Warned("received_at", PlanWarning.LONG_AGO)] if received_at < now - USUALLY_TYPED_IN else ()),
            *_fee_warnings(intake, tariff, usual),
            *_person_warnings("applicant", intake.applicant, prefixes),
            *(_person_warnings("owner", intake.owner, prefixes) if intake.owner else ()),
        ),
    )


def require_complete(intake: Intake, received_at: datetime) -> None:
    """What no dossier can do without. Raises `MissingName`, or `Malformed` for somebody not born yet."""
    for field, party in (("applicant", intake.applicant), ("owner", intake.owner)):
        if party is None:
            continue
        if not party.full_name.strip():
            raise MissingName(f"{field}.full_name")
        if party.date_of_birth and party.date_of_birth.earliest > civil_day(received_at):
            raise Malformed(f"{field}.date_of_birth", "date", Reason.IN_FUTURE)


def accept(plan: Plan, *, id: UUID, code: str, provisional: bool, register: RegisterLine) -> Dossier:
    """The promise, under the number and the register line it was given. Raises what `require_complete` raises."""
    intake = plan.intake
    require_complete(intake, plan.received_at)
    return Dossier(
        id=id,
        client_id=intake.client_id,
        code=code,
        provisional=provisional,
        procedure=plan.procedure.code,
        procedure_name=plan.procedure.name,
        procedure_version=plan.procedure.version,
        case=intake.case,
        catalogue_version=plan.catalogue_version,
        channel=intake.channel,
        received_at=plan.received_at,
        due_at=plan.due_at,
        time_limit=plan.time_limit,
        applicant=intake.applicant,
        owner=intake.owner,
        requirements=intake.requirements,
        fees=plan.fees,
        receiving_agency=plan.receiving_agency,
        resolving_agency=plan.resolving_agency,
        return_by=intake.return_by,
        note=intake.note,
        register_book=register.book,
        register_line=register.line,
        paper=intake.paper,
    )


def _received_at(intake: Intake, now: datetime) -> datetime:
    if intake.received_at is not None and intake.received_at > now + LEEWAY:
        raise Malformed("received_at", "instant", Reason.IN_FUTURE)
    return (intake.received_at or now).astimezone(UTC).replace(microsecond=0)


def _limit_warnings(known: bool, due_at: datetime | None, calendar: WorkingCalendar) -> list[Warned]:
    if not known:
        return [Warned("procedure", PlanWarning.LIMIT_UNKNOWN)]
    if due_at is not None and not calendar.knows(civil_day(due_at)):
        return [Warned("received_at", PlanWarning.CALENDAR_ENDS)]
    return []


def _fee_warnings(intake: Intake, tariff: Tariff, usual: tuple[FeeLine, ...]) -> list[Warned]:
    warnings: list[Warned] = []
    if isinstance(tariff, NotSet) and intake.fees is None:
        warnings.append(Warned("fees", PlanWarning.FEE_NOT_SET))
    if isinstance(tariff, PerPage):
        warnings.extend(_page_warnings(intake.requirements))
    asked = None if intake.fees is None else sum(line.total for line in intake.fees)
    if asked is not None and not isinstance(tariff, NotSet) and asked != sum(line.total for line in usual):
        warnings.append(Warned("fees", PlanWarning.FEE_DIFFERS))
    return warnings


def _page_warnings(papers: tuple[Requirement, ...]) -> list[Warned]:
    certified = [paper for paper in papers if paper.copies]
    if not certified:
        return [Warned("requirements", PlanWarning.NO_COPIES)]
    uncounted = any(paper.pages == 0 for paper in certified)
    return [Warned("requirements", PlanWarning.PAGES_NOT_COUNTED)] if uncounted else []


def _person_warnings(field: str, party: Party, prefixes: IdPrefixes) -> list[Warned]:
    return [Warned(f"{field}.personal_id", warning) for warning in check_party_id(party, prefixes)]
