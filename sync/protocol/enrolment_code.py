"""The one-time enrolment code: 32 letters and digits a technician can read out or type.

Crockford's base 32 in eight groups of four: 10 bytes of secret the province knows, then the first 10 bytes of the
SHA-256 of the root's public key, so that a desk enrolled through a hostile line notices a false province.
"""

import hashlib
from dataclasses import dataclass

from sync.protocol import crockford
from sync.protocol.problems import CodeNotValid

SECRET_BYTES = 10


@dataclass(frozen=True)
class EnrolmentCode:
    """What the code carries."""

    secret: bytes
    fingerprint: bytes

    def __str__(self) -> str:
        return crockford.write(self.secret + self.fingerprint)

    def vouches_for(self, root: str) -> bool:
        """Is this the root the code was made under?"""
        return fingerprint(root) == self.fingerprint


def fingerprint(root: str) -> bytes:
    """10 bytes of the SHA-256 of the root's raw public key (given in hexadecimal)."""
    return hashlib.sha256(bytes.fromhex(root)).digest()[:SECRET_BYTES]


def read_enrolment_code(text: str) -> EnrolmentCode:
    """Forgives case, spaces, hyphens, and I, L, O for 1, 1, 0. Raises CodeNotValid."""
    data = crockford.read(text, 2 * SECRET_BYTES)
    if data is None:
        raise CodeNotValid("mistyped")
    return EnrolmentCode(data[:SECRET_BYTES], data[SECRET_BYTES:])
