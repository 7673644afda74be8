"""The words on the screen, in one language at a time. Qt-free: the command line speaks with the same ones.

A translation file is TOML: one table for each screen, short keys, blanks in braces. Where a number decides the wording,
the key has a sister ending in `_one`; Vietnamese needs none, since its nouns do not bend.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import Any

from desk.resources import resource


class Language(StrEnum):
    VI = "vi"
    EN = "en"

    @property
    def other(self) -> "Language":
        return Language.EN if self is Language.VI else Language.VI


class NoSuchWord(KeyError):
    """The program asks for words that nobody wrote: a mistake in the program, found by its tests."""


class Words:
    """All words of one language, by dotted key: `words("intake.title")`."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = load(language)

    def __call__(self, key: str, /, **blanks: object) -> str:
        """The words under `key` with their blanks filled. Raises `NoSuchWord`."""
        return self._text(key).format_map(_Blanks(blanks))

    def count(self, key: str, n: int, /, **blanks: object) -> str:
        """The same where the blank `n` decides between one and many."""
        one = f"{key}_one"
        return self(one if n == 1 and one in self._texts else key, n=n, **blanks)

    def has(self, key: str) -> bool:
        return key in self._texts

    def _text(self, key: str) -> str:
        try:
            return self._texts[key]
        except KeyError:
            raise NoSuchWord(key) from None


class _Blanks(dict[str, object]):
    """A fact that an error does not carry must never hide the error behind another one."""

    def __missing__(self, key: str) -> str:
        return "…"


@cache
def load(language: Language) -> Mapping[str, str]:
    """All words of a language by dotted key."""
    with resource(f"translations/{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file), ""))


def blanks_in(text: str) -> frozenset[str]:
    """The names of the blanks of a text."""
    return frozenset(name.split(".")[0] for _, name, _, _ in Formatter().parse(text) if name)


def _flat(table: Mapping[str, Any], path: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        dotted = f"{path}{key}"
        found += _flat(value, f"{dotted}.") if isinstance(value, dict) else [(dotted, str(value))]
    return found
