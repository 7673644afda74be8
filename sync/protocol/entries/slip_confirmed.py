"""The clerk says whether the paper came out."""

from typing import ClassVar, Literal
from uuid import UUID

from sync.protocol.entry import Body


class SlipConfirmed(Body, frozen=True, kw_only=True):
    """What a printer driver cannot know."""

    KIND: ClassVar[str] = "slip_confirmed"

    slip: UUID
    outcome: Literal["printed", "spoilt"]
