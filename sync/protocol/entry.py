"""One entry of a desk's journal: a head that is chained and never erased, a body that can be.

The head's bytes are fixed when it is written. Its hash is the entry's name; `commitment` binds the body under the
dossier's salt, so that erasing body and salt leaves nothing to guess from; `previous` chains the heads.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.certificates import Epoch
from sync.protocol.instant import InstantText, write_instant
from sync.protocol.problems import ChainBroken, Unreadable
from sync.protocol.signing import Digest, sign, verify

HEAD = "commune-desk/head/1"
SALT_BYTES = 32
HEAD_LIMIT = 2 * 1024
BODY_LIMIT = 256 * 1024
BEGINNING = "0" * 64
"""What the first head of a desk names as the one before it."""

Sequence = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Offset = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]


class Body(Said, frozen=True, kw_only=True):
    """Base of the entry bodies; `sync.protocol.entries` has one file a kind."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1

    @classmethod
    def older(cls, version: int, text: str) -> "Body":
        """Read a body of an earlier version as this one. A kind with a second version says how."""
        raise Unreadable(cls.KIND, f"version {version} was never written")


class Head(Said, frozen=True, kw_only=True):
    """The part that stays: who, when, what kind, about which dossier, after what."""

    v: Literal[1] = 1
    desk: UUID
    epoch: Epoch
    seq: Sequence
    time: InstantText
    """By the desk's own clock."""
    offset: Offset | None
    """What to add to `time` to get the province's time, in milliseconds; null while it has never been heard."""
    clerk: Annotated[str, msgspec.Meta(max_length=64)] | None
    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
    kind_version: Annotated[int, msgspec.Meta(ge=1, le=255)]
    dossier: UUID | None
    after: Digest | None
    """The hash of the last entry about the dossier that this desk knew."""
    commitment: Digest
    previous: Digest


class Tip(Said, frozen=True, kw_only=True):
    """How far a journal reaches: the last head of an epoch. `seq` 0 is an epoch before its first entry."""

    epoch: Epoch
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    hash: Digest


@dataclass(frozen=True)
class Entry:
    """A head and what lies beside it, in the very texts that were hashed."""

    head_text: str
    body_text: str | None
    salt: bytes | None
    signature: bytes | None = None

    @cached_property
    def head(self) -> Head:
        """Raises Unreadable."""
        return canonical.read(self.head_text, Head, what="head", limit=HEAD_LIMIT)

    @cached_property
    def hash(self) -> str:
        return head_hash(self.head_text)

    @property
    def tip(self) -> Tip:
        return Tip(epoch=self.head.epoch, seq=self.head.seq, hash=self.hash)


def head_hash(head_text: str) -> str:
    """SHA-256 of the head's bytes, in hexadecimal: the entry's name."""
    return hashlib.sha256(head_text.encode()).hexdigest()


def commit_to(body_text: str, salt: bytes) -> str:
    """HMAC-SHA-256 of the body's bytes under the salt, in hexadecimal."""
    return hmac.digest(salt, body_text.encode(), "sha256").hex()


def write_entry(
    body: Body,
    *,
    desk: UUID,
    tip: Tip,
    time: datetime,
    offset: int | None,
    clerk: str | None,
    dossier: UUID | None,
    after: str | None,
    salt: bytes,
) -> Entry:
    """The entry that follows `tip`, in its final bytes, not yet signed.

    Raises Unreadable for what nobody could read again: once written, an entry is never changed.
    """
    body_text = canonical.write(body)
    canonical.read(body_text, type(body), what=body.KIND, limit=BODY_LIMIT)
    head = Head(
        desk=desk,
        epoch=tip.epoch,
        seq=tip.seq + 1,
        time=write_instant(time),
        offset=offset,
        clerk=clerk,
        kind=body.KIND,
        kind_version=body.VERSION,
        dossier=dossier,
        after=after,
        commitment=commit_to(body_text, salt),
        previous=tip.hash,
    )
    entry = Entry(canonical.write(head), body_text, salt)
    _ = entry.head
    return entry


def sign_head(key: Ed25519PrivateKey, head_text: str) -> bytes:
    """One signature vouches for the head and, through the chain, for everything before it."""
    return sign(key, HEAD, head_text.encode())


def check_signature(entry: Entry, key: str) -> None:
    """Raises BadSignature unless `key` signed this very head."""
    verify(key, HEAD, entry.head_text.encode(), entry.signature or b"")


def check_body(entry: Entry) -> None:
    """Raises ChainBroken where a body or salt is there and is not what the head committed to."""
    if entry.body_text is None or entry.salt is None:
        return
    if len(entry.salt) != SALT_BYTES or commit_to(entry.body_text, entry.salt) != entry.head.commitment:
        raise ChainBroken(entry.head.epoch, entry.head.seq, "body is not the one committed to")
