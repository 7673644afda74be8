"""A slip was made."""

from sync.protocol.entries.slip_issued import SlipIssued
from sync.province import codes, policy
from sync.province.judges.case import Case
from sync.province.rows import DossierRow, SlipRow
from sync.province.verdicts import APPLIED, Judgement


def judge_slip_issued(case: Case, body: SlipIssued) -> Judgement:
    """It happened. A code on paper that this province gave and then lost in a restore counts again."""
    case.work.session.merge(SlipRow(id=body.slip, dossier=case.dossier, issue=body.issue, code=body.code))
    if case.dossier is not None and policy.province(case.work).restored:
        row = case.work.session.get(DossierRow, case.dossier)
        if row is not None and body.code != row.code:
            codes.remember(case.work, row, body.code)
    return APPLIED
