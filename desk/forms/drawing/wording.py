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

_FORM = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
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
def wording(form: str) -> Wording:
    """The shipped wording of a form, such as "tt03-2025/mau-01". Raises DocumentRefused."""
    return read_wording(resource(f"forms/{form}.json").read_text(encoding="utf-8"), form)


def read_wording(text: str, form: str) -> Wording:
    """A wording of its own, or one that says only what is different from a shipped one it is `based_on`.

    Raises DocumentRefused with the place that is wrong.
    """

    def refused(path: str, _kind: str, reason: Reason) -> DocumentRefused:
        return DocumentRefused(form, path, reason)

    try:
        reader = Reader(json.loads(text), "", refused)
    except (ValueError, RecursionError) as error:
        raise DocumentRefused(form, "", Reason.BAD_SHAPE) from error
    reader.maybe("source", most=2000)
    base = reader.maybe("based_on", most=40)
    phrases = reader.inner("phrases")
    own = {name: _phrase(phrases.inner(name)) for name in phrases.keys(most=200)}
    read = Wording(
        name=reader.filled("name", most=200),
        in_force_from=reader.day("in_force_from"),
        phrases={**_base(base, form), **own},
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


def _base(base: str, form: str) -> Mapping[str, Phrase]:
    if not base:
        return {}
    if base == form or not _FORM.fullmatch(base) or not resource(f"forms/{base}.json").exists():
        raise DocumentRefused(form, "based_on", Reason.UNKNOWN_CHOICE)
    return wording(base).phrases


def _phrase(reader: Reader) -> Phrase:
    reader.maybe("source", most=500)
    template = reader.text("text", most=_LONGEST)
    phrase = Phrase(tuple(template.split("**")), reader.choice("certainty", Certainty))
    reader.done()
    return phrase
