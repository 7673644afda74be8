"""Text of mixed weight, broken into lines and drawn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from reportlab.pdfgen.canvas import Canvas

from desk.forms.drawing.fonts import Style

LEADING = 1.28
"""Distance of baselines per size: stacked marks (Ễ) above and the dot below (ị) must not touch."""
ASCENT = 0.97
"""From the top of a line's box to its baseline, per size."""


class Align(Enum):
    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style."""

    text: str
    style: Style

    @property
    def width(self) -> float:
        return self.style.width(self.text)


Line = tuple[Run, ...]


def line_height(size: float) -> float:
    return size * LEADING


def width(line: Line) -> float:
    """In points."""
    return sum(run.width for run in line)


def wrap(runs: Iterable[Run], room: float) -> list[Line]:
    """Break runs into lines of at most `room` points, at spaces, or inside a word that alone is too wide."""
    lines: list[Line] = []
    line: list[Run] = []
    used = 0.0
    for word in _words(runs):
        wide = width(word)
        gap = Run(" ", line[-1].style) if line else None
        if gap and used + gap.width + wide <= room:
            line += (gap, *word)
            used += gap.width + wide
            continue
        if line:
            lines.append(_joined(line))
        *full, word = _fitting(word, room) if wide > room else (word,)
        lines += full
        line, used = list(word), width(word)
    return [*lines, _joined(line)] if line else lines


def draw_line(canvas: Canvas, line: Line, x: float, baseline: float, *, align: Align = Align.LEFT) -> None:
    """`x` is the line's left end, middle or right end, as `align` says."""
    x -= align.value * width(line)
    for run in line:
        canvas.setFont(run.style.face, run.style.size)
        canvas.drawString(x, baseline, run.text)
        x += run.width


def draw_lines(canvas: Canvas, lines: Sequence[Line], x: float, top: float, size: float, align: Align) -> None:
    """Lines under one another, the box of the first beginning at `top`."""
    for number, line in enumerate(lines):
        draw_line(canvas, line, x, top - number * line_height(size) - ASCENT * size, align=align)


def _words(runs: Iterable[Run]) -> Iterator[Line]:
    """A word may change its style inside: "**Lan**," is one."""
    word: list[Run] = []
    for run in runs:
        first, *others = run.text.split(" ")
        if first:
            word.append(Run(first, run.style))
        for other in others:
            if word:
                yield tuple(word)
            word = [Run(other, run.style)] if other else []
    if word:
        yield tuple(word)


def _fitting(word: Line, room: float) -> Iterator[Line]:
    """A word wider than the line, letter by letter; only hostile or foreign text comes here."""
    part: list[Run] = []
    used = 0.0
    for run in word:
        for letter in run.text:
            wide = run.style.width(letter)
            if part and used + wide > room:
                yield _joined(part)
                part, used = [], 0.0
            part.append(Run(letter, run.style))
            used += wide
    yield _joined(part)


def _joined(line: Sequence[Run]) -> Line:
    """Neighbours of one style become one run: fewer things to draw, and text that is found as a whole."""
    joined: list[Run] = []
    for run in line:
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + run.text, run.style)
        else:
            joined.append(run)
    return tuple(joined)
