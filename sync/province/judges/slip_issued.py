"""A slip was made."""

from sync.protocol.entries.slip_issued import SlipIssued
from sync.province.judges.case import Case
from sync.province.rows import SlipRow
from sync.province.verdicts import APPLIED, Judgement


def judge_slip_issued(case: Case, body: SlipIssued) -> Judgement:
    """It happened."""
    case.work.session.merge(SlipRow(id=body.slip, dossier=case.dossier, issue=body.issue, code=body.code))
    return APPLIED
