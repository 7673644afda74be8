"""A dossier was taken by mistake; its number stays spent."""

from sync.protocol.entries.dossier_voided import DossierVoided
from sync.province import dossiers, feed
from sync.province.judges.case import Case
from sync.province.rows import DeskRow, DossierRow
from sync.province.verdicts import Judgement, refused


def judge_dossier_voided(case: Case, body: DossierVoided) -> Judgement:
    """Intake is the desk's own fact, so only a desk of the agency that took the dossier may void it.

    Whatever was wrong with a dossier that was refused, there is nothing left to put right.
    """
    row = case.work.session.get(DossierRow, case.dossier) if case.dossier is not None else None
    if row is None:
        return refused("dossier", "Tỉnh không có hồ sơ này.", "The province has no such dossier.")
    if case.work.session.get_one(DeskRow, row.desk).agency != case.desk.agency:
        return refused("dossier", "Hồ sơ do cơ quan khác tiếp nhận.", "The dossier was taken by another agency.")
    row.voided, row.last = True, case.entry.hash
    if feed.is_told(case.work, "dossier", str(row.id)):  # of a refused one nobody ever heard
        dossiers.tell(case.work, row)
    return Judgement("applied", settles=dossiers.refusals(case.work, row.id))
