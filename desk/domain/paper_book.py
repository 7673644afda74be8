"""The book on the counter that is written by hand while a desk is down, and how its lines are counted on."""

import re

from desk.domain.dossier import PaperPlace
from desk.domain.errors import Malformed, Reason

LONGEST = 100
_LAST_NUMBER = re.compile(r"(.*?)([0-9]+)([^0-9]*)", re.DOTALL)


def place(text: str) -> PaperPlace:
    """ "2/37" is line 37 of book 2; without a stroke there is but one book. Raises Malformed."""
    book, _, number = text.strip().rpartition("/")
    if not number.strip():
        raise Malformed("paper", "paper", Reason.EMPTY)
    if len(text) > LONGEST:
        raise Malformed("paper", "paper", Reason.TOO_LONG)
    return PaperPlace(book.strip(), number.strip())


def following(before: PaperPlace) -> PaperPlace | None:
    """The next line of the same book, as wide as the one before ("009" → "010"); None where nothing counts."""
    match = _LAST_NUMBER.fullmatch(before.number)
    if match is None:
        return None
    head, digits, tail = match.groups()
    return PaperPlace(before.book, f"{head}{int(digits) + 1:0{len(digits)}}{tail}")
