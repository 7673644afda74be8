"""The letters on paper: Tinos, with the widths of Times New Roman and every Vietnamese letter.

The files are parsed once a process, 30 ms that a queue of people would otherwise wait for at every slip.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desk.resources import resource

REGULAR = "Tinos-Regular"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
FACES = (REGULAR, BOLD, ITALIC)


@dataclass(frozen=True, slots=True)
class Style:
    """A face and its size in points."""

    face: str
    size: float

    def width(self, text: str) -> float:
        """How far the text runs, in points."""
        return self.size * _relative_width(text, self.face)


@lru_cache(maxsize=8192)
def _relative_width(text: str, face: str) -> float:
    """Of a text one point high. The words of a form come again with every slip."""
    return float(pdfmetrics.stringWidth(text, face, 1))


@cache
def load_fonts() -> None:
    """Make the faces known to reportlab; needed before anything is measured or drawn."""
    rl_config.useA85 = 0  # streams as bytes: printing them in ASCII makes a file a quarter larger and helps nobody
    for face in FACES:
        # Not "ASCII readable": that would embed 96 glyphs of each face whether they are used or not.
        pdfmetrics.registerFont(TTFont(face, str(resource(f"fonts/{face}.ttf")), asciiReadable=False))


def printable(text: str) -> str:
    """Text as it may be drawn: composed, in one line, without invisible characters.

    Letters in pieces (NFD) would be drawn with their marks on the next letter.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(letter for letter in composed if letter.isprintable())
