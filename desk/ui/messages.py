"""What an error says to people: what happened, that nothing was lost, what to do next. In both languages, Qt-free.

The sentences are in `resources/translations` under `[errors]`, named after the classes; an error without one of its own
speaks with the nearest class above it. A fact that is a word for programs (a reason, a field, a role, a state) has
words for people in `[reasons]`, `[fields]`, `[roles]` and `[states]`.
"""

import logging
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from desk.ui.formats import as_day, as_moment
from desk.ui.words import Language, Words

log = logging.getLogger(__name__)

_GROUPS = {"reason": "reasons", "field": "fields", "role": "roles", "status": "states"}
"""Facts whose value names words of their own, and the table these words are in."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message in both languages."""

    vi: str
    en: str

    def in_(self, language: Language) -> str:
        return self.vi if language is Language.VI else self.en


def explain(error: BaseException) -> Message:
    """The sentence for an error. What nobody foresaw is logged as such and gets the general one."""
    key = _key(type(error))
    if key == "errors.Exception":
        log.error("no sentence for %s", type(error).__name__)
    facts = _facts(error)
    return Message(*(_say(Words(language), key, facts) for language in (Language.VI, Language.EN)))


def has_own_sentence(kind: type[BaseException]) -> bool:
    return all(Words(language).has(f"errors.{kind.__name__}") for language in Language)


def _key(kind: type[BaseException]) -> str:
    words = Words(Language.VI)
    keys = (f"errors.{one.__name__}" for one in kind.__mro__)
    return next((key for key in keys if words.has(key)), "errors.Exception")


def _say(words: Words, key: str, facts: dict[str, object]) -> str:
    return words(key, **{name: _in_words(words, name, value) for name, value in facts.items()})


def _in_words(words: Words, name: str, value: object) -> str:
    text = str(value.value if isinstance(value, Enum) else value)
    if isinstance(value, datetime):
        return as_moment(value)
    if isinstance(value, date):
        return as_day(value)
    key = f"{_GROUPS.get(name, '')}.{_last(text)}"
    return words(key) if words.has(key) else text


def _last(path: str) -> str:
    """The end of a dotted path: "applicant.date_of_birth" is about a date of birth."""
    return path.rsplit(".", 1)[-1]


def _facts(error: BaseException) -> dict[str, object]:
    """By name: what the error is made of, and what it calls its facts (a property here, a method in the protocol)."""
    own: dict[str, object] = (
        {one.name: getattr(error, one.name) for one in fields(error)} if is_dataclass(error) else {}
    )
    said = getattr(error, "facts", {})
    named = said() if callable(said) else said
    return own | (named if isinstance(named, dict) else {})
