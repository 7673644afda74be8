"""A sealed file: its bytes are fixed, it opens with its key and whole, and it takes no more memory than a chunk."""

import hashlib
import io
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.problems import BadSignature, Unreadable
from sync.protocol.sealed_file import CHUNK, FILE_LIMIT, MAGIC, TAG, open_file, seal_file, sealed_size
from sync.protocol.signing import public, read_statement
from sync.protocol.ticket import TICKET, Ticket, read_ticket, write_ticket

GOLDEN = json.loads((Path(__file__).parent / "golden" / "files.json").read_text("utf-8"))
KEY = bytes(range(32))


def sealed(data: bytes, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    seal_file(io.BytesIO(data), out, key)
    return out.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    open_file(io.BytesIO(data), out, key)
    return out.getvalue()


def long_file(size: int) -> bytes:
    """The same bytes on every day."""
    return hashlib.shake_256(b"a scan").digest(size)


@pytest.mark.parametrize("one", GOLDEN["sealed"], ids=lambda one: str(one["size"]))
def test_the_bytes_are_those_of_the_first_day(one: dict[str, str | int]) -> None:
    data, key = long_file(int(one["size"])), bytes.fromhex(str(one["key"]))
    out = io.BytesIO()

    told = seal_file(io.BytesIO(data), out, key)

    assert hashlib.sha256(out.getvalue()).hexdigest() == one["sealed_sha256"]
    assert (told.sha256, told.blob, told.sealed_size) == (one["sha256"], one["blob"], one["sealed_size"])
    assert opened(out.getvalue(), key) == data


def test_a_short_one_from_the_first_day_opens() -> None:
    assert opened(bytes.fromhex(GOLDEN["short"])) == b"Gi\xe1\xba\xa5y khai sinh"


@given(st.integers(0, 3 * CHUNK + 1), st.binary(min_size=32, max_size=32))
def test_what_was_sealed_opens_again_and_has_the_length_that_was_said(size: int, key: bytes) -> None:
    data = long_file(size)

    closed = sealed(data, key)

    assert opened(closed, key) == data
    assert len(closed) == sealed_size(size)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_cut_anywhere_it_does_not_open(size: int) -> None:
    closed = sealed(long_file(size))

    for end in {0, 3, len(MAGIC), len(closed) - 1, len(MAGIC) + CHUNK + TAG, len(closed) - TAG}:
        if end < len(closed):
            with pytest.raises(Unreadable):
                opened(closed[:end])


@pytest.mark.parametrize("at", [0, 6, 7, 100, CHUNK, CHUNK + 40, -1])
def test_changed_anywhere_it_does_not_open(at: int) -> None:
    closed = bytearray(sealed(long_file(CHUNK + 100)))
    closed[at] ^= 1

    with pytest.raises(Unreadable):
        opened(bytes(closed))


def test_chunks_in_another_order_or_with_more_behind_them_do_not_open() -> None:
    closed = sealed(long_file(3 * CHUNK))
    first, second = (closed[len(MAGIC) + n * (CHUNK + TAG) : len(MAGIC) + (n + 1) * (CHUNK + TAG)] for n in (0, 1))

    for forged in (MAGIC + second + first + closed[len(MAGIC) + 2 * (CHUNK + TAG) :], closed + b"x", closed + first):
        with pytest.raises(Unreadable):
            opened(forged)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Unreadable):
        opened(sealed(b"x"), bytes(32))


class Endless:
    """Zeros for as long as somebody reads, a few at a time."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int) -> bytes:
        data = bytes(min(size, self.left, 10_000))
        self.left -= len(data)
        return data


class Nowhere:
    def write(self, data: bytes) -> None:
        """Gone."""


def test_sealing_takes_the_memory_of_a_chunk_and_not_of_the_file() -> None:
    tracemalloc.start()
    try:
        told = seal_file(Endless(20 * 1024 * 1024), Nowhere(), KEY)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert told.size == 20 * 1024 * 1024
    assert most < 1024 * 1024


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Unreadable, match="longer"):
        seal_file(Endless(FILE_LIMIT + 1), Nowhere(), KEY)


def test_a_ticket_says_who_brings_what_and_cannot_be_another_statement() -> None:
    key = Ed25519PrivateKey.from_private_bytes(KEY)
    text = write_ticket(key, desk=UUID(int=7), blob="ab" * 32, size=1_000, at=datetime(2025, 7, 1, tzinfo=UTC))

    assert text == GOLDEN["ticket"]
    ticket = read_statement(read_ticket(text), TICKET, Ticket, key=public(key))
    assert (ticket.desk, ticket.blob, ticket.size) == (UUID(int=7), "ab" * 32, 1_000)
    with pytest.raises(BadSignature):
        read_statement(read_ticket(text), "commune-desk/slip/1", Ticket, key=public(key))


@given(st.text(max_size=200))
def test_a_ticket_that_is_none_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read_ticket(text)
