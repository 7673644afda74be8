"""A desk number read out by telephone, for a desk that was restored out of reach of the province.

The desk shows a request of 16 letters: which epoch needs a number, whose journal asks, and which of the province's
sealing keys it knows. The province answers with 16 letters: the number, proven by a secret that only these two share
(X25519 of the desk's sealing key and the province's). Whoever listens cannot make another answer, and the answer fits
no other desk, epoch or journal. The certificate follows at the next contact.

    request   epoch u16 · first 4 bytes of the hash of the epoch's first head
              · first 2 bytes of the SHA-256 of the province's sealing key · first 2 bytes of the SHA-256 of these 8
    answer    number u16 · first 8 bytes of HMAC-SHA-256(secret, SPOKEN · desk's id · request · number u16)

Both in Crockford's base 32, numbers big-endian; the secret is HKDF-SHA-256 of the shared key with SPOKEN as info.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.protocol import crockford
from sync.protocol.problems import CodeNotValid

SPOKEN = b"commune-desk/spoken-number/1"
FIRST_NUMBER, LAST_NUMBER = 1000, 9999
_REQUEST = struct.Struct(">H4s2s")
_NUMBER = struct.Struct(">H")
_SIZE = 10


@dataclass(frozen=True)
class NumberRequest:
    """What the clerk reads out. `opening` and `reader` are beginnings of hashes."""

    epoch: int
    opening: bytes
    reader: bytes

    @property
    def packed(self) -> bytes:
        return _REQUEST.pack(self.epoch, self.opening, self.reader)

    def __str__(self) -> str:
        return crockford.write(self.packed + _check(self.packed))

    def is_for(self, seal: str) -> bool:
        """Does the desk know the province by this public sealing key (hexadecimal)?"""
        return self.reader == _fingerprint(seal)

    def is_of(self, opening: str) -> bool:
        """Does the epoch that begins with this head (its hash) ask?"""
        return bytes.fromhex(opening).startswith(self.opening)


def request_number(epoch: int, opening: str, seal: str) -> NumberRequest:
    """For the epoch whose first head has this hash; `seal` is the public sealing key the desk knows the province by."""
    return NumberRequest(epoch, bytes.fromhex(opening)[:4], _fingerprint(seal))


def read_request(text: str) -> NumberRequest:
    """What the officer typed. Raises CodeNotValid("mistyped")."""
    data = crockford.read(text, _SIZE)
    if data is None or _check(data[: _REQUEST.size]) != data[_REQUEST.size :]:
        raise CodeNotValid("mistyped")
    return NumberRequest(*_REQUEST.unpack_from(data))


def speak_number(number: int, request: NumberRequest, *, desk: UUID, province: X25519PrivateKey, desk_seal: str) -> str:
    """The province's answer to a desk whose public sealing key is `desk_seal`."""
    secret = _secret(province, desk_seal)
    return crockford.write(_NUMBER.pack(number) + _proof(secret, desk, request, number))


def hear_number(text: str, request: NumberRequest, *, desk: UUID, seal: X25519PrivateKey, province_seal: str) -> int:
    """The number the province gave to this very request. Raises CodeNotValid("mistyped") for anything else.

    A wrong letter and an answer meant for another request cannot be told apart, and need not be.
    """
    data = crockford.read(text, _SIZE)
    if data is None:
        raise CodeNotValid("mistyped")
    (number,) = _NUMBER.unpack_from(data)
    proof = _proof(_secret(seal, province_seal), desk, request, number)
    if not hmac.compare_digest(proof, data[_NUMBER.size :]) or not FIRST_NUMBER <= number <= LAST_NUMBER:
        raise CodeNotValid("mistyped")
    return int(number)


def _proof(secret: bytes, desk: UUID, request: NumberRequest, number: int) -> bytes:
    message = SPOKEN + desk.bytes + request.packed + _NUMBER.pack(number)
    return hmac.digest(secret, message, "sha256")[: _SIZE - _NUMBER.size]


def _secret(own: X25519PrivateKey, other: str) -> bytes:
    shared = own.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(other)))
    return HKDF(SHA256(), 32, salt=None, info=SPOKEN).derive(shared)


def _fingerprint(seal: str) -> bytes:
    return hashlib.sha256(bytes.fromhex(seal)).digest()[:2]


def _check(packed: bytes) -> bytes:
    return hashlib.sha256(packed).digest()[:2]
