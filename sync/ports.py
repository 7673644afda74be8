"""What sync needs of the desk's journal. The desk's store implements it; sync never sees a table.

Every call is short and opens no transaction that outlives it: nothing is held while the network is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.protocol.entry import Entry, Tip
from sync.protocol.feed import FeedItem
from sync.protocol.signing import Signed


@dataclass(frozen=True)
class Identity:
    """Who the desk is, whom it trusts, and where that one lives."""

    desk: UUID
    certificate: Signed
    key: Ed25519PrivateKey
    seal: X25519PrivateKey
    province: Signed
    """The province's certificate as last heard."""
    root: str
    """The public key, in hexadecimal, learned at enrolment: all trust begins here."""
    url: str


@dataclass(frozen=True)
class Settlement:
    """One proven answer of the province, to be written down."""

    held: tuple[Tip, ...]
    """All that the province holds of this desk: per epoch, the last head. An epoch that is not named has nothing held.
    It may lie behind what was held before (a province restored from a copy): then the rest is sent again."""
    wanted: tuple[Tip, ...]
    """Heads the province holds without their bodies, and asks for."""
    items: tuple[FeedItem, ...]
    """In order, verbatim. What they leave out stays as it is."""
    incarnation: str
    """When it is another one than before, `cursor` belongs to the new one."""
    cursor: str
    province: Signed
    """The province's certificate, proven under the root."""
    desk: Signed | None
    """The desk's own certificate, proven, when it changed."""
    offset: int
    """What to add to the desk's clock to get the province's, in milliseconds."""


class JournalPort(Protocol):
    """The desk's journal and its copy of the feed."""

    def identity(self) -> Identity: ...

    def tip(self) -> Tip:
        """The end of the journal, sent or not."""
        ...

    def unsent(self) -> int:
        """How many entries the province does not hold yet."""
        ...

    def bookmarks(self) -> tuple[str | None, str]:
        """The incarnation and cursor the feed was last read to."""
        ...

    def waiting(self, limit_entries: int, limit_bytes: int) -> tuple[Entry, ...]:
        """From the first entry not held, of one epoch, cut behind a signed entry; at least one deed if any waits."""
        ...

    def bodies(self, tips: Sequence[Tip]) -> tuple[Entry, ...]:
        """The entries at these places with their bodies; without those that were erased or are unknown."""
        ...

    def hash_at(self, epoch: int, seq: int) -> str | None:
        """The hash of this desk's head at that place, or None where it has none."""
        ...

    def settle(self, settlement: Settlement) -> None:
        """Write an answer down, in slices that let the counter through. Saying it twice changes nothing."""
        ...
