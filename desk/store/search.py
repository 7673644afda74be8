"""Finding dossiers among a million by a name, a number or a piece of a code: ids, newest first, a few at a time.

Full text holds each name's words as written and without diacritics, and gives ids from the newest down without
ranking or sorting, so fifty answers cost the same among a thousand as among a million. It is only ever asked for whole
words: the beginning of a word is first looked up in the vocabulary. Numbers are ranges in a tree of reversed digits.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import product

from sqlalchemy import Connection, Select, select, text

from desk.domain.clock import VN
from desk.domain.text import fold, has_accents, nfc
from desk.store.rows import DossierRow, NumberedRow, NumberRow, SearchableRow, SiblingRow, VocabularyRow
from desk.store.searchable import first_id, words_in

LEAST_DIGITS = 3
"""Fewer digits are part of a name ("Hợp tác xã 30/4"), not of a number."""

_MOST_WORDS = 8
_MOST_BEGINNINGS = 1_000
_MOST_CANDIDATES = 5_000
_NUMBER = re.compile(r"[A-Za-z]?[\d.\-/+]*\d")
_CODE = re.compile(r"[A-Za-z]\d{2}(\.\d+)*-\d{6}(-\d+)?|TAM(-[\d-]*)?", re.IGNORECASE)
_PART = re.compile(r"[A-Za-z]?[\d.]+(-\d+)+")
_FULL_TEXT = text("SELECT rowid FROM full_text WHERE full_text MATCH :asked ORDER BY rowid DESC LIMIT :limit")
_CODES: tuple[Select[tuple[int, str]], ...] = (
    select(DossierRow.id, DossierRow.code),
    select(SiblingRow.id, SiblingRow.code),
    select(DossierRow.id, NumberedRow.code).join(NumberedRow, NumberedRow.dossier == DossierRow.dossier),
    select(SiblingRow.id, NumberedRow.code).join(NumberedRow, NumberedRow.dossier == SiblingRow.dossier),
)
"""Every code by every dossier: the desk's own, its siblings', and those the province gave."""


@dataclass(frozen=True)
class Asked:
    """What somebody typed, taken apart."""

    code: str | None
    parts: tuple[str, ...]
    """Runs of a code's parts, as people read them out: "250701-1017001"."""
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    accents: bool

    @classmethod
    def read(cls, typed: str) -> "Asked":
        pieces = nfc(typed).split()[:_MOST_WORDS]
        code = next((piece.upper() for piece in pieces if _CODE.fullmatch(piece)), None)
        rest = [piece for piece in pieces if piece.upper() != code]
        numbers = [piece for piece in rest if _NUMBER.fullmatch(piece) and len(_digits(piece)) >= LEAST_DIGITS]
        words = [word for piece in rest if piece not in numbers for word in words_in(piece)]
        return cls(
            code=code,
            parts=tuple(number.upper() for number in numbers if _PART.fullmatch(number)),
            numbers=tuple(_digits(number) for number in numbers),
            words=tuple(words),
            accents=has_accents(" ".join(words)),
        )


def find_ids(connection: Connection, typed: str, limit: int) -> list[int]:
    """The ids of what was asked for: exact matches from the newest down, then the rest from the newest down."""
    asked = Asked.read(typed)
    if asked.code:
        return _by_code(connection, asked.code, limit)
    if asked.numbers:
        return _by_number(connection, asked, limit)
    return _by_words(connection, asked, limit) if asked.words else []


def _by_code(connection: Connection, code: str, limit: int) -> list[int]:
    """A whole code, or the beginning of one. Codes of one kind order by day: the last of each are the newest."""
    found: set[int] = set()
    for codes in _CODES:
        beginning = codes.where(codes.selected_columns.code >= code, codes.selected_columns.code < code + "\uffff")
        found.update(connection.execute(beginning.order_by(codes.selected_columns.code.desc()).limit(limit)).scalars())
    return sorted(found, reverse=True)[:limit]


def _by_number(connection: Connection, asked: Asked, limit: int) -> list[int]:
    """Those whose identity, telephone or code ends so; then, for six digits that are one, those of that day."""
    found = _ending(connection, asked.numbers[0]) or _with_parts(connection, asked.parts)
    for number in asked.numbers[1:]:
        others = set(_ending(connection, number))
        found = [one for one in found if one in others]
    if asked.words:
        found = _named(connection, found, asked)
    if len(asked.numbers) == 1 and not asked.words:
        found = list(dict.fromkeys((*found, *_received_on(connection, asked.numbers[0], limit))))
    return found[:limit]


def _ending(connection: Connection, digits: str) -> list[int]:
    turned = digits[::-1]
    ending = select(NumberRow.id).where(NumberRow.reversed >= turned, NumberRow.reversed < turned + ":").distinct()
    return list(connection.execute(ending.order_by(NumberRow.id.desc()).limit(_MOST_CANDIDATES)).scalars())


def _with_parts(connection: Connection, parts: tuple[str, ...]) -> list[int]:
    return [found for part in parts for found in _with_part(connection, part)]


def _with_part(connection: Connection, part: str) -> list[int]:
    """Those whose code has that run of parts. A day among them leads to few; a sequence alone comes back every day."""
    rest, last = part.rsplit("-", 1)
    of_that_day = [one for group in part.split("-") for one in _received_on(connection, group, _MOST_CANDIDATES)]
    ids = of_that_day or _ending(connection, last)
    found: set[int] = set()
    for start, codes in product(range(0, len(ids), 500), _CODES):
        some = codes.where(codes.selected_columns.id.in_(ids[start : start + 500]))
        found.update(row.id for row in connection.execute(some) if _has(row.code, rest, last))
    return sorted(found, reverse=True)


def _has(code: str, rest: str, last: str) -> bool:
    return f"{rest}-{last}" in code or (f"{rest}-" in code and code.endswith(last))


def _received_on(connection: Connection, digits: str, limit: int) -> Iterable[int]:
    try:
        day = datetime.strptime(digits, "%y%m%d").replace(tzinfo=VN) if len(digits) == 6 else None
    except ValueError:
        return ()
    if day is None:
        return ()
    first, end = first_id(datetime.combine(day, time(), VN)), first_id(day + timedelta(days=1))
    that_day = select(SearchableRow.id).where(SearchableRow.id >= first, SearchableRow.id < end)
    return connection.execute(that_day.order_by(SearchableRow.id.desc()).limit(limit)).scalars()


def _named(connection: Connection, ids: list[int], asked: Asked) -> list[int]:
    named: list[int] = []
    for start in range(0, len(ids), 500):
        rows = connection.execute(
            select(SearchableRow.id, SearchableRow.words).where(SearchableRow.id.in_(ids[start : start + 500]))
        )
        named += [row.id for row in rows if _begins(asked.words, row.words.split())]
    return sorted(named, reverse=True)


def _begins(asked: tuple[str, ...], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in asked)


def _by_words(connection: Connection, asked: Asked, limit: int) -> list[int]:
    """As typed, then with the last word only begun; then both without diacritics, where some were typed."""
    found: dict[int, None] = {}
    readings = (asked.words, tuple(fold(word) for word in asked.words)) if asked.accents else (asked.words,)
    for words in readings:
        for question in (_whole, _begun):
            expression = question(connection, words)
            if expression and len(found) < limit:
                rows = connection.execute(_FULL_TEXT, {"asked": expression, "limit": limit})
                found.update(dict.fromkeys(rows.scalars()))
    return list(found)[:limit]


def _whole(_: Connection, words: tuple[str, ...]) -> str:
    return " AND ".join(f'"{word}"' for word in words)


def _begun(connection: Connection, words: tuple[str, ...]) -> str:
    """The last word may go on; nothing where it never does."""
    beginnings = _words_beginning(connection, words[-1])
    if not beginnings:
        return ""
    last = " OR ".join(f'"{word}"' for word in beginnings)
    return " AND ".join((*(f'"{word}"' for word in words[:-1]), f"({last})"))


def _words_beginning(connection: Connection, start: str) -> list[str]:
    """Longer words only. Without diacritics the folded words are enough: each stands beside every form of it."""
    longer = select(VocabularyRow.word).where(VocabularyRow.word > start, VocabularyRow.word < start + "\U0010ffff")
    words = connection.execute(longer.limit(4 * _MOST_BEGINNINGS)).scalars()
    wanted: Callable[[str], bool] = (lambda _: True) if has_accents(start) else (lambda word: not has_accents(word))
    return [word for word in words if wanted(word)][:_MOST_BEGINNINGS]


def _digits(piece: str) -> str:
    return "".join(letter for letter in piece if letter.isascii() and letter.isdigit())
