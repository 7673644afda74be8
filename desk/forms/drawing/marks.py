"""The band under the header: the title between two codes, and what is special about this paper, framed.

The codes stand apart because a scanner gun held over two neighbours reads either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desk.forms.drawing.codes import QrCode
from desk.forms.drawing.fonts import BOLD, ITALIC, REGULAR, Style
from desk.forms.drawing.lines import Align, Line, Run, draw_lines, line_height, wrap
from desk.forms.drawing.pages import LEFT, MIDDLE, RIGHT, WIDTH, Block

CODE_ROOM = 33.1 * mm
"""Six dots of 300 dpi a module for the largest number, more for shorter ones."""
_CAPTION_AT = CODE_ROOM + 2.5 * mm
"""Below the quiet zone of the larger code, and on one line for both."""
_COLUMN = 36 * mm
_CAPTION = Style(ITALIC, 8)
_TITLE = Style(BOLD, 14)
_COPY_SIZE = 11.0
_MARK_SIZE = 10.5
_FRAME_PADDING = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What is special, in capitals, and why, below it in small."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class CaptionedCode:
    code: QrCode
    caption: str


def band(
    title: Sequence[str], marks: Sequence[Mark], left: CaptionedCode | None, right: CaptionedCode
) -> tuple[Block, float]:
    """The block, and how far below its top the line with the copy's name begins: each copy fills in its own."""
    title_lines = [(Run(line, _TITLE),) for line in title]
    copy_at = len(title_lines) * line_height(_TITLE.size) + 1
    frames = [_frame(mark) for mark in marks]
    frames_at = copy_at + line_height(_COPY_SIZE) + 4
    sides = ((left, LEFT + _COLUMN / 2), (right, RIGHT - _COLUMN / 2))
    codes = [(_captioned(code), middle) for code, middle in sides if code is not None]
    wanted = frames_at + sum(frame.height + 4 for frame in frames)
    height = max(wanted, *(code.height for code, _ in codes))
    begins = (height - wanted) / 2

    def draw(canvas: Canvas, top: float) -> None:
        draw_lines(canvas, title_lines, MIDDLE, top - begins, _TITLE.size, Align.CENTRE)
        for code, middle in codes:
            code.draw(canvas, middle, top)
        at = top - begins - frames_at
        for frame in frames:
            frame.draw(canvas, MIDDLE, at)
            at -= frame.height + 4

    return Block(height, draw), begins + copy_at


def draw_copy_name(canvas: Canvas, name: str, top: float) -> None:
    draw_lines(canvas, [(Run(name, Style(ITALIC, _COPY_SIZE)),)], MIDDLE, top, _COPY_SIZE, Align.CENTRE)


@dataclass(frozen=True, slots=True)
class _CodeColumn:
    code: QrCode
    caption: list[Line]

    @property
    def height(self) -> float:
        return _CAPTION_AT + len(self.caption) * line_height(_CAPTION.size)

    def draw(self, canvas: Canvas, middle: float, top: float) -> None:
        side = self.code.width(CODE_ROOM)
        self.code.draw(canvas, middle - side / 2, top - side, CODE_ROOM)
        draw_lines(canvas, self.caption, middle, top - _CAPTION_AT, _CAPTION.size, Align.CENTRE)


def _captioned(code: CaptionedCode) -> _CodeColumn:
    return _CodeColumn(code.code, wrap([Run(code.caption, _CAPTION)], _COLUMN))


@dataclass(frozen=True, slots=True)
class _Frame:
    lines: list[Line]
    width: float

    @property
    def height(self) -> float:
        return sum(line_height(line[0].style.size) for line in self.lines) + 2 * _FRAME_PADDING

    def draw(self, canvas: Canvas, middle: float, top: float) -> None:
        canvas.setLineWidth(0.9)
        canvas.rect(middle - self.width / 2, top - self.height, self.width, self.height)
        at = top - _FRAME_PADDING
        for line in self.lines:
            size = line[0].style.size
            draw_lines(canvas, [line], middle, at, size, Align.CENTRE)
            at -= line_height(size)


def _frame(mark: Mark) -> _Frame:
    room = WIDTH - 2 * _COLUMN - 16
    lines = [
        *wrap([Run(mark.text, Style(BOLD, _MARK_SIZE))], room - 2 * _FRAME_PADDING),
        *wrap([Run(mark.why, Style(REGULAR, _MARK_SIZE - 1))], room - 2 * _FRAME_PADDING),
    ]
    return _Frame(lines, room)
