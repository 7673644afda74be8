"""Somebody began to work at the desk."""

from typing import ClassVar, Literal

from sync.protocol.entry import Body


class ClerkSignedIn(Body, frozen=True, kw_only=True):
    """The person is the head's `clerk`."""

    KIND: ClassVar[str] = "clerk_signed_in"

    by: Literal["pin", "command"]
    """By the PIN at the window, or by the key's holder at the command line."""
