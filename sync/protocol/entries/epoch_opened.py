"""The first entry of an epoch: which certificate it begins under, and which epoch it continues."""

from typing import ClassVar, Literal

from sync.protocol.entry import Body, Tip
from sync.protocol.signing import Signed


class EpochOpened(Body, frozen=True, kw_only=True):
    """A desk enrolled, or restored from a copy."""

    KIND: ClassVar[str] = "epoch_opened"

    reason: Literal["enrolled", "restored"]
    certificate: Signed | None
    """None when the desk was restored out of reach of the province and has no new number yet."""
    parent: Tip | None
    """The last head the restored copy held; None for a desk's first epoch."""
    software: str
