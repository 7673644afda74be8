"""A slip was made for a dossier, written down before any printer hears of it."""

from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from sync.protocol.entries.dossier_accepted import Line
from sync.protocol.entry import Body


class SlipIssued(Body, frozen=True, kw_only=True):
    """Which issue of which form; from the second on, the paper says it is a reprint."""

    KIND: ClassVar[str] = "slip_issued"

    slip: UUID
    issue: Annotated[int, msgspec.Meta(ge=1, le=9999)]
    form: Line
    code: Line
    """The dossier code the paper shows, provisional or official."""
