"""A dossier was taken by mistake; its number stays spent."""

from sync.protocol.entries.dossier_voided import DossierVoided
from sync.province import dossiers, feed
from sync.province.judges.case import Case
from sync.province.rows import DossierRow
from sync.province.verdicts import Judgement, refused


def judge_dossier_voided(case: Case, body: DossierVoided) -> Judgement:
    """Intake is the desk's own fact, so only a desk of the agency that took the dossier may void it.

    Whatever was wrong with a dossier that was refused, there is nothing left to put right.
    """
    if case.dossier is None:
        return refused("dossier", "Bản ghi không nêu hồ sơ nào.", "The entry names no dossier.")
    if not dossiers.is_of_agency(case.work, case.dossier, case.desk.agency):
        return refused("dossier", "Hồ sơ do cơ quan khác tiếp nhận.", "The dossier was taken by another agency.")
    row = case.work.session.get(DossierRow, case.dossier)
    if row is not None:
        _void(case, row)
    return Judgement("applied", settles=dossiers.refusals(case.work, case.dossier))


def _void(case: Case, row: DossierRow) -> None:
    row.voided, row.last = True, case.entry.hash
    if feed.is_told(case.work, "dossier", str(row.id)):  # of a refused one nobody ever heard
        dossiers.tell(case.work, row)
