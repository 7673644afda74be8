"""Ed25519 signatures over DSSE pre-authentication encoding, and the signed statement built on them.

The encoding (Dead Simple Signing Envelope, v1) puts the kind of thing signed, and both lengths, in front of the
bytes, so that a signature over a slip can never be passed off as one over a certificate.
"""

from typing import Annotated, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.protocol import canonical
from sync.protocol.problems import BadSignature

Key = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A raw 32-byte public key (Ed25519 or X25519) in hexadecimal."""
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A SHA-256 in hexadecimal."""
Signature = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}\Z")]
"""A raw 64-byte Ed25519 signature in hexadecimal."""

STATEMENT_LIMIT = 8 * 1024 * 1024

T = TypeVar("T")


def authenticated(kind: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding: the bytes that are really signed."""
    name = kind.encode()
    return b"DSSEv1 %d %s %d %s" % (len(name), name, len(payload), payload)


def sign(key: Ed25519PrivateKey, kind: str, payload: bytes) -> bytes:
    """64 bytes."""
    return key.sign(authenticated(kind, payload))


def verify(key: str, kind: str, payload: bytes, signature: bytes) -> None:
    """Raises BadSignature(kind) unless the holder of `key` (hexadecimal) signed this payload as this kind."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, authenticated(kind, payload))
    except (InvalidSignature, ValueError) as error:
        raise BadSignature(kind) from error


def public(key: Ed25519PrivateKey) -> str:
    """The public half in hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


class Signed(canonical.Said, frozen=True, kw_only=True):
    """A statement and the hand that signed it: certificates, catalogues and calendars travel so."""

    kind: str
    payload: str
    key: Key
    signature: Signature


def state(key: Ed25519PrivateKey, kind: str, value: object) -> Signed:
    """Sign a value's canonical text."""
    payload = canonical.write(value)
    return Signed(kind=kind, payload=payload, key=public(key), signature=sign(key, kind, payload.encode()).hex())


def read_statement(signed: Signed, kind: str, shape: type[T], *, key: str) -> T:
    """The value, once `key` is shown to have signed it as `kind`. Raises BadSignature, Unreadable."""
    if signed.kind != kind or signed.key != key:
        raise BadSignature(kind)
    verify(key, kind, signed.payload.encode(), bytes.fromhex(signed.signature))
    return canonical.read(signed.payload, shape, what=kind, limit=STATEMENT_LIMIT)
