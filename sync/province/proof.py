"""Is a recovered dossier what a desk of this province once signed on a slip? Nothing else may bring one back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.instant import read_instant
from sync.protocol.problems import SlipUnreadable, Unreadable
from sync.protocol.slip_number import ScannedSlip, SlipNumber, read_slip_number
from sync.province import staff
from sync.province.database import Work
from sync.province.rows import CertificateRow, DeskRow
from sync.province.verdicts import Judgement, refused


def find_fault(work: Work, body: DossierAccepted, dossier: UUID, *, clerk: str | None, agency: str) -> Judgement | None:
    """What is wrong with the proof a recovered dossier brings; `clerk` and `agency` are those who recovered it."""
    try:
        scanned = read_slip_number(body.proof or "")
    except SlipUnreadable:
        return refused(
            "proof", "Hồ sơ lập lại thiếu số của giấy tiếp nhận.", "It lacks the number of the dossier's slip."
        )
    giver = _giver(work, scanned)
    if giver is None:
        return refused(
            "proof", "Số giấy tiếp nhận không do quầy nào của tỉnh ký.", "No desk of the province signed it."
        )
    if giver.revoked_at is not None and not staff.is_supervisor(work, clerk, agency):
        return refused(
            "proof",
            "Giấy của quầy đã bị thu hồi: phải do người phụ trách lập lại.",
            "The slip is a revoked desk's: only a supervisor may recover it.",
        )
    field = _differs(scanned.slip, body, dossier)
    if field is not None:
        return refused(field, "Khác với giấy tiếp nhận đã ký.", "Other than the signed slip says.")
    return None


def _giver(work: Work, scanned: ScannedSlip) -> DeskRow | None:
    """The desk whose hand it is. A restored desk goes by another number with the same key, a new one by none."""
    number = CertificateRow.number == scanned.slip.desk_number
    rows = work.session.scalars(select(CertificateRow).order_by(number.desc(), CertificateRow.number))
    tried: set[str] = set()
    for row in rows:
        if row.key not in tried and scanned.proven_by(row.key):
            return work.session.get_one(DeskRow, row.desk)
        tried.add(row.key)
    return None


def _differs(slip: SlipNumber, body: DossierAccepted, dossier: UUID) -> str | None:
    """The first field in which the body does not say what the slip does."""
    return next((field for field, same in _compared(slip, body, dossier) if not same), None)


def _compared(slip: SlipNumber, body: DossierAccepted, dossier: UUID) -> Iterator[tuple[str, bool]]:
    person = body.applicant
    yield "dossier", slip.dossier == dossier
    yield "code", slip.code == body.code
    yield "procedure", slip.procedure == body.procedure
    yield "received_at", slip.received_at == _minute(body.received_at)
    yield "due_at", slip.due_at == (_minute(body.due_at) if body.due_at is not None else None)
    yield "receiving_agency", slip.receiving_agency == body.receiving_agency
    yield "resolving_agency", slip.resolving_agency == body.resolving_agency
    yield "return_by", slip.return_by == body.return_by
    yield "applicant.full_name", person.full_name.startswith(slip.full_name)
    yield "applicant.personal_id", slip.personal_id == (person.personal_id or "")


def _minute(instant: str) -> datetime | None:
    """Slips count whole minutes."""
    try:
        moment = read_instant(instant)
    except Unreadable:
        return None
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)
