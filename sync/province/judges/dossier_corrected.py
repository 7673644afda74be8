"""A dossier that was refused is said again. When the new word is good it stands, and nothing about it is refused."""

from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entry import Head
from sync.province import dossiers, staff
from sync.province.clock import is_moment
from sync.province.hold import entry_named, entry_of
from sync.province.judges.case import Case
from sync.province.judges.dossier_accepted import announce, find_fault
from sync.province.rows import DeskRow, DossierRow
from sync.province.verdicts import Judgement, refused, waiting

_KINDS = {DossierAccepted.KIND, DossierCorrected.KIND}


def judge_dossier_corrected(case: Case, body: DossierCorrected) -> Judgement:
    """Judged like an acceptance, with the code and the time of receipt of the first."""
    row = entry_named(case.work, body.corrects)
    if row is None:
        return waiting("Đang chờ bản ghi được sửa.", "Waiting for the entry it corrects.", cause=body.corrects)
    first = entry_of(row).head
    if case.dossier is None or first.dossier != case.dossier or first.kind not in _KINDS:
        return refused("corrects", "Bản ghi được sửa không thuộc hồ sơ này.", "It corrects an entry of something else.")
    return _may_not(case, first) or _judge(case, body, first)


def _judge(case: Case, body: DossierCorrected, first: Head) -> Judgement:
    assert first.dossier is not None
    before = case.work.session.get(DossierRow, first.dossier)
    giver = (before.desk, before.epoch) if before is not None else (first.desk, first.epoch)
    refusals = dossiers.refusals(case.work, first.dossier)
    if body.corrects not in refusals:
        return refused("corrects", "Hồ sơ không bị từ chối.", "The dossier was not refused.")
    fault = _changed(before, body.acceptance) or find_fault(case, body.acceptance, first.dossier, giver=giver)
    if fault is not None:
        return fault
    announce(case, dossiers.put(case.work, case.origin, first.dossier, body.acceptance, case.entry.hash))
    return Judgement("applied", settles=refusals)


def _may_not(case: Case, first: Head) -> Judgement | None:
    """Its own desk may, and a supervisor at another desk of the agency."""
    if first.desk == case.desk.id:
        return None
    agency = case.work.session.get_one(DeskRow, first.desk).agency
    if case.desk.agency == agency and staff.is_supervisor(case.work, case.entry.head.clerk, agency):
        return None
    return refused(
        "dossier",
        "Chỉ quầy đã tiếp nhận hoặc người phụ trách cùng cơ quan được sửa hồ sơ.",
        "Only the desk that took it in, or a supervisor of that agency, may correct a dossier.",
    )


def _changed(before: DossierRow | None, body: DossierAccepted) -> Judgement | None:
    """What the slip says stays as it is; of a first word that could not be read nothing is known."""
    if before is None:
        return None
    if body.code != before.code or body.provisional != before.provisional:
        return refused("code", "Mã hồ sơ không được đổi khi sửa.", "A correction does not change the code.")
    if body.received_at != before.received_at and is_moment(before.received_at):
        return refused("received_at", "Giờ tiếp nhận không được đổi.", "A correction does not change the hour.")
    return None
