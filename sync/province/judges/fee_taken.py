"""Money changed hands. It is written down whatever became of its dossier."""

from sync.protocol.entries.fee_taken import FeeTaken
from sync.province.judges.case import Case
from sync.province.rows import PaymentRow
from sync.province.verdicts import APPLIED, Judgement


def judge_fee_taken(case: Case, body: FeeTaken) -> Judgement:
    """It happened."""
    case.work.session.merge(PaymentRow(entry=case.entry.hash, dossier=case.dossier, total=body.total))
    return APPLIED
