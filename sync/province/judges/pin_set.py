"""Somebody set their PIN. A one-time code it was set with is spent for all other desks."""

from sync.protocol.entries.pin_set import PinSet
from sync.province import staff
from sync.province.judges.case import Case
from sync.province.verdicts import APPLIED, Judgement


def judge_pin_set(case: Case, body: PinSet) -> Judgement:
    """It happened."""
    clerk = case.entry.head.clerk
    if body.on == "code" and clerk is not None:
        staff.spend_code(case.work, clerk)
    return APPLIED
