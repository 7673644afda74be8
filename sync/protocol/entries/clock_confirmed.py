"""The computer's clock was doubtful, and a person said that the day it shows is right."""

from typing import ClassVar

from sync.protocol.entry import Body, Offset
from sync.protocol.instant import InstantText


class ClockConfirmed(Body, frozen=True, kw_only=True):
    """What was known when the clerk confirmed."""

    KIND: ClassVar[str] = "clock_confirmed"

    shown: InstantText
    """The desk's clock."""
    last: InstantText | None
    """The time of the entry before, which may lie ahead of it."""
    offset: Offset | None
    """What would have to be added to reach the province's time, in milliseconds; null where it was never heard."""
