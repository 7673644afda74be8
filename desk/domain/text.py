"""Text as the desk keeps it and as it looks for it."""

import unicodedata

_STROKES = str.maketrans("đĐ", "dd")


def nfc(text: str) -> str:
    """The composed form. All that enters the desk passes here: cards and files bring letters in pieces."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without diacritics, for search: "Nguyễn Đức" → "nguyen duc".

    đ has no decomposition in Unicode, so it has a rule of its own. Folding twice changes nothing.
    """
    # Lowering can decompose (İ) and stripping can leave capitals (K with a stroke sign), hence both orders.
    bare = _without_marks(_without_marks(text.translate(_STROKES)).lower().translate(_STROKES))
    return unicodedata.normalize("NFC", bare)


def has_accents(text: str) -> bool:
    """Whether somebody took the trouble to type diacritics, and so means them."""
    return nfc(text).lower() != fold(text)


def _without_marks(text: str) -> str:
    pieces = unicodedata.normalize("NFD", text)
    return "".join(piece for piece in pieces if not unicodedata.combining(piece))
