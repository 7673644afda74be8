r"""A file as it lies sealed beside a store, travels, and lies at the province: the same bytes everywhere.

    magic "CDFILE\x01" · chunks

Each chunk is ChaCha20-Poly1305 over at most 65,536 bytes of the file, its tag behind it, under a key that serves this
file alone; the last is marked as the last, so that a file cut between two chunks does not open (the STREAM
construction). Nonce: the chunk's number in 11 bytes, big-endian, then 1 for the last and 0 for the others. The magic
is bound to every chunk. A sealed file is called by its blob, the HMAC-SHA-256 of what is in it: whoever lacks the key
learns neither what is in it nor whether two are alike.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.protocol.problems import Unreadable

MAGIC = b"CDFILE\x01"
KEY_BYTES = 32
CHUNK = 64 * 1024
TAG = 16
FILE_LIMIT = 200 * 1024 * 1024
"""Bytes of a file as it was given; at 32 kbit/s that is half a day on the way."""


class Source(Protocol):
    """Gives at most so many bytes, none at its end."""

    def read(self, size: int, /) -> bytes: ...


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...


@dataclass(frozen=True)
class Sealed:
    """What a file turned out to be, on its way into or out of the seal. Sizes are bytes."""

    size: int
    sha256: str
    blob: str
    sealed_size: int


def sealed_size(size: int) -> int:
    """How long a file of that many bytes is once it is sealed. Also an empty one has a chunk, the last."""
    return len(MAGIC) + size + TAG * max(1, -(-size // CHUNK))


SEALED_LIMIT = sealed_size(FILE_LIMIT)


def seal_file(source: Source, target: Sink, key: bytes) -> Sealed:
    """Seal all of `source` into `target`, a chunk in memory at a time. Raises Unreadable beyond FILE_LIMIT."""
    cipher, told = ChaCha20Poly1305(key), _Telling(key)
    target.write(MAGIC)
    for nonce, chunk in _nonced(_chunks(source, CHUNK)):
        told.hear(chunk)
        target.write(cipher.encrypt(nonce, chunk, MAGIC))
    return told.all()


def open_file(source: Source, target: Sink, key: bytes) -> Sealed:
    """Open all of `source` into `target`, a chunk in memory at a time.

    Raises Unreadable for anything that was not sealed with this key, cut, or changed; what was written by then is
    worth nothing. The caller compares what it turned out to be with what its entry says.
    """
    cipher, told = ChaCha20Poly1305(key), _Telling(key)
    if source.read(len(MAGIC)) != MAGIC:
        raise Unreadable("sealed file", "not a sealed file")
    for nonce, chunk in _nonced(_chunks(source, CHUNK + TAG)):
        try:
            plain = cipher.decrypt(nonce, chunk, MAGIC)
        except (InvalidTag, ValueError) as error:
            raise Unreadable("sealed file", "does not open") from error
        told.hear(plain)
        target.write(plain)
    return told.all()


class _Telling:
    """Counts and digests what passes."""

    def __init__(self, key: bytes) -> None:
        self._sha256, self._hmac = hashlib.sha256(), hmac.new(key, digestmod="sha256")
        self._size = 0

    def hear(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > FILE_LIMIT:
            raise Unreadable("file", f"longer than {FILE_LIMIT} bytes")
        self._sha256.update(chunk)
        self._hmac.update(chunk)

    def all(self) -> Sealed:
        return Sealed(self._size, self._sha256.hexdigest(), self._hmac.hexdigest(), sealed_size(self._size))


def _chunks(source: Source, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of a size and whether each is the last, which alone may be shorter, and empty only where it is alone."""
    chunk = _read(source, size)
    while True:
        after = _read(source, size) if len(chunk) == size else b""
        yield chunk, not after
        if not after:
            return
        chunk = after


def _read(source: Source, size: int) -> bytes:
    """As many as there are, though a pipe gives fewer at a time."""
    data = bytearray()
    while len(data) < size and (piece := source.read(size - len(data))):
        data += piece
    return bytes(data)


def _nonced(chunks: Iterator[tuple[bytes, bool]]) -> Iterator[tuple[bytes, bytes]]:
    for number, (chunk, last) in zip(count(), chunks, strict=False):
        yield number.to_bytes(11, "big") + bytes([last]), chunk
