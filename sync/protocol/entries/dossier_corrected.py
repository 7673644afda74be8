"""A dossier the province refused, said again as it should have been. The first word stays; this one stands."""

from typing import ClassVar

from sync.protocol.entries.dossier_accepted import DossierAccepted, Note
from sync.protocol.entry import Body
from sync.protocol.signing import Digest


class DossierCorrected(Body, frozen=True, kw_only=True):
    """The whole acceptance as it now reads; code, dossier and time of receipt are those of the first."""

    KIND: ClassVar[str] = "dossier_corrected"

    corrects: Digest
    """The hash of the entry that was refused."""
    acceptance: DossierAccepted
    """In the shape of version 2: a third one makes this kind's second."""
    reason: Note
