"""What sync needs of the desk's journal. The desk's store implements it; sync never sees a table.

Every call is short and opens no transaction that outlives it: nothing is held while the network is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.protocol.entry import Entry, Tip
from sync.protocol.feed import FeedItem
from sync.protocol.signing import Signed
from sync.protocol.ticket import PROBLEM_HEADER

Bookmark = tuple[str | None, str]
"""Incarnation and cursor of the feed; (None, "") before anything was read."""


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
    offset: int | None
    """What to add to the desk's clock to get the province's, in milliseconds. None where the answer travelled on a
    stick: nobody knows how long, and a later one may have been heard meanwhile."""
    time: str
    """When the province said it, by its own clock."""
    asked: Bookmark
    """How far the feed was read when it was asked for: the cursor moves only where it still stands there."""

    @property
    def travelled(self) -> bool:
        return self.offset is None


@dataclass(frozen=True)
class Outgoing:
    """A sealed file of a dossier that the province has not confirmed; `size` in bytes."""

    blob: str
    size: int
    path: Path


@dataclass(frozen=True)
class Heard:
    """An answer in the tus protocol, where every status means something; names of heads in lower case."""

    status: int
    headers: Mapping[str, str]

    @property
    def problem(self) -> str:
        """The code of what stood in the way, or ""; as a head, for the answer to HEAD has no body."""
        return self.headers.get(PROBLEM_HEADER.lower(), "")


class FileRoad(Protocol):
    """What carries a request about a file, and whatever comes back. Raises Trouble where nothing does."""

    def ask_about_file(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Heard: ...


class JournalPort(Protocol):
    """The desk's journal and its copy of the feed."""

    def identity(self) -> Identity: ...

    def tip(self) -> Tip:
        """The end of the journal, sent or not."""
        ...

    def unsent(self) -> int:
        """How many entries the province does not hold yet."""
        ...

    def bookmarks(self) -> Bookmark:
        """The incarnation and cursor the feed was last read to."""
        ...

    def waiting(self, limit_entries: int, limit_bytes: int) -> tuple[Entry, ...]:
        """From the first entry not held, of one epoch, cut behind a signed entry; at least one deed if any waits."""
        ...

    def batches(self, limit_entries: int, limit_bytes: int) -> Iterator[tuple[Entry, ...]]:
        """All that the province does not hold, of every epoch, each batch cut as `waiting` cuts."""
        ...

    def asked_for(self) -> tuple[Tip, ...]:
        """Heads the province holds without their bodies and asked for."""
        ...

    def remember_export(self, parcel: UUID, bookmark: Bookmark) -> None:
        """A parcel left, or a page of the feed came, by a way on which the answer may take days."""
        ...

    def export_bookmark(self, parcel: UUID) -> Bookmark | None:
        """How far the feed was read when that parcel left; None for one this desk never sent."""
        ...

    def bodies(self, tips: Sequence[Tip]) -> tuple[Entry, ...]:
        """The entries at these places with their bodies; without those that were erased or are unknown."""
        ...

    def hash_at(self, epoch: int, seq: int) -> str | None:
        """The hash of this desk's head at that place, or None where it has none."""
        ...

    def addresses(self) -> tuple[str, ...]:
        """Where the province is reached: the address in force first, then those before it."""
        ...

    def learn_province(self, signed: Signed) -> None:
        """A newer certificate of the province, proven under the root."""
        ...

    def settle(self, settlement: Settlement) -> None:
        """Write an answer down, in slices that let the counter through. Saying it twice changes nothing.

        Of `held`, only heads this desk wrote move its watermarks; the others are remembered as lines of somebody else.

        One that travelled and was said before the last one heard moves no watermark; its items are taken where they
        are of the incarnation in force.
        """
        ...
