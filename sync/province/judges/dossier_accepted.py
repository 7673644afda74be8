"""A dossier was taken in: known procedure, valid that day, known agencies, and a code that is the desk's to give."""

import logging
import re
from uuid import UUID

from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.problems import Unreadable
from sync.province import agencies, codes, documents, dossiers, forks, lines, proof
from sync.province.clock import civil_day, is_moment
from sync.province.database import Work
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
    unproven = _unproven(case, body, case.dossier) if body.recovered else None
    if unproven is not None:
        return unproven
    before = case.work.session.get(DossierRow, case.dossier)
    if before is None or _is_same_entry(case, before):
        return _judge_first(case, body, case.dossier)
    if before.recovered and not body.recovered:
        return _judge_original(case, body, before)
    if body.recovered:
        return APPLIED  # what it brings back is here
    return refused("dossier", "Hồ sơ này đã được tiếp nhận.", "This dossier has been taken in before.")


def _unproven(case: Case, body: DossierAccepted, id: UUID) -> Judgement | None:
    return proof.find_fault(case.work, body, id, clerk=case.entry.head.clerk, agency=case.desk.agency)


def _judge_first(case: Case, body: DossierAccepted, id: UUID) -> Judgement:
    head = case.entry.head
    fault = find_fault(case, body, id, giver=(head.desk, head.epoch))
    row = dossiers.put(case.work, case.origin, id, body, case.entry.hash)
    if fault is None:
        announce(case, row)
    return fault or APPLIED


def _judge_original(case: Case, body: DossierAccepted, before: DossierRow) -> Judgement:
    """The record a slip was brought back for turned up after all: it takes the place of what was recovered.

    The slip may show the official code of a dossier whose first was provisional; that one it keeps.
    """
    head, on_slip = case.entry.head, before.code
    fault = find_fault(case, body, before.id, giver=(head.desk, head.epoch))
    if fault is not None:
        return fault
    if on_slip != body.code and codes.is_claimed_by(case.work, on_slip, before.id):
        before.official = before.official or on_slip
    announce(case, dossiers.put(case.work, case.origin, before.id, body, case.entry.hash))
    return Judgement("applied", settles=dossiers.refusals(case.work, before.id))


def find_fault(case: Case, body: DossierAccepted, id: UUID, *, giver: tuple[UUID, int]) -> Judgement | None:
    """What is wrong with an acceptance, or nothing: then its code is claimed. `giver` is a desk and its epoch."""
    return _fault(case.work, body) or _claim(case, body, id, giver)


def announce(case: Case, row: DossierRow) -> None:
    """A dossier stands: others hear of it, and it gets the province's code where its own is provisional or taken."""
    dossiers.tell(case.work, row)
    if row.provisional and row.official is None:
        _number(case.work, row)
    if not codes.is_claimed_by(case.work, row.code, row.id):
        forks.give_second_code(case.work, case.desk, row)


def _fault(work: Work, body: DossierAccepted) -> Judgement | None:
    try:
        day = civil_day(body.received_at)
    except Unreadable:
        return refused("received_at", "Ngày tiếp nhận không có thật.", "There is no such day of reception.")
    if body.due_at is not None and not is_moment(body.due_at):
        return refused("due_at", "Ngày hẹn trả không có thật.", "There is no such due date.")
    if not documents.is_procedure(work, body.procedure):
        return refused("procedure", "Thủ tục không có trong danh mục.", "The procedure is in no catalogue.")
    if not documents.holds_on(work, body.procedure, day):
        return refused("procedure", "Thủ tục không có hiệu lực ngày đó.", "The procedure was not valid that day.")
    for field in ("receiving_agency", "resolving_agency"):
        if not agencies.is_known(work, getattr(body, field)):
            return refused(field, "Không có cơ quan này trong tỉnh.", "The province has no such agency.")
    return None


def _claim(case: Case, body: DossierAccepted, id: UUID, giver: tuple[UUID, int]) -> Judgement | None:
    if not _may_give(case.work, body, giver):
        return refused("code", "Mã hồ sơ không phải của quầy này.", "The code is not this desk's to give.")
    if not codes.claim(case.work, body.code, id) and not _is_another_machines(case, body.code):
        return refused("code", "Mã đã dùng cho hồ sơ khác.", "The code belongs to another dossier.")
    return None


def _is_another_machines(case: Case, code: str) -> bool:
    """Was it given to the other dossier by a machine that is not this one, though it has its name?

    Then both were right to give it, both people hold a paper that shows it, and refusing helps nobody.
    """
    other = codes.holder(case.work, code)
    if other is None:
        return False
    journal = lines.journal(case.work, case.desk.id, (case.entry.hash,))
    return not journal.holds(other.desk, other.epoch, other.line, other.seq)


def _may_give(work: Work, body: DossierAccepted, giver: tuple[UUID, int]) -> bool:
    if body.recovered:
        return True  # a desk gave it, as its signature on the slip proves
    if body.provisional:
        return _PROVISIONAL.fullmatch(body.code) is not None
    return codes.is_of_desk(work, body, *giver)


def _number(work: Work, row: DossierRow) -> None:
    """A day with no codes left keeps its provisional one, until an officer sees to it."""
    try:
        codes.number(work, row)
    except NotPossible as error:
        log.warning("%s stays provisional: %s", row.code, error)


def _is_same_entry(case: Case, row: DossierRow) -> bool:
    origin = case.origin
    return (row.desk, row.epoch, row.line, row.seq) == (origin.desk, origin.epoch, origin.line, origin.seq)
