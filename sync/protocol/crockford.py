"""Crockford's base 32: letters and digits a person can read out, type and mistype harmlessly."""

import base64

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_STANDARD = str.maketrans(ALPHABET, _STANDARD)
_FROM_STANDARD = str.maketrans(_STANDARD, ALPHABET)
_MISREAD = str.maketrans("ILO", "110")


def write(data: bytes) -> str:
    """In groups of four with hyphens. `data` is a multiple of 5 bytes, so that there is no padding."""
    text = base64.b32encode(data).decode().translate(_FROM_STANDARD)
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def read(text: str, size: int) -> bytes | None:
    """Forgives case, spaces, hyphens, and I, L, O for 1, 1, 0. None for what is no text of `size` bytes."""
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    if len(letters) * 5 != size * 8 or not set(letters) <= set(ALPHABET):
        return None
    return base64.b32decode(letters.translate(_TO_STANDARD))
