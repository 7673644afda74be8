"""The head of every official paper: agency on the left, nation and motto on the right (Decree 30/2020/NĐ-CP)."""

from reportlab.pdfgen.canvas import Canvas

from desk.forms.drawing.fonts import BOLD, ITALIC, REGULAR, Style, printable
from desk.forms.drawing.lines import ASCENT, Align, Line, Run, draw_line, line_height, width, wrap
from desk.forms.drawing.pages import LEFT, RIGHT, Block

NATION = Style(BOLD, 12)
MOTTO = Style(BOLD, 13)
_GUTTER = 8.0
_RULE_GAP = 3.2


def header(*, nation: str, motto: str, parent_agency: str, agency: str, code: tuple[Run, ...], date: str) -> Block:
    """Two columns, each centred on its own axis, with a rule under the agency and one under the motto."""
    right_width = NATION.width(nation)
    left_width = RIGHT - LEFT - right_width - _GUTTER
    names = [
        *_balanced(Run(printable(parent_agency), Style(REGULAR, 12)), left_width),
        *_balanced(Run(printable(agency), Style(BOLD, 12)), left_width),
    ]
    left = _Column(LEFT + left_width / 2, names, 0.4, wrap(code, left_width))
    right = _Column(
        RIGHT - right_width / 2,
        [(Run(nation, NATION),), (Run(motto, MOTTO),)],
        1.0,
        wrap([Run(printable(date), Style(ITALIC, 12))], right_width),
    )
    rule = max(left.rule, right.rule)

    def draw(canvas: Canvas, top: float) -> None:
        left.draw(canvas, top, rule)
        right.draw(canvas, top, rule)

    return Block(max(left.height(rule), right.height(rule)), draw)


class _Column:
    """Lines, a rule as wide as a share of the last of them, and lines below."""

    def __init__(self, middle: float, above: list[Line], share: float, below: list[Line]) -> None:
        self._middle, self._above, self._below = middle, above, below
        self._rule_width = share * width(above[-1]) if above else 0.0

    @property
    def rule(self) -> float:
        """How far below the top the rule lies."""
        return sum(_height(line) for line in self._above) + _RULE_GAP

    def height(self, lowest_rule: float) -> float:
        return lowest_rule + 2 * _RULE_GAP + sum(_height(line) for line in self._below)

    def draw(self, canvas: Canvas, top: float, lowest_rule: float) -> None:
        self._lines(canvas, self._above, top)
        canvas.setLineWidth(0.7)
        y = top - self.rule
        canvas.line(self._middle - self._rule_width / 2, y, self._middle + self._rule_width / 2, y)
        # Code and date stand on one line, however many lines the agency's name needs.
        self._lines(canvas, self._below, top - lowest_rule - 2 * _RULE_GAP)

    def _lines(self, canvas: Canvas, lines: list[Line], top: float) -> None:
        for line in lines:
            draw_line(canvas, line, self._middle, top - ASCENT * line[0].style.size, align=Align.CENTRE)
            top -= _height(line)


def _balanced(run: Run, room: float) -> list[Line]:
    """As few lines as fit, of about equal length: a single word is never left alone on the second."""
    lines = wrap([run], room)
    if len(lines) < 2:
        return lines
    narrow = run.width / len(lines)
    while len(wrap([run], narrow)) > len(lines):
        narrow += room / 50
    return wrap([run], narrow)


def _height(line: Line) -> float:
    return line_height(line[0].style.size)
