"""Somebody took note of a notice. Only a supervisor's word takes it off the list."""

from sync.protocol.entries.notice_seen import NoticeSeen
from sync.province import notices, staff
from sync.province.judges.case import Case
from sync.province.verdicts import APPLIED, Judgement


def judge_notice_seen(case: Case, body: NoticeSeen) -> Judgement:
    """It happened, also to a notice this province no longer knows."""
    agency = case.desk.agency
    if staff.is_supervisor(case.work, case.entry.head.clerk, agency):
        notices.see(case.work, body.notice, agency)
    return APPLIED
