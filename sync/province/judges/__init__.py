"""One judge for each kind of entry: a file here, a line below.

A judge looks at one entry and its body, writes its projection into the province's tables when it applies, and says
what becomes of it. What physically happened (money taken, paper printed, somebody signed in) is never refused.
"""

from collections.abc import Callable
from typing import Any

from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.clerk_signed_out import ClerkSignedOut
from sync.protocol.entries.clock_confirmed import ClockConfirmed
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.notice_seen import NoticeSeen
from sync.protocol.entries.pin_set import PinSet
from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import Body
from sync.province.judges.attachment_added import judge_attachment_added
from sync.province.judges.bodies_erased import judge_bodies_erased
from sync.province.judges.case import Case
from sync.province.judges.clerk_signed import judge_clerk_signed
from sync.province.judges.clock_confirmed import judge_clock_confirmed
from sync.province.judges.dossier_accepted import judge_dossier_accepted
from sync.province.judges.dossier_corrected import judge_dossier_corrected
from sync.province.judges.dossier_voided import judge_dossier_voided
from sync.province.judges.epoch_opened import judge_epoch_opened
from sync.province.judges.fee_taken import judge_fee_taken
from sync.province.judges.notice_seen import judge_notice_seen
from sync.province.judges.pin_set import judge_pin_set
from sync.province.judges.result_handed_over import judge_result_handed_over
from sync.province.judges.slip_confirmed import judge_slip_confirmed
from sync.province.judges.slip_issued import judge_slip_issued
from sync.province.verdicts import Judgement

JUDGES: dict[type[Body], Callable[[Case, Any], Judgement]] = {
    EpochOpened: judge_epoch_opened,
    ClerkSignedIn: judge_clerk_signed,
    ClerkSignedOut: judge_clerk_signed,
    PinSet: judge_pin_set,
    DossierAccepted: judge_dossier_accepted,
    FeeTaken: judge_fee_taken,
    SlipIssued: judge_slip_issued,
    SlipConfirmed: judge_slip_confirmed,
    DossierVoided: judge_dossier_voided,
    BodiesErased: judge_bodies_erased,
    ResultHandedOver: judge_result_handed_over,
    DossierCorrected: judge_dossier_corrected,
    AttachmentAdded: judge_attachment_added,
    ClockConfirmed: judge_clock_confirmed,
    NoticeSeen: judge_notice_seen,
}

_CLAIMED = {DossierAccepted, DossierCorrected, DossierVoided}
HAPPENED = frozenset(kind.KIND for kind in JUDGES if kind not in _CLAIMED)
"""Kinds that say what physically happened."""

__all__ = ["HAPPENED", "JUDGES", "Case"]
