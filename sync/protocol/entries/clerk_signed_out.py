"""Somebody stopped working at the desk."""

from typing import ClassVar, Literal

from sync.protocol.entry import Body


class ClerkSignedOut(Body, frozen=True, kw_only=True):
    """The person is the head's `clerk`."""

    KIND: ClassVar[str] = "clerk_signed_out"

    reason: Literal["asked", "left", "closed"]
    """Asked for it; away too long; the program was closed."""
