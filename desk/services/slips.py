"""The paper a person carries home: written down, then printed, then seen."""

from dataclasses import dataclass, replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.domain.agencies import Agency
from desk.domain.clock import ClockLook, civil_day
from desk.domain.dossier import Dossier, ReturnBy
from desk.domain.errors import NotAllowedNow, NotFound, UnknownCase, UnknownProcedure
from desk.domain.people import Address, Party
from desk.domain.procedures import Procedure
from desk.domain.units import Units
from desk.forms.slip import SlipPaper, SlipPerson
from desk.services import clocks
from desk.services.ports import Clerk, Clock, DeskFacts, NewId, OpenWork, Work
from desk.services.ports.values import DossierState, SlipOutcome, SlipState
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.slip_number import SlipNumber, write_slip_number

FORM = "tt03-2025/mau-01"
USUAL_FORM_SET = "tt03-2025"


@dataclass(frozen=True)
class IssuedSlip:
    """A slip that is written down; now it may be drawn and sent. `issue` 2 and more are reprints and say so."""

    id: UUID
    code: str
    issue: int
    paper: SlipPaper


def issue_slip(
    code: str, *, clerk: Clerk, open_work: OpenWork, clock: Clock, new_id: NewId, units: Units
) -> IssuedSlip:
    """Write down that a slip is made, before any printer hears of it.

    After the province gave an official code, or a second one, the slip is issued anew and names the code it replaces.
    A dossier this desk took and then forgot had its first slip before. Raises NotFound, NotAllowedNow for a dossier of
    another desk, a void or an erased one, ClockBehind.
    """
    with open_work() as work:
        found = work.dossiers.by_code(code)
        _check_printable(found)
        seen = clocks.settled(work, clock(), clerk=clerk)
        now = seen.shown
        last = work.slips.last_of(found.dossier.id)
        issue = last.issue + 1 if last else 1 + found.returned
        slip = IssuedSlip(new_id(), found.dossier.code, issue, _paper(work, found, clerk, issue, units, seen))
        body = SlipIssued(slip=slip.id, issue=issue, form=FORM, code=slip.code)
        work.journal.append(body, at=now, clerk=clerk.id, dossier=found.dossier.id)
        work.slips.mark(slip.id, SlipState.QUEUED, now)
        work.commit()
    return slip


def slip_sent(id: UUID, *, open_work: OpenWork, clock: Clock) -> None:
    """A printer took it. Whether paper came out only somebody at the desk can say. Raises NotFound."""
    with open_work() as work:
        work.slips.get(id)
        work.slips.mark(id, SlipState.SENT, clock())
        work.commit()


def confirm_slip(id: UUID, outcome: SlipOutcome, *, clerk: Clerk, open_work: OpenWork, clock: Clock) -> None:
    """The clerk saw the paper, or saw it spoilt. Saying the same again changes nothing. Raises NotFound."""
    with open_work() as work:
        slip = work.slips.get(id)
        if slip.state == outcome.value:
            return
        body = SlipConfirmed(slip=id, outcome=outcome.value)
        work.journal.append(body, at=clock(), clerk=clerk.id, dossier=slip.dossier)
        work.commit()


def _check_printable(found: DossierState) -> None:
    if not (found.mine or found.returned):
        raise NotAllowedNow("issue_slip", "another_desk")
    if found.voided:
        raise NotAllowedNow("issue_slip", "voided")
    if found.erased:
        raise NotAllowedNow("issue_slip", "erased")


def _paper(work: Work, found: DossierState, clerk: Clerk, issue: int, units: Units, seen: ClockLook) -> SlipPaper:
    dossier = found.dossier
    agency = work.reference.agency(dossier.receiving_agency)
    procedure = _procedure(work, dossier, agency)
    return SlipPaper(
        parent_agency=agency.parent_name.upper(),
        agency=agency.name.upper(),
        receiver=_inside_a_sentence(agency, units),
        place=agency.place,
        code=dossier.code,
        provisional=dossier.provisional,
        replaces_code=found.own_code if found.own_code != dossier.code else "",
        channel=dossier.channel,
        applicant=_person(dossier.applicant, units),
        owner=_person(dossier.owner, units) if dossier.owner else None,
        request=_request(dossier, procedure),
        requirements=dossier.requirements,
        time_limit=dossier.time_limit,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        return_by=dossier.return_by,
        return_place=_return_place(dossier, agency, units),
        fees=dossier.fees,
        register_book=dossier.register_book,
        register_line=dossier.register_line,
        note=dossier.note,
        lookup_url=_lookup(work).replace("{code}", dossier.code),
        number=work.identity.sign_slip(lambda key: _number(dossier, work.identity.desk(), key)),
        hotline=agency.hotline,
        clerk=clerk.full_name,
        issue=issue,
        issued_at=seen.corrected,
        recovered=found.recovered,
        paper_place=str(dossier.paper) if dossier.paper else "",
        clock_unproven=seen.only_a_persons_word and civil_day(dossier.received_at) == civil_day(seen.shown),
        form_set=procedure.form_set if procedure else USUAL_FORM_SET,
    )


def _lookup(work: Work) -> str:
    """As the province publishes it; until it does, the page of the very province this desk was enrolled at."""
    return work.reference.policy().lookup or f"{work.identity.desk().url.rstrip('/')}/tra-cuu?ma={{code}}"


def _procedure(work: Work, dossier: Dossier, agency: Agency) -> Procedure | None:
    """As it was when the dossier was taken, while that version of the catalogue is still there."""
    try:
        catalogue = work.reference.catalogue(dossier.catalogue_version)
    except NotFound:
        return None
    of_that_version = (one for one in catalogue.procedures if one.code == dossier.procedure)
    return next((one for one in of_that_version if one.version == dossier.procedure_version), None)


def _request(dossier: Dossier, procedure: Procedure | None) -> str:
    if procedure is None or dossier.case is None:
        return dossier.procedure_name
    try:
        return f"{dossier.procedure_name} ({procedure.terms(dossier.case).case_name})"
    except (UnknownCase, UnknownProcedure):
        return dossier.procedure_name


def _person(party: Party, units: Units) -> SlipPerson:
    return SlipPerson(
        name=party.full_name,
        kind=party.kind,
        address=_address(party.address, units),
        phone=party.phone or "",
        email=party.email or "",
        personal_id=party.personal_id or "",
    )


def _address(address: Address | None, units: Units) -> str:
    """In one line; a commune whose code is not in force any more is left to the words beside it."""
    if address is None:
        return ""
    known = address.commune is not None and address.commune in units.communes
    commune = units.full_name(address.commune) if known and address.commune else ""
    return ", ".join(part for part in (address.detail, commune) if part)


def _return_place(dossier: Dossier, agency: Agency, units: Units) -> str:
    match dossier.return_by:
        case ReturnBy.COUNTER:
            return agency.address
        case ReturnBy.POST:
            return _address(dossier.applicant.address, units)
        case ReturnBy.ONLINE:
            return ""


def _inside_a_sentence(agency: Agency, units: Units) -> str:
    """ "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG" of Vũ Ninh → "Trung tâm phục vụ hành chính công phường Vũ Ninh"."""
    name = agency.name.capitalize() if agency.name.isupper() else agency.name
    if agency.commune is None or agency.commune not in units.communes:
        return name
    commune = units.commune(agency.commune)
    return f"{name} {commune.type} {commune.name}"


def _number(dossier: Dossier, desk: DeskFacts, key: Ed25519PrivateKey) -> str:
    """Facts a hostile file made too long for the number are left out, the least needed first."""
    person = dossier.applicant
    whole = SlipNumber(
        desk_number=desk.number or 0,
        epoch=desk.epoch,
        dossier=dossier.id,
        code=dossier.code,
        procedure=dossier.procedure,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        channel=dossier.channel.value,
        return_by=dossier.return_by.value,
        kind=person.kind.value,
        full_name=person.full_name,
        personal_id=person.personal_id or "",
        date_of_birth=str(person.date_of_birth or ""),
        phone=person.phone or "",
        papers=sum(paper.originals + paper.certified + paper.copies for paper in dossier.requirements),
        fee=dossier.fee,
        receiving_agency=dossier.receiving_agency,
        resolving_agency=dossier.resolving_agency,
        register_line=dossier.register_line,
    )
    try:
        return write_slip_number(whole, key)
    except ValueError:
        return write_slip_number(replace(whole, phone="", personal_id=""), key)
