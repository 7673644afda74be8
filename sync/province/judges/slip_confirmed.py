"""The clerk said whether the paper came out."""

from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.province.judges.case import Case
from sync.province.rows import SlipRow
from sync.province.verdicts import APPLIED, Judgement


def judge_slip_confirmed(case: Case, body: SlipConfirmed) -> Judgement:
    """It happened, also to a slip that was never heard of."""
    slip = case.work.session.get(SlipRow, body.slip)
    if slip is not None:
        slip.outcome = body.outcome
    return APPLIED
