"""Bringing a dossier back from the paper a person carries, where the register has lost it.

A slip's number is a skeleton: who, which procedure, when, how much, signed by the desk that gave it out. What it does
not carry is left empty and said to be missing, never guessed.
"""

from desk.domain.clock import civil_day
from desk.domain.codes import is_provisional
from desk.domain.dossier import Channel, Dossier, FeeKind, FeeLine, ReturnBy
from desk.domain.errors import (
    ChannelNotOffered,
    NotFound,
    NotInThatArea,
    NotValidThatDay,
    RoleMissing,
    SlipMeetsAnother,
    UnknownAgency,
    UnknownProcedure,
)
from desk.domain.people import BirthDate, Party, PartyKind
from desk.domain.procedures import Procedure
from desk.services import clocks
from desk.services.numbers import give_line
from desk.services.ports import Clerk, Clock, OpenWork, Work
from desk.services.ports.said import say_recovered
from desk.services.ports.values import Role, ScannedDossier
from desk.services.proof import Proven, prove
from sync.protocol.slip_number import SlipNumber

CUT = "…"
FEE_NAME = "Phí, lệ phí ghi trên giấy tiếp nhận"
NOTE = "Lập lại từ giấy tiếp nhận đã cấp: số thứ tự {line} của sổ gốc, {papers} giấy tờ nộp (không rõ loại)."
"""What the register says beside the mark; in Vietnamese, because a note is part of the paper."""


def recover(
    digits: str, *, clerk: Clerk, open_work: OpenWork, clock: Clock, clock_confirmed: bool = False
) -> ScannedDossier:
    """Find the dossier of a scanned slip, or make it again with its own id, code, hour and promise.

    Scanning it again finds what the first scan made. The line in the register is one of this desk's own book, since
    it is here that the dossier is written down; the note names the line it had. Raises UnreadableSlip with what is
    wrong, RoleMissing for a slip of a revoked desk in the hand of anybody but a supervisor, SlipMeetsAnother, and
    ClockBehind.
    """
    with open_work() as work:
        proven = prove(work, digits)
        known = _known(work, proven)
        if known is not None:
            return known
        if proven.revoked and clerk.role is not Role.SUPERVISOR:
            raise RoleMissing(Role.SUPERVISOR.value)
        seen = clocks.settled(work, clock(), clerk=clerk, confirmed=clock_confirmed)
        dossier = _remade(work, proven.slip)
        work.journal.append(say_recovered(dossier, proven.digits), at=seen.shown, clerk=clerk.id, dossier=dossier.id)
        work.commit()
    return ScannedDossier(dossier.id, dossier.code, dossier.applicant.full_name, recovered=True)


def _known(work: Work, proven: Proven) -> ScannedDossier | None:
    """The dossier as the register has it. Raises SlipMeetsAnother where its code is another one's."""
    try:
        found = work.dossiers.by_id(proven.slip.dossier)
    except NotFound:
        _check_code_is_free(work, proven.slip.code)
        return None
    return ScannedDossier(found.dossier.id, found.dossier.code, found.dossier.for_whom.full_name, recovered=False)


def _check_code_is_free(work: Work, code: str) -> None:
    try:
        work.dossiers.by_code(code)
    except NotFound:
        return
    raise SlipMeetsAnother(code)


def _remade(work: Work, slip: SlipNumber) -> Dossier:
    procedure = _procedure(work, slip)
    channel = Channel(slip.channel) if slip.channel in Channel.__members__.values() else Channel.DIRECT
    day = civil_day(slip.received_at)
    register = give_line(work, day)
    return Dossier(
        id=slip.dossier,
        client_id=slip.dossier,  # the intake's own is lost; this is as unique, and the same wherever it is scanned
        code=slip.code,
        provisional=is_provisional(slip.code),
        procedure=slip.procedure,
        procedure_name=procedure.name if procedure else slip.procedure,
        procedure_version=procedure.version if procedure else "",
        case=None,
        catalogue_version=work.reference.catalogue().version if procedure else "",
        channel=channel,
        received_at=slip.received_at,
        due_at=slip.due_at,
        time_limit=_time_limit(procedure, channel),
        applicant=_applicant(slip),
        owner=None,
        requirements=(),
        fees=(FeeLine(FEE_NAME, FeeKind.FEE, slip.fee),) if slip.fee else (),
        receiving_agency=slip.receiving_agency,
        resolving_agency=slip.resolving_agency,
        return_by=ReturnBy(slip.return_by),
        note=NOTE.format(line=slip.register_line, papers=slip.papers),
        register_book=register.book,
        register_line=register.line,
    )


def _applicant(slip: SlipNumber) -> Party:
    name = slip.full_name + CUT if slip.name_cut else slip.full_name
    return Party(
        kind=PartyKind(slip.kind),
        full_name=name or CUT,
        personal_id=slip.personal_id or None,
        date_of_birth=BirthDate.parse(slip.date_of_birth) if slip.date_of_birth else None,
        phone=slip.phone or None,
    )


def _procedure(work: Work, slip: SlipNumber) -> Procedure | None:
    """As the catalogue had it that day; None where it is not, or not any more, in the catalogue heard here."""
    try:
        commune = work.reference.agency(slip.resolving_agency).commune
        return work.reference.catalogue().find(slip.procedure, civil_day(slip.received_at), commune)
    except (NotFound, UnknownAgency, UnknownProcedure, NotValidThatDay, NotInThatArea):
        return None


def _time_limit(procedure: Procedure | None, channel: Channel) -> str:
    try:
        limit = procedure.limit(channel, None) if procedure else None
    except ChannelNotOffered:
        return ""
    return limit.text if limit else ""
