"""One exchange: a desk's parcel up, the province's parcel down. HTTPS and a stick carry the same two.

Each parcel's payload is lines of JSON. The first is the manifest, the rest are entries (up) or feed items (down).
"""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.entry import BODY_LIMIT, HEAD_LIMIT, Entry, Tip
from sync.protocol.feed import FeedItem
from sync.protocol.instant import InstantText
from sync.protocol.problems import Unreadable
from sync.protocol.signing import Signature, Signed

MANIFEST_LIMIT = 64 * 1024
LINE_LIMIT = 2 * (HEAD_LIMIT + BODY_LIMIT)
FEED_LINE_LIMIT = 8 * 1024 * 1024
ENTRIES_A_PARCEL = 2_000
LINES_A_PARCEL = 10_000
BEGINNING_OF_FEED = ""


class Up(Said, frozen=True, kw_only=True):
    """What a desk says of itself when it turns to the province."""

    v: Literal[1] = 1
    certificate: Signed
    software: str
    tip: Tip
    """The end of its journal, sent or not."""
    unsent: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    incarnation: str | None
    cursor: str
    feed_limit: Annotated[int, msgspec.Meta(ge=0, le=5_000)] = 500
    """At most so many feed items in the answer; 0 for none."""


class CarriedEntry(Said, frozen=True, kw_only=True):
    """An entry on its way. `body` and `salt` are absent where they were erased or go by another way."""

    head: str
    body: str | None = None
    salt: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")] | None = None
    signature: Signature | None = None


class ToldProblem(Said, frozen=True, kw_only=True):
    """A problem said by the province, as facts; the desk makes the sentence."""

    code: str
    facts: dict[str, str | int]


class Down(Said, frozen=True, kw_only=True):
    """What the province holds of the desk's journal, and the next page of the feed."""

    v: Literal[1] = 1
    certificate: Signed
    """The province's own, so that a changed key is learned with its proof."""
    desk_certificate: Signed | None = None
    """The desk's, when it changed: renewed, or with a new desk number."""
    held: tuple[Tip, ...]
    """Per epoch of this desk, the last head held: everything up to it is safe."""
    wanted: tuple[Tip, ...] = ()
    """Heads whose bodies are missing and asked for."""
    incarnation: str
    cursor: str
    more: bool
    time: InstantText
    problem: ToldProblem | None = None
    """Why the entries of this parcel were not held, when they were not."""


def write_lines(manifest: Up | Down, lines: tuple[Said, ...]) -> bytes:
    """The payload of a parcel."""
    return "\n".join(canonical.write(line) for line in (manifest, *lines)).encode()


def read_up(payload: bytes) -> tuple[Up, tuple[Entry, ...]]:
    """Raises Unreadable."""
    first, rest = _lines(payload)
    manifest = canonical.read(first, Up, what="manifest", limit=MANIFEST_LIMIT)
    carried = (canonical.read(line, CarriedEntry, what="entry", limit=LINE_LIMIT) for line in rest)
    return manifest, tuple(uncarry(entry) for entry in carried)


def read_down(payload: bytes) -> tuple[Down, tuple[FeedItem, ...]]:
    """Raises Unreadable."""
    first, rest = _lines(payload)
    manifest = canonical.read(first, Down, what="manifest", limit=MANIFEST_LIMIT)
    return manifest, tuple(canonical.read(line, FeedItem, what="feed item", limit=FEED_LINE_LIMIT) for line in rest)


def carry(entry: Entry) -> CarriedEntry:
    """Ready an entry for the way."""
    return CarriedEntry(
        head=entry.head_text,
        body=entry.body_text,
        salt=entry.salt.hex() if entry.salt is not None else None,
        signature=entry.signature.hex() if entry.signature is not None else None,
    )


def uncarry(carried: CarriedEntry) -> Entry:
    """Take an entry that arrived. Raises Unreadable when its head does not parse or its body is too long."""
    if carried.body is not None and len(carried.body.encode()) > BODY_LIMIT:
        raise Unreadable("body", f"longer than {BODY_LIMIT} bytes")
    entry = Entry(
        carried.head,
        carried.body,
        bytes.fromhex(carried.salt) if carried.salt is not None else None,
        bytes.fromhex(carried.signature) if carried.signature is not None else None,
    )
    _ = entry.head
    return entry


def _lines(payload: bytes) -> tuple[bytes, list[bytes]]:
    first, *rest = payload.split(b"\n", LINES_A_PARCEL + 1)
    if len(rest) > LINES_A_PARCEL:
        raise Unreadable("parcel", "too many lines")
    return first, rest


class EnrolmentRequest(Said, frozen=True, kw_only=True):
    """A desk asks to be certified. Signed with the key it asks for, which proves that it holds it."""

    v: Literal[1] = 1
    secret: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{20}\Z")]
    desk: UUID
    key: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    seal: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    software: str


class EnrolmentAnswer(Said, frozen=True, kw_only=True):
    """The province took the desk in. `root` must match the fingerprint in the enrolment code."""

    v: Literal[1] = 1
    root: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    province: Signed
    desk: Signed
    supervisor: str
    """The staff id of the person the code names; they set their PIN at once."""


ENROLMENT = "commune-desk/enrolment/1"
