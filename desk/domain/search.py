"""Finding a name by a few letters, as people type: beginnings of words, initials, digits, with accents or without."""

import re
from dataclasses import dataclass
from itertools import pairwise

from desk.domain.text import fold, has_accents, nfc

_WORD = re.compile(r"\w+")
_CODE = re.compile(r"[0-9.]+")


@dataclass(frozen=True, slots=True)
class Haystack:
    """A name prepared for search. `aside` are words that also lead to it, but with less weight (the field)."""

    text: str
    words: tuple[str, ...]
    aside: tuple[str, ...]
    initials: str
    code: str

    @classmethod
    def of(cls, name: str, *, code: str = "", aside: str = "") -> "Haystack":
        words = words_of(name)
        return cls(nfc(name).lower(), words, words_of(aside), "".join(word[0] for word in words), code)


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """Smaller is better: the way it matched, accents typed but not there, where it begins, how much is left over."""

    way: int
    accents_differ: bool
    position: int
    length: int
    code: str


EXACT_CODE, PHRASE, CODE, INITIALS, WORDS, INNER_INITIALS, ASIDE = range(7)


def words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def rank(query: str, haystack: Haystack) -> Rank | None:
    """How well the haystack answers the query; None where it does not."""
    words = words_of(query)
    found = _by_code(query, haystack) or _by_words(words, haystack) or _by_initials("".join(words), haystack)
    if not words or found is None:
        return None
    way, position = found
    differ = has_accents(query) and not all(word in haystack.text for word in nfc(query).lower().split())
    return Rank(way, differ, position, len(haystack.words), haystack.code)


def _by_code(query: str, haystack: Haystack) -> tuple[int, int] | None:
    typed = query.strip()
    if not haystack.code or not _CODE.fullmatch(typed):
        return None
    if typed == haystack.code:
        return EXACT_CODE, 0
    position = haystack.code.find(typed)
    if position < 0:
        position = haystack.code.replace(".", "").find(typed.replace(".", ""))
    return (CODE, position) if position >= 0 else None


def _by_words(words: tuple[str, ...], haystack: Haystack) -> tuple[int, int] | None:
    places = [_begins(word, haystack.words) for word in words]
    phrase = min(
        (start for start in range(len(haystack.words)) if _phrase_at(start, words, haystack.words)), default=-1
    )
    if phrase >= 0:
        return PHRASE, phrase
    if all(places):
        ordered = all(left[0] <= right[-1] for left, right in pairwise(places))
        return WORDS, places[0][0] + (0 if ordered else len(haystack.words))
    if all(place or _begins(word, haystack.aside) for place, word in zip(places, words, strict=True)):
        return ASIDE, 0
    return None


def _by_initials(letters: str, haystack: Haystack) -> tuple[int, int] | None:
    position = haystack.initials.find(letters) if len(letters) > 1 else -1
    if position < 0:
        return None
    return (INITIALS if position == 0 else INNER_INITIALS), position


def _begins(word: str, words: tuple[str, ...]) -> list[int]:
    return [index for index, whole in enumerate(words) if whole.startswith(word)]


def _phrase_at(start: int, words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    part = name[start : start + len(words)]
    return len(part) == len(words) and all(whole.startswith(word) for whole, word in zip(part, words, strict=True))
