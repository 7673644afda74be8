"""Somebody set their PIN at this desk. The PIN itself never leaves it."""

from typing import ClassVar, Literal

from sync.protocol.entry import Body


class PinSet(Body, frozen=True, kw_only=True):
    """The person is the head's `clerk`."""

    KIND: ClassVar[str] = "pin_set"

    on: Literal["enrolment", "code", "change"]
    """At enrolment; with a one-time code; with the PIN before."""
