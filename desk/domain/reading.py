"""Strict reading of JSON that somebody else wrote: a clerk's file, the feed, a resource on the disk.

Every value is asked for by key and type, with a limit on its size; what nobody asked for is refused by name. Nothing is
converted: `true` is no number, `"5"` is no number, `5.0` is no money.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeVar

from desk.domain.errors import DeskError, Reason
from desk.domain.text import nfc

Refusal = Callable[[str, str, Reason], DeskError]
"""Makes the error out of a dotted path, a kind of value and a reason; intake and documents have different ones."""

Choice = TypeVar("Choice", bound=StrEnum)

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY = re.compile(r"\w{1,40}", re.ASCII)
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Certainty(StrEnum):
    """How sure a published fact is; what is not verified is a province's to change."""

    VERIFIED = "V"
    RECALLED = "R"
    GUESSED = "G"
    COMPUTED = "C"


class Reader:
    """One JSON object while it is read. `done()` at the end refuses the keys nobody asked for."""

    def __init__(self, value: object, path: str, refusal: Refusal) -> None:
        self._path = path
        self._refusal = refusal
        self._asked: set[str] = set()
        self._values: Mapping[str, object] = value if isinstance(value, dict) else self._not_an_object()

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        self._asked.add(key)
        return self._values.get(key) is not None

    def value(self, key: str, kind: str) -> object:
        """What stands under the key, of any type but null."""
        if not self.has(key):
            self.refuse(key, kind, Reason.MISSING)
        return self._values[key]

    def text(self, key: str, *, most: int, kind: str = "text", lines: bool = False) -> str:
        """Text without surrounding space, in NFC; possibly empty. `lines` lets line breaks through."""
        value = self.value(key, kind)
        if not isinstance(value, str):
            self.refuse(key, kind, Reason.WRONG_TYPE)
        if len(value) > most * 4:  # composing letters makes text shorter, but never by more
            self.refuse(key, kind, Reason.TOO_LONG)
        clean = tidy(value, lines=lines)
        if clean is None:
            self.refuse(key, kind, Reason.BAD_CHARACTERS)
        if len(clean) > most:
            self.refuse(key, kind, Reason.TOO_LONG)
        return clean

    def filled(self, key: str, *, most: int, kind: str = "text") -> str:
        """Text with something in it."""
        return self.text(key, most=most, kind=kind) or self.refuse(key, kind, Reason.EMPTY)

    def maybe(self, key: str, *, most: int, kind: str = "text", lines: bool = False) -> str:
        """Text, or "" where the key is absent or null."""
        return self.text(key, most=most, kind=kind, lines=lines) if self.has(key) else ""

    def shaped(self, key: str, shape: re.Pattern[str], *, most: int, kind: str) -> str:
        """Text that matches the whole of `shape`."""
        value = self.filled(key, most=most, kind=kind)
        return value if shape.fullmatch(value) else self.refuse(key, kind, Reason.BAD_SHAPE)

    def whole(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        """A whole number from `least` to `most`; `default`, if given, where the key is absent."""
        if default is not None and not self.has(key):
            return default
        value = self.value(key, "number")
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(key, "number", Reason.WRONG_TYPE)
        if not least <= value <= most:
            self.refuse(key, "number", Reason.OUT_OF_RANGE)
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.value(key, "flag") if self.has(key) else default
        return value if isinstance(value, bool) else self.refuse(key, "flag", Reason.WRONG_TYPE)

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        value = self.value(key, "choice")
        if not isinstance(value, str):
            self.refuse(key, "choice", Reason.WRONG_TYPE)
        if value not in choices.__members__.values():
            self.refuse(key, "choice", Reason.UNKNOWN_CHOICE)
        return choices(value)

    def day(self, key: str) -> date:
        """A date, written "2025-07-01"."""
        value = self.shaped(key, _ISO_DAY, most=10, kind="date")
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self.refuse(key, "date", Reason.IMPOSSIBLE_DATE)

    def inner(self, key: str) -> "Reader":
        return Reader(self.value(key, "object"), self.path(key), self._refusal)

    def objects(self, key: str, *, most: int) -> Iterator["Reader"]:
        for index, value in enumerate(self.items(key, most=most)):
            yield Reader(value, f"{self.path(key)}.{index}", self._refusal)

    def items(self, key: str, *, most: int) -> list[object]:
        value = self.value(key, "list")
        if not isinstance(value, list):
            self.refuse(key, "list", Reason.WRONG_TYPE)
        if len(value) > most:
            self.refuse(key, "list", Reason.TOO_MANY)
        return value

    def keys(self, *, most: int) -> tuple[str, ...]:
        """All keys of an object whose keys are data (dates, codes)."""
        if len(self._values) > most:
            raise self._refusal(self._path, "object", Reason.TOO_MANY)
        self._asked.update(self._values)
        return tuple(self._values)

    def origin(self) -> None:
        """Where a fact comes from and how sure somebody is of it: for people, not for the rules."""
        self.maybe("source", most=500)
        if self.has("certainty"):
            self.choice("certainty", Certainty)

    def done(self) -> None:
        for key in self._values:
            if key not in self._asked:
                self.refuse(key, "key", Reason.UNKNOWN_KEY)

    def refuse(self, key: str, kind: str, reason: Reason) -> NoReturn:
        # A key can be anything in a hostile file, also somebody's name: only what looks like a key is repeated.
        raise self._refusal(self.path(key if _KEY.fullmatch(key) else "?"), kind, reason)

    def path(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _not_an_object(self) -> NoReturn:
        raise self._refusal(self._path, "object", Reason.WRONG_TYPE)


def tidy(text: str, *, lines: bool = False) -> str | None:
    """NFC, no invisible letters, single spaces; None where it holds what no paper can show.

    Control characters, lone surrogates, private and unassigned code points and letters that turn the reading
    direction come from broken files and from people who try things.
    """
    rows = (" ".join(nfc(row).translate(_INVISIBLE).split()) for row in _rows(text, lines))
    clean = "\n".join(rows).strip()
    bad = any((unicodedata.category(letter)[0] == "C" and letter != "\n") or letter in _BIDI for letter in clean)
    return None if bad else clean


def _rows(text: str, lines: bool) -> list[str]:
    return text.replace("\r\n", "\n").split("\n") if lines else [text]
