"""Blocks one under another on as many A4 pages as they need, without tearing apart what belongs together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

PAGE_WIDTH, PAGE_HEIGHT = A4
# Within the margins of Decree 30/2020/NĐ-CP at the sides (30 to 35 mm for the binding, 15 to 20 mm); above and below
# narrower than its 20 mm, so that an ordinary slip stays on one page.
LEFT, RIGHT = 30 * mm, PAGE_WIDTH - 15 * mm
TOP, BOTTOM = PAGE_HEIGHT - 14 * mm, 15 * mm
FOOT = 9 * mm
WIDTH = RIGHT - LEFT
MIDDLE = (LEFT + RIGHT) / 2

_ROUNDING = 0.01
"""A page that is filled to the last point is full, not overfull."""

Drawing = Callable[[Canvas, float], None]
"""Draws a block, given the y of its upper edge."""


@dataclass(frozen=True, slots=True)
class Block:
    """A strip over the whole width, `height` points high.

    `keeps_next` ties it to the one below. A block that has to open a new page is drawn under its `heading`.
    One that `breathes` may get some air below where there is room to spare.
    """

    height: float
    draw: Drawing
    keeps_next: bool = False
    heading: "Block | None" = None
    breathes: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the y of its upper edge."""

    block: Block
    top: float


Page = tuple[Placed, ...]


def gap(height: float) -> Block:
    """White space; it keeps with what follows, so that no page ends with it."""
    return Block(height, lambda _canvas, _top: None, keeps_next=True)


def aired(blocks: Sequence[Block], *, room: float, most: float) -> list[Block]:
    """The blocks with what they leave of a single page spread among those that breathe, at most `most` points each."""
    spare = room - sum(block.height for block in blocks)
    count = sum(block.breathes for block in blocks)
    if spare <= 0 or not count:
        return list(blocks)
    air = min(most, spare / count)
    return [replace(block, height=block.height + air) if block.breathes else block for block in blocks]


def paginate(blocks: Sequence[Block], *, room: float, head: Block) -> tuple[Page, ...]:
    """Fill pages of `room` points; each page but the first begins with `head`."""
    pages: list[list[Placed]] = [[]]
    used = 0.0
    for chunk in _chunks(blocks):
        height = sum(block.height for block in chunk)
        if used + height > room + _ROUNDING and pages[-1]:
            opening = tuple(block for block in (head, chunk[0].heading) if block)
            pages.append([])
            used = _place(pages[-1], opening, 0)
        used = _place(pages[-1], chunk, used)
    return tuple(tuple(page) for page in pages)


def draw_page(canvas: Canvas, page: Page) -> None:
    for placed in page:
        placed.block.draw(canvas, placed.top)


def _place(page: list[Placed], blocks: Sequence[Block], used: float) -> float:
    for block in blocks:
        page.append(Placed(block, TOP - used))
        used += block.height
    return used


def _chunks(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """What may not be parted by the end of a page."""
    chunk: list[Block] = []
    for block in blocks:
        chunk.append(block)
        if not block.keeps_next:
            yield tuple(chunk)
            chunk = []
    if chunk:
        yield tuple(chunk)
