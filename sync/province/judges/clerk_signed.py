"""Somebody signed in or out: nothing to project, the entry itself is the record."""

from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.clerk_signed_out import ClerkSignedOut
from sync.province.judges.case import Case
from sync.province.verdicts import APPLIED, Judgement


def judge_clerk_signed(case: Case, body: ClerkSignedIn | ClerkSignedOut) -> Judgement:
    """It happened."""
    return APPLIED
