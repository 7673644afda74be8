"""A dossier was taken in: known procedure, valid that day, known agencies, and a code that is the desk's to give."""

import logging
import re
from uuid import UUID

from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.problems import Unreadable
from sync.province import agencies, codes, documents, dossiers
from sync.province.clock import civil_day
from sync.province.errors import NotPossible
from sync.province.judges.case import Case
from sync.province.rows import DossierRow
from sync.province.verdicts import APPLIED, Judgement, refused

log = logging.getLogger(__name__)

_PROVISIONAL = re.compile(r"TAM-\d{6}(-\d{4}){3}", re.ASCII)


def judge_dossier_accepted(case: Case, body: DossierAccepted) -> Judgement:
    """Refused dossiers are projected too: the person holds a slip, and somebody must call them."""
    if case.dossier is None:
        return refused("dossier", "Bản ghi không nêu hồ sơ nào.", "The entry names no dossier.")
    before = case.work.session.get(DossierRow, case.dossier)
    if before is not None and not _is_same_entry(case, before):
        return _judge_second(case, body, before)
    return _judge_first(case, body, case.dossier)


def _judge_first(case: Case, body: DossierAccepted, id: UUID) -> Judgement:
    judgement = _fault(case, body) or _claim(case, body, id) or APPLIED
    row = dossiers.put(case.work, case.origin, id, body)
    if judgement is APPLIED:
        dossiers.tell(case.work, row)
        if row.provisional and row.official is None:
            _number(case, row)
    return judgement


def _judge_second(case: Case, body: DossierAccepted, before: DossierRow) -> Judgement:
    """A dossier recovered from its slip gives way to the original; the original stands against its recovery."""
    if body.code != before.code:
        return refused("code", "Hồ sơ này đã có mã khác.", "This dossier already has another code.")
    if body.recovered:
        return APPLIED
    if not before.recovered:
        return refused("dossier", "Hồ sơ này đã được tiếp nhận.", "This dossier has been taken in before.")
    dossiers.tell(case.work, dossiers.put(case.work, case.origin, before.id, body))
    return APPLIED


def _fault(case: Case, body: DossierAccepted) -> Judgement | None:
    try:
        day = civil_day(body.received_at)
    except Unreadable:
        return refused("received_at", "Ngày tiếp nhận không có thật.", "There is no such day of reception.")
    if body.due_at is not None and not _exists(body.due_at):
        return refused("due_at", "Ngày hẹn trả không có thật.", "There is no such due date.")
    if not documents.is_procedure(case.work, body.procedure):
        return refused("procedure", "Thủ tục không có trong danh mục.", "The procedure is in no catalogue.")
    if not documents.holds_on(case.work, body.procedure, day):
        return refused("procedure", "Thủ tục không có hiệu lực ngày đó.", "The procedure was not valid that day.")
    for field in ("receiving_agency", "resolving_agency"):
        if not agencies.is_known(case.work, getattr(body, field)):
            return refused(field, "Không có cơ quan này trong tỉnh.", "The province has no such agency.")
    return None


def _exists(instant: str) -> bool:
    try:
        civil_day(instant)
    except Unreadable:
        return False
    return True


def _claim(case: Case, body: DossierAccepted, id: UUID) -> Judgement | None:
    if not _may_give(case, body):
        return refused("code", "Mã hồ sơ không phải của quầy này.", "The code is not this desk's to give.")
    if not codes.claim(case.work, body.code, id):
        return refused("code", "Mã đã dùng cho hồ sơ khác.", "The code belongs to another dossier.")
    return None


def _may_give(case: Case, body: DossierAccepted) -> bool:
    if body.provisional:
        return _PROVISIONAL.fullmatch(body.code) is not None
    head = case.entry.head
    return codes.is_of_desk(case.work, body, head.desk, head.epoch)


def _number(case: Case, row: DossierRow) -> None:
    """A day with no codes left keeps its provisional one, until an officer sees to it."""
    try:
        codes.number(case.work, row)
    except NotPossible as error:
        log.warning("%s stays provisional: %s", row.code, error)


def _is_same_entry(case: Case, row: DossierRow) -> bool:
    origin = case.origin
    return (row.desk, row.epoch, row.seq) == (origin.desk, origin.epoch, origin.seq)
