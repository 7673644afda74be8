"""A result left the office, whatever else is true of its dossier. When it left twice, a person hears of it."""

from sqlalchemy import func, select

from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.feed import Reason
from sync.province import agencies, dossiers, feed, notices
from sync.province.database import Work
from sync.province.judges.case import Case
from sync.province.notices import Matter
from sync.province.rows import DossierRow, HandOverRow
from sync.province.statuses import HANDED_OVER
from sync.province.verdicts import APPLIED, Judgement


def judge_result_handed_over(case: Case, body: ResultHandedOver) -> Judgement:
    """It happened. The first one moves the dossier on."""
    case.work.session.merge(HandOverRow(entry=case.entry.hash, dossier=case.dossier, at=body.at))
    row = case.work.session.get(DossierRow, case.dossier) if case.dossier is not None else None
    if row is None:
        return APPLIED
    if _times(case.work, row) > 1:
        _tell_a_person(case, row)
    else:
        _move_on(case, row, body.at)
    return APPLIED


def _move_on(case: Case, row: DossierRow, at: str) -> None:
    if feed.is_told(case.work, "dossier", str(row.id)):
        by = agencies.get(case.work, case.desk.agency).name
        dossiers.move(case.work, row, HANDED_OVER, at=at, by=by)
    else:
        row.status = HANDED_OVER  # of a refused one nobody ever heard


def _times(work: Work, row: DossierRow) -> int:
    counted = select(func.count()).select_from(HandOverRow).where(HandOverRow.dossier == row.id)
    return work.session.execute(counted).scalar_one()


def _tell_a_person(case: Case, row: DossierRow) -> None:
    code = row.official or row.code
    times = _times(case.work, row)
    text = Reason(
        vi=f"Kết quả hồ sơ {code} đã được trả {times} lần. Cả {times} lần đều được giữ trong sổ. "
        "Người phụ trách đối chiếu chữ ký nhận của từng lần và gọi cho người nộp.",
        en=f"The result of dossier {code} was handed over {times} times. All of them stay in the register. "
        "A supervisor compares the signatures of each and calls the applicant.",
    )
    matter = Matter(id=f"handed_over_twice/{row.id}", matter="handed_over_twice", text=text, dossier=row.id)
    notices.give(case.work, matter, {row.receiving_agency, row.resolving_agency})
