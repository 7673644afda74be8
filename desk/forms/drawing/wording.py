"""The words printed on a form: data, because a province prints what its own decision says.

`resources/forms/<form set>/<form>.json` has one phrase a name, with where it is from and how certain that is: V for
verified in a source, R for recalled, G for a guess that a province should look at. `{blanks}` are filled by the form;
what stands between `**` is bold.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from desk.domain.errors import DocumentRefused, Reason
from desk.domain.reading import Reader
from desk.forms.drawing.fonts import printable
from desk.resources import resource

FORM_SETS = ("tt03-2025",)

_BLANK = re.compile(r"\{([a-z_]+)\}")
_LONGEST = 600


class Certainty(StrEnum):
    VERIFIED = "V"
    RECALLED = "R"
    GUESSED = "G"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A template in pieces: plain, bold, plain, …"""

    pieces: tuple[str, ...]
    certainty: Certainty

    @property
    def blanks(self) -> frozenset[str]:
        return frozenset(blank for piece in self.pieces for blank in _BLANK.findall(piece))

    def fill(self, facts: Mapping[str, str]) -> tuple[str, ...]:
        """The pieces with their blanks filled; what is filled in is text, also where it looks like a template."""
        return tuple(_BLANK.sub(lambda blank: printable(facts[blank[1]]), piece) for piece in self.pieces)


@dataclass(frozen=True)
class Wording:
    """All phrases of one form in one set, and the form's own name, printed small at its foot."""

    name: str
    in_force_from: date
    phrases: Mapping[str, Phrase]

    def pieces(self, phrase: str, /, **facts: str) -> tuple[str, ...]:
        """Plain and bold pieces in turn, beginning with a plain one."""
        return self.phrases[phrase].fill(facts)

    def text(self, phrase: str, /, **facts: str) -> str:
        """The phrase without its emphasis."""
        return "".join(self.pieces(phrase, **facts))


@cache
def wording(form_set: str, form: str) -> Wording:
    """The shipped wording of a form. Raises DocumentRefused for a set nobody knows."""
    if form_set not in FORM_SETS:
        raise DocumentRefused(form, "form_set", Reason.UNKNOWN_CHOICE)
    return read_wording(resource(f"forms/{form_set}/{form}.json").read_text(encoding="utf-8"), form)


def read_wording(text: str, form: str) -> Wording:
    """Raises DocumentRefused with the place that is wrong."""

    def refused(path: str, _kind: str, reason: Reason) -> DocumentRefused:
        return DocumentRefused(form, path, reason)

    try:
        reader = Reader(json.loads(text), "", refused)
    except (ValueError, RecursionError) as error:
        raise DocumentRefused(form, "", Reason.BAD_SHAPE) from error
    reader.maybe("source", most=2000)
    phrases = reader.inner("phrases")
    read = Wording(
        name=reader.filled("name", most=200),
        in_force_from=reader.day("in_force_from"),
        phrases={name: _phrase(phrases.inner(name)) for name in phrases.keys(most=200)},
    )
    reader.done()
    return read


def check_blanks(read: Wording, wanted: Mapping[str, str], form: str) -> Wording:
    """The wording, once each phrase the form prints is there with exactly its blanks.

    A label without its blank would drop what a person must be told. Raises DocumentRefused.
    """
    for name, blanks in wanted.items():
        if name not in read.phrases:
            raise DocumentRefused(form, f"phrases.{name}", Reason.MISSING)
        if read.phrases[name].blanks != frozenset(blanks.split()):
            raise DocumentRefused(form, f"phrases.{name}.text", Reason.BAD_SHAPE)
    return read


def _phrase(reader: Reader) -> Phrase:
    reader.maybe("source", most=500)
    template = reader.text("text", most=_LONGEST)
    phrase = Phrase(tuple(template.split("**")), reader.choice("certainty", Certainty))
    reader.done()
    return phrase
