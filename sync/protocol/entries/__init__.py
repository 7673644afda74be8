"""The kinds of entry: one file each, one line here.

A kind says its name, its version and its fields. When fields change, the version goes up, the old struct stays in
the file under its number, and `older` says how it is read as the new one.
"""

from sync.protocol import canonical
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
from sync.protocol.entry import BODY_LIMIT, Body, Entry
from sync.protocol.problems import Unreadable

ENTRIES: tuple[type[Body], ...] = (
    EpochOpened,
    ClerkSignedIn,
    ClerkSignedOut,
    PinSet,
    DossierAccepted,
    FeeTaken,
    SlipIssued,
    SlipConfirmed,
    DossierVoided,
    BodiesErased,
    ResultHandedOver,
    DossierCorrected,
    AttachmentAdded,
    ClockConfirmed,
    NoticeSeen,
)

_BY_KIND = {entry.KIND: entry for entry in ENTRIES}


class UnknownKind(Unreadable):
    """An entry of a kind or version this program does not know yet: hold it, judge it after an update."""

    code = "unknown-kind"


def read_body(entry: Entry) -> Body | None:
    """The body in its newest shape, or None where it was erased or did not travel.

    Raises UnknownKind for a kind or version from a newer program, Unreadable for a body that does not parse.
    """
    if entry.body_text is None:
        return None
    shape = _BY_KIND.get(entry.head.kind)
    if shape is None or entry.head.kind_version > shape.VERSION:
        raise UnknownKind("body", f"{entry.head.kind} version {entry.head.kind_version}")
    if entry.head.kind_version < shape.VERSION:
        return shape.older(entry.head.kind_version, entry.body_text)
    return canonical.read(entry.body_text, shape, what=shape.KIND, limit=BODY_LIMIT)
