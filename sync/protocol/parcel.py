"""A parcel: compressed, sealed to its reader (HPKE, RFC 9180), signed on the outside by its sender.

    magic "CDPARCEL" · version u8 · header length u16 · header JSON · sealed length u32 · sealed · signature 64 bytes

The signature covers everything before it, so a reader checks the hand before it decrypts or unpacks a single byte.
The header is bound into the seal as HPKE's info: a parcel cannot be signed anew under another name. Numbers are
big-endian. The header names the dictionary (`sync.protocol.dictionaries`) the payload was compressed with.
"""

import struct
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

import msgspec
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.dictionaries import KNOWN, NEWEST, dictionary
from sync.protocol.instant import InstantText
from sync.protocol.problems import Unreadable
from sync.protocol.signing import Key, public, sign, verify

MAGIC = b"CDPARCEL"
VERSION = 1
PARCEL = "commune-desk/parcel/1"
PARCEL_LIMIT = 16 * 1024 * 1024
PAYLOAD_LIMIT = 64 * 1024 * 1024
HEADER_LIMIT = 4 * 1024
SIGNATURE_BYTES = 64

_LEVELS = {"up": 15, "down": 9}
"""A desk has all the time its slow line gives it; a province has 400 desks to answer."""
_PREFIX = struct.Struct(">8sBH")
_LENGTH = struct.Struct(">I")
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class ParcelHeader(Said, frozen=True, kw_only=True):
    """What may be read without opening: who to whom, in answer to what."""

    id: UUID
    kind: Literal["up", "down"]
    sender: Key
    """The sender's public signing key."""
    reader: Key
    """The reader's public sealing key."""
    sent: InstantText
    reply_to: UUID | None = None
    dictionary: Annotated[int, msgspec.Meta(ge=0, le=255)] = NEWEST
    """Which trained dictionary the payload was compressed with; 0 for none."""


@dataclass(frozen=True)
class Parcel:
    """A parcel whose outside has been read; nothing is trusted yet."""

    header: ParcelHeader
    header_text: bytes
    sealed: bytes
    signed: bytes
    signature: bytes


def pack(header: ParcelHeader, payload: bytes, *, signer: Ed25519PrivateKey) -> bytes:
    """Compress with the header's dictionary, seal to its reader, and sign."""
    if public(signer) != header.sender:
        raise ValueError("a parcel is signed by the sender it names")
    if header.dictionary not in KNOWN:
        raise ValueError("nobody could open it")
    header_text = canonical.write(header).encode()
    compressor = zstandard.ZstdCompressor(
        compression_params=_parameters(_LEVELS[header.kind], len(payload)), dict_data=dictionary(header.dictionary)
    )
    packed = compressor.compress(payload)
    sealed = _SUITE.encrypt(packed, X25519PublicKey.from_public_bytes(bytes.fromhex(header.reader)), header_text)
    signed = b"".join((_PREFIX.pack(MAGIC, VERSION, len(header_text)), header_text, _LENGTH.pack(len(sealed)), sealed))
    return signed + sign(signer, PARCEL, signed)


def _parameters(level: int, size: int) -> zstandard.ZstdCompressionParameters:
    """Of that level, with tables of 2 MB at most: left alone, a full parcel costs 33 MB and is no smaller for it."""
    usual = zstandard.ZstdCompressionParameters.from_level(level, source_size=size)
    return zstandard.ZstdCompressionParameters.from_level(
        level,
        source_size=size,
        window_log=min(usual.window_log, 21),
        hash_log=min(usual.hash_log, 18),
        chain_log=min(usual.chain_log, 18),
        write_dict_id=True,
    )


def read_outside(data: bytes) -> Parcel:
    """Take a parcel apart without believing it. Raises Unreadable."""
    if len(data) > PARCEL_LIMIT:
        raise Unreadable("parcel", f"longer than {PARCEL_LIMIT} bytes")
    if len(data) < _PREFIX.size or not data.startswith(MAGIC):
        raise Unreadable("parcel", "not a parcel")
    _, version, length = _PREFIX.unpack_from(data)
    if version != VERSION:
        raise Unreadable("parcel", f"of version {version}")
    header_end = _PREFIX.size + length
    if len(data) < header_end + _LENGTH.size:
        raise Unreadable("parcel", "cut short")
    header_text = data[_PREFIX.size : header_end]
    header = canonical.read(header_text, ParcelHeader, what="parcel header", limit=HEADER_LIMIT)
    (sealed_length,) = _LENGTH.unpack_from(data, header_end)
    sealed_end = header_end + _LENGTH.size + sealed_length
    if len(data) != sealed_end + SIGNATURE_BYTES:
        raise Unreadable("parcel", "cut short" if len(data) < sealed_end + SIGNATURE_BYTES else "too long")
    return Parcel(
        header,
        header_text,
        sealed=data[header_end + _LENGTH.size : sealed_end],
        signed=data[:sealed_end],
        signature=data[sealed_end:],
    )


def check_hand(parcel: Parcel) -> None:
    """Raises BadSignature unless the sender it names signed it. Whether that sender is trusted is another question."""
    verify(parcel.header.sender, PARCEL, parcel.signed, parcel.signature)


def open_parcel(parcel: Parcel, *, seal: X25519PrivateKey) -> bytes:
    """The payload. Call `check_hand` first. Raises Unreadable."""
    if parcel.header.dictionary not in KNOWN:
        raise Unreadable("parcel", f"dictionary {parcel.header.dictionary} is not known")
    try:
        packed = _SUITE.decrypt(parcel.sealed, seal, parcel.header_text)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("parcel", "not sealed to this reader") from error
    return _unpack(packed, dictionary(parcel.header.dictionary))


def _unpack(packed: bytes, known: zstandard.ZstdCompressionDict | None) -> bytes:
    """Never more than PAYLOAD_LIMIT bytes, whatever the frame claims."""
    reader = zstandard.ZstdDecompressor(dict_data=known, max_window_size=2**27).stream_reader(packed)
    try:
        payload = reader.read(PAYLOAD_LIMIT + 1)
    except zstandard.ZstdError as error:
        raise Unreadable("parcel", "does not decompress") from error
    if len(payload) > PAYLOAD_LIMIT:
        raise Unreadable("parcel", f"unpacks to more than {PAYLOAD_LIMIT} bytes")
    return payload
