"""A ruled table with one wide column of text and narrow columns of numbers, whose head is repeated on a new page."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from desk.forms.drawing.fonts import BOLD, REGULAR, Style, printable
from desk.forms.drawing.lines import Align, Line, Run, draw_lines, line_height, wrap
from desk.forms.drawing.pages import LEFT, RIGHT, Block

_PADDING = 3.5
_RULE = 0.6
_LINE_COLUMN = 26.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers under a common title."""

    title: str
    width: float


class Table:
    """Rows of a running number, a text, and a number a column. The blocks go one under another without a gap."""

    def __init__(self, *, line: str, name: str, group: str, columns: Sequence[Column], size: float) -> None:
        self._size = size
        self._columns = tuple(columns)
        self._edges = self._column_edges()
        self._name_width = self._edges[2] - self._edges[1]
        self.head = self._make_head(line, name, group)

    def row(self, number: int, name: str, counts: Sequence[int]) -> Block:
        """Nothing of a kind is a dash: an empty cell could be filled in later, by hand."""
        style = Style(REGULAR, self._size)
        lines = wrap([Run(printable(name), style)], self._name_width - 2 * _PADDING)
        height = self._height(len(lines))
        cells = [str(number), *(str(count) if count else "–" for count in counts)]

        def draw(canvas: Canvas, top: float) -> None:
            self._rule(canvas, top, height, self._edges)
            self._text(canvas, lines, self._edges[1] + _PADDING, top, Align.LEFT)
            for (left, right), text in zip(self._number_cells(), cells, strict=True):
                self._text(canvas, [(Run(text, style),)], (left + right) / 2, top, Align.CENTRE)

        return Block(height, draw, heading=self.head)

    def _column_edges(self) -> tuple[float, ...]:
        """The x of all vertical rules, from left to right."""
        right_edges = [RIGHT]
        for column in reversed(self._columns):
            right_edges.append(right_edges[-1] - column.width)
        return (LEFT, LEFT + _LINE_COLUMN, *reversed(right_edges))

    def _number_cells(self) -> list[tuple[float, float]]:
        return [(self._edges[0], self._edges[1]), *zip(self._edges[2:], self._edges[3:], strict=False)]

    def _make_head(self, line: str, name: str, group: str) -> Block:
        style = Style(BOLD, self._size - 1)
        titles = [wrap([Run(column.title, style)], column.width - _PADDING) for column in self._columns]
        upper, lower = self._height(1), self._height(max(len(lines) for lines in titles))
        height = upper + lower
        left, first, second, *_ = self._edges

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setLineWidth(_RULE)
            canvas.line(LEFT, top, RIGHT, top)
            canvas.line(second, top - upper, RIGHT, top - upper)
            self._rule(canvas, top, height, (left, first, second, RIGHT))
            self._rule(canvas, top - upper, lower, self._edges[3:-1])
            self._middle(canvas, [(Run(line, style),)], (left, first), top, height)
            self._middle(canvas, [(Run(name, style),)], (first, second), top, height)
            self._middle(canvas, [(Run(group, style),)], (second, RIGHT), top, upper)
            for lines, edges in zip(titles, self._number_cells()[1:], strict=True):
                self._middle(canvas, lines, edges, top - upper, lower)

        return Block(height, draw, keeps_next=True)

    def _height(self, lines: int) -> float:
        return lines * line_height(self._size) + 2

    def _rule(self, canvas: Canvas, top: float, height: float, edges: Sequence[float]) -> None:
        """Upright rules at the edges and one below."""
        canvas.setLineWidth(_RULE)
        for x in edges:
            canvas.line(x, top, x, top - height)
        if len(edges) > 1:
            canvas.line(edges[0], top - height, edges[-1], top - height)

    def _text(self, canvas: Canvas, lines: Sequence[Line], x: float, top: float, align: Align) -> None:
        draw_lines(canvas, lines, x, top - 1, self._size, align)

    def _middle(
        self, canvas: Canvas, lines: Sequence[Line], edges: tuple[float, float], top: float, height: float
    ) -> None:
        spare = height - len(lines) * line_height(self._size - 1)
        draw_lines(canvas, lines, sum(edges) / 2, top - spare / 2, self._size - 1, Align.CENTRE)
