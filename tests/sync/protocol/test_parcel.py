"""A parcel arrives as it was sent or not at all, and only its reader opens it."""

import hashlib
import struct
from pathlib import Path

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol import canonical
from sync.protocol.certificates import certify_desk
from sync.protocol.dictionaries import KNOWN, dictionary
from sync.protocol.exchange import Up, carry, write_lines
from sync.protocol.parcel import (
    MAGIC,
    PARCEL,
    PARCEL_LIMIT,
    PAYLOAD_LIMIT,
    VERSION,
    check_hand,
    open_parcel,
    pack,
    read_outside,
)
from sync.protocol.problems import BadSignature, Problem, Unreadable
from sync.protocol.signing import public, sign
from tests.sync.protocol import made
from tests.sync.protocol.made import hand, seal

_PAYLOAD = b'{"v":1}\n' + "Nguyễn Thị Lan".encode() * 20
_UP = Up(
    certificate=certify_desk(hand("province"), made.desk()),
    software="test",
    tip=made.START,
    unsent=0,
    incarnation=None,
    cursor="",
)
FIRST_DICTIONARY = "59de64e2ca847c412e8d86ce12e784f489228afe85c1ec7e2cb5e9bed97e5f04"
_PACKED = pack(made.parcel_header(), _PAYLOAD, signer=hand("desk"))


def _opened(data: bytes) -> bytes:
    parcel = read_outside(data)
    check_hand(parcel)
    return open_parcel(parcel, seal=seal("province"))


@given(st.binary(max_size=5_000))
def test_what_was_packed_is_what_is_opened(payload: bytes) -> None:
    assert _opened(pack(made.parcel_header(), payload, signer=hand("desk"))) == payload


@settings(max_examples=300)
@given(st.integers(0, len(_PACKED) * 8 - 1))
def test_no_bit_of_it_can_be_turned(bit: int) -> None:
    data = bytearray(_PACKED)
    data[bit // 8] ^= 1 << bit % 8

    with pytest.raises(Problem):
        _opened(bytes(data))


@given(st.integers(0, len(_PACKED) - 1))
def test_a_parcel_cut_short_anywhere_is_unreadable(length: int) -> None:
    with pytest.raises(Unreadable):
        read_outside(_PACKED[:length])


@given(st.binary(min_size=1, max_size=100))
def test_nothing_can_be_hung_behind_it(tail: bytes) -> None:
    with pytest.raises(Unreadable):
        read_outside(_PACKED + tail)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_outside(data)
    with pytest.raises(Unreadable):
        read_outside(_PACKED[:11] + data)


def test_only_its_reader_opens_it() -> None:
    with pytest.raises(Unreadable, match="not sealed to this reader"):
        open_parcel(read_outside(_PACKED), seal=seal("desk"))


def test_it_cannot_be_signed_anew_under_another_name() -> None:
    """The header is bound into the seal, so a thief of the bytes cannot pass them off as his."""
    stolen = read_outside(_PACKED).sealed
    header = canonical.write(made.parcel_header(sender=public(hand("thief")))).encode()
    data = _put_together(header, stolen, "thief")

    check_hand(read_outside(data))
    with pytest.raises(Unreadable, match="not sealed to this reader"):
        open_parcel(read_outside(data), seal=seal("province"))


def test_nobody_signs_for_another() -> None:
    with pytest.raises(ValueError, match="signed by the sender"):
        pack(made.parcel_header(), b"", signer=hand("thief"))


def test_a_forged_hand_is_seen_before_anything_is_opened() -> None:
    parcel = read_outside(_PACKED[:-64] + bytes(64))

    with pytest.raises(BadSignature):
        check_hand(parcel)


def test_a_bomb_goes_off_at_the_limit_and_not_later() -> None:
    bomb = zstandard.ZstdCompressor(level=1).compress(bytes(PAYLOAD_LIMIT + 1))
    assert len(bomb) < 100_000

    for number in KNOWN:
        with pytest.raises(Unreadable, match="unpacks to more"):
            _opened(_sealed(bomb, dictionary=number))


def test_a_frame_that_lies_about_its_size_is_bounded_too() -> None:
    compressor = zstandard.ZstdCompressor(level=1, write_content_size=False).compressobj()
    bomb = compressor.compress(bytes(PAYLOAD_LIMIT + 1)) + compressor.flush()

    with pytest.raises(Unreadable, match="unpacks to more"):
        _opened(_sealed(bomb))


def test_a_frame_that_asks_for_a_giant_window_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=30, write_content_size=False)
    frame = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = frame.compress(b"x") + frame.flush()

    with pytest.raises(Unreadable, match="does not decompress"):
        _opened(_sealed(data))


def test_junk_inside_the_seal_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="does not decompress"):
        _opened(_sealed(b"junk"))


def test_a_parcel_past_the_limit_is_not_looked_at() -> None:
    with pytest.raises(Unreadable, match="longer than"):
        read_outside(bytes(PARCEL_LIMIT + 1))


def test_a_later_version_says_its_number() -> None:
    with pytest.raises(Unreadable, match="of version 9"):
        read_outside(MAGIC + bytes((9,)) + _PACKED[9:])


def test_an_unknown_dictionary_is_said_as_such() -> None:
    with pytest.raises(Unreadable, match="dictionary 3"):
        _opened(_sealed(zstandard.compress(b""), dictionary=3))


def test_nobody_packs_with_a_dictionary_nobody_knows() -> None:
    with pytest.raises(ValueError, match="nobody could open it"):
        pack(made.parcel_header(dictionary=3), b"", signer=hand("desk"))


@pytest.mark.parametrize("number", KNOWN)
@pytest.mark.parametrize("kind", ["up", "down"])
def test_parcels_with_and_without_a_dictionary_open(number: int, kind: str) -> None:
    data = pack(made.parcel_header(dictionary=number, kind=kind), _PAYLOAD, signer=hand("desk"))

    assert _opened(data) == _PAYLOAD


def test_a_dictionary_that_was_shipped_never_changes() -> None:
    first = dictionary(1)

    assert first is not None
    assert hashlib.sha256(first.as_bytes()).hexdigest() == FIRST_DICTIONARY


def test_the_dictionary_makes_a_single_deed_much_smaller() -> None:
    payload = write_lines(_UP, tuple(carry(entry) for entry in made.journal(3)))
    plain, trained = (
        len(pack(made.parcel_header(dictionary=number), payload, signer=hand("desk"))) for number in (0, 1)
    )

    assert trained < 0.75 * plain


def test_a_parcel_that_names_the_wrong_dictionary_is_unreadable() -> None:
    packed = zstandard.ZstdCompressor(dict_data=dictionary(1)).compress(_PAYLOAD)

    with pytest.raises(Unreadable, match="does not decompress"):
        _opened(_sealed(packed, dictionary=0))


def test_a_parcel_survives_a_stick(tmp_path: Path) -> None:
    file = tmp_path / "parcel"
    file.write_bytes(_PACKED)

    assert _opened(file.read_bytes()) == _PAYLOAD


def _sealed(packed: bytes, **facts: int) -> bytes:
    """A parcel around bytes that `pack` would never make."""
    header = canonical.write(made.parcel_header(**facts)).encode()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(made.reader("province")))
    return _put_together(header, suite.encrypt(packed, key, header), "desk")


def _put_together(header: bytes, sealed: bytes, signer: str) -> bytes:
    signed = struct.pack(">8sBH", MAGIC, VERSION, len(header)) + header + struct.pack(">I", len(sealed)) + sealed
    return signed + sign(hand(signer), PARCEL, signed)
