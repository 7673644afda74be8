"""The one-time enrolment code: 32 letters and digits a technician can read out or type.

Crockford's base 32 in eight groups of four: 10 bytes of secret the province knows, then the first 10 bytes of the
SHA-256 of the root's public key, so that a desk enrolled through a hostile line notices a false province.
"""

import base64
import hashlib
from dataclasses import dataclass

from sync.protocol.problems import CodeNotValid

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_STANDARD = str.maketrans(_CROCKFORD, _STANDARD)
_TO_CROCKFORD = str.maketrans(_STANDARD, _CROCKFORD)
_MISREAD = str.maketrans("ILO", "110")
SECRET_BYTES = 10


@dataclass(frozen=True)
class EnrolmentCode:
    """What the code carries."""

    secret: bytes
    fingerprint: bytes

    def __str__(self) -> str:
        text = base64.b32encode(self.secret + self.fingerprint).decode().translate(_TO_CROCKFORD)
        return "-".join(text[i : i + 4] for i in range(0, len(text), 4))

    def vouches_for(self, root: str) -> bool:
        """Is this the root the code was made under?"""
        return fingerprint(root) == self.fingerprint


def fingerprint(root: str) -> bytes:
    """10 bytes of the SHA-256 of the root's raw public key (given in hexadecimal)."""
    return hashlib.sha256(bytes.fromhex(root)).digest()[:SECRET_BYTES]


def read_enrolment_code(text: str) -> EnrolmentCode:
    """Forgives case, spaces, hyphens, and I, L, O for 1, 1, 0. Raises CodeNotValid."""
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    if len(letters) != 32 or not set(letters) <= set(_CROCKFORD):
        raise CodeNotValid("mistyped")
    data = base64.b32decode(letters.translate(_TO_STANDARD))
    return EnrolmentCode(data[:SECRET_BYTES], data[SECRET_BYTES:])
