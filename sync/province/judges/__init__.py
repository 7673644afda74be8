"""One judge for each kind of entry: a file here, a line below.

A judge looks at one entry and its body, writes its projection into the province's tables when it applies, and says
what becomes of it. What physically happened (money taken, paper printed, somebody signed in) is never refused.
"""

from collections.abc import Callable
from typing import Any

from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.clerk_signed_out import ClerkSignedOut
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.pin_set import PinSet
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import Body
from sync.province.judges.bodies_erased import judge_bodies_erased
from sync.province.judges.case import Case
from sync.province.judges.clerk_signed import judge_clerk_signed
from sync.province.judges.dossier_accepted import judge_dossier_accepted
from sync.province.judges.dossier_voided import judge_dossier_voided
from sync.province.judges.epoch_opened import judge_epoch_opened
from sync.province.judges.fee_taken import judge_fee_taken
from sync.province.judges.pin_set import judge_pin_set
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
}

HAPPENED = frozenset(kind.KIND for kind in JUDGES if kind not in {DossierAccepted, DossierVoided})
"""Kinds that say what physically happened."""

__all__ = ["HAPPENED", "JUDGES", "Case"]
