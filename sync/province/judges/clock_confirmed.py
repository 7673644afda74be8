"""The clerk said that a doubtful clock shows the right day: nothing to project, the entry itself is the record."""

from sync.protocol.entries.clock_confirmed import ClockConfirmed
from sync.province.judges.case import Case
from sync.province.verdicts import APPLIED, Judgement


def judge_clock_confirmed(case: Case, body: ClockConfirmed) -> Judgement:
    """It happened."""
    return APPLIED
