"""One copy of the slip, from the header down to the signatures."""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from desk.domain.clock import civil_day
from desk.domain.dossier import Requirement, ReturnBy
from desk.domain.people import PartyKind
from desk.forms.drawing.codes import QrCode, qr_code
from desk.forms.drawing.fonts import BOLD, ITALIC, REGULAR, Style, printable
from desk.forms.drawing.header import header
from desk.forms.drawing.lines import Align, Line, Run, draw_lines, line_height, wrap
from desk.forms.drawing.marks import CaptionedCode, Mark, band
from desk.forms.drawing.pages import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Block, Page, aired, gap, paginate
from desk.forms.drawing.table import Column, Table
from desk.forms.drawing.wording import Wording
from desk.forms.drawing.words import day_words, dong, dong_in_words, moment_words
from desk.forms.slip.paper import SlipPaper, SlipPerson

_SIZES = (12.0, 11.5, 11.0, 10.5, 10.0)
"""Text sizes to try, in points: the first that keeps a copy on one page is taken."""
_AIR = 4.0
"""At most so many points between paragraphs; an ordinary slip has room for some of it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a copy, and where on the first the copy is named."""

    pages: tuple[Page, ...]
    copy_name_top: float


def fitted(paper: SlipPaper, words: Wording) -> Layout:
    """In the largest size that needs the fewest pages."""
    best: Layout | None = None
    codes = (qr_code(paper.lookup_url) if paper.lookup_url else None, qr_code(paper.number))
    for size in _SIZES:
        layout = _Sheet(paper, words, codes, size).layout()
        if best is None or len(layout.pages) < len(best.pages):
            best = layout
        if len(best.pages) == 1:
            break
    assert best is not None
    return best


class _Sheet:
    """One copy in one size of text, as blocks from the header down to the signatures."""

    def __init__(self, paper: SlipPaper, words: Wording, codes: tuple[QrCode | None, QrCode], size: float) -> None:
        self._paper, self._words, self._codes, self._size = paper, words, codes, size

    def layout(self) -> Layout:
        head = self._header()
        title, copy_at = self._band()
        space = gap(self._size * 0.5)
        blocks = [head, space, title, space, *self._people(), *self._papers(), *self._promise(), *self._closing()]
        room = TOP - BOTTOM
        pages = paginate(aired(blocks, room=room, most=_AIR), room=room, head=self._continued())
        return Layout(pages, TOP - head.height - space.height - copy_at)

    def _header(self) -> Block:
        paper, words = self._paper, self._words
        return header(
            nation=words.text("nation"),
            motto=words.text("motto"),
            parent_agency=paper.parent_agency,
            agency=paper.agency,
            code=tuple(Run(run.text, Style(run.style.face, 12)) for run in self._runs("code", code=paper.code)),
            date=words.text("place_and_day", place=paper.place, day=day_words(civil_day(paper.received_at))),
        )

    def _band(self) -> tuple[Block, float]:
        words, (lookup, number) = self._words, self._codes
        return band(
            (words.text("title_above"), words.text("title_below")),
            self._marks(),
            CaptionedCode(lookup, words.text("lookup_caption")) if lookup else None,
            CaptionedCode(number, words.text("number_caption")),
        )

    def _marks(self) -> list[Mark]:
        paper, say = self._paper, self._words.text
        marks = []
        if paper.practice:
            marks.append(Mark(say("mark_practice")))
        if paper.issue > 1:
            when = say("mark_reprint_when", moment=moment_words(paper.issued_at))
            marks.append(Mark(say("mark_reprint", times=str(paper.issue - 1)), when))
        if paper.recovered:
            marks.append(Mark(say("mark_recovered")))
        if paper.paper_place:
            marks.append(Mark(say("mark_paper", place=paper.paper_place)))
        if paper.clock_unproven:
            marks.append(Mark(say("mark_clock"), say("mark_clock_why")))
        if paper.provisional:
            marks.append(Mark(say("mark_provisional"), say("mark_provisional_why")))
        if paper.replaces_code:
            marks.append(Mark(say("mark_replaces", code=paper.replaces_code)))
        return marks

    def _people(self) -> list[Block]:
        paper, words, who = self._paper, self._words, self._paper.applicant
        person = who.kind is PartyKind.CITIZEN
        channel = words.text(f"channel_{paper.channel}")
        said = self._say(
            "received_from_person" if person else "received_from_body",
            receiver=paper.receiver,
            name=who.name,
            channel=channel,
        )
        said += self._say("address", address=who.address) if who.address else []
        said += self._reached(who, "id_person" if person else "id_body")
        said += self._say("request", request=paper.request)
        if paper.owner:
            said += self._say("owner", name=paper.owner.name)
            said += self._say("owner_address", address=paper.owner.address) if paper.owner.address else []
        return said

    def _reached(self, who: SlipPerson, id_phrase: str) -> list[Block]:
        """Phone, email and identity number share a line as long as they fit."""
        parts = [
            self._words.text("phone", phone=who.phone) if who.phone else "",
            self._words.text("email", email=who.email) if who.email else "",
            self._words.text(id_phrase, id=who.personal_id) if who.personal_id else "",
        ]
        return self._paragraph((Run("; ".join(filter(None, parts)), self._style(REGULAR)),))

    def _papers(self) -> list[Block]:
        paper, say = self._paper, self._words.text
        if not paper.requirements:
            return [*self._say("papers", keep=True), *self._say("papers_lost" if paper.recovered else "no_papers")]
        with_pages = any(requirement.pages for requirement in paper.requirements)
        columns = [Column(say("column_pages"), 50)] * with_pages
        columns += [
            Column(say("column_originals"), 50),
            Column(say("column_certified"), 62),
            Column(say("column_copies"), 50),
        ]
        table = Table(
            line=say("column_line"),
            name=say("column_name"),
            group=say("column_counts"),
            columns=columns,
            size=self._size - 0.5,
        )
        rows = [table.row(n, each.name, _counts(each, with_pages)) for n, each in enumerate(paper.requirements, 1)]
        return [*self._say("papers", keep=True), gap(2), table.head, *rows, gap(4)]

    def _promise(self) -> list[Block]:
        paper = self._paper
        due = paper.due_at
        return [
            *self._say("sets", sets=f"{paper.sets:02d}"),
            *self._say("time_limit", limit=paper.time_limit),
            *self._say("received_at", moment=moment_words(paper.received_at)),
            *(self._say("due_at", moment=moment_words(due)) if due else self._say("due_unknown")),
            *self._return(),
            *self._fees(),
            *(self._say("note", note=paper.note) if paper.note else ()),
        ]

    def _return(self) -> list[Block]:
        paper = self._paper
        match paper.return_by:
            case ReturnBy.COUNTER:
                return self._say("return_counter", place=paper.return_place or paper.receiver)
            case ReturnBy.POST:
                return self._say("return_post", place=paper.return_place or paper.applicant.address)
            case ReturnBy.ONLINE:
                return self._say("return_online")

    def _fees(self) -> list[Block]:
        fees = self._paper.fees
        if not fees:
            return self._say("no_fees")
        total = sum(fee.total for fee in fees)
        said = self._say("fees", total=dong(total), words=dong_in_words(total))
        for fee in fees:
            said += self._say(
                "fee_line",
                name=fee.name,
                kind=self._words.text(f"kind_{fee.kind}"),
                count=str(fee.count),
                amount=dong(fee.amount),
                total=dong(fee.total),
                paid=self._words.text(f"paid_{fee.paid or 'not'}"),
            )
        return said

    def _closing(self) -> list[Block]:
        """Never parted, so that nobody signs an empty page."""
        paper = self._paper
        reach = [self._words.text("hotline", hotline=paper.hotline)] if paper.hotline else []
        reach += [self._words.text("lookup", url=paper.lookup_url)] if paper.lookup_url else []
        small = Style(ITALIC, self._size - 1)
        return [
            *self._say("register", keep=True, book=paper.register_book, line=str(paper.register_line)),
            *self._paragraph((Run(self._words.text("advice"), small),), keep=True),
            *self._paragraph((Run(". ".join(reach), small),), keep=True),
            gap(self._size * 0.6),
            self._signatures(),
        ]

    def _signatures(self) -> Block:
        """Room to sign, 15 mm, and the receiver's name below."""
        size, words = self._size, self._words
        name_at = 2 * line_height(size) + 42
        columns = (("applicant", "", LEFT + WIDTH / 4), ("clerk", self._paper.clerk, RIGHT - WIDTH / 4))

        def draw(canvas: Canvas, top: float) -> None:
            for title, name, middle in columns:
                above: list[Line] = [
                    (Run(words.text(title), Style(BOLD, size)),),
                    (Run(words.text("sign_here"), Style(ITALIC, size)),),
                ]
                draw_lines(canvas, above, middle, top, size, Align.CENTRE)
                below = wrap([Run(printable(name), Style(BOLD, size))], WIDTH / 2 - 10)[:2]
                draw_lines(canvas, below, middle, top - name_at, size, Align.CENTRE)

        return Block(name_at + 2 * line_height(size), draw)

    def _continued(self) -> Block:
        """What a further page begins with: whose it is, and the marks of the first."""
        marks = [Run(f" – {mark.text}", self._style(REGULAR)) for mark in self._marks()]
        lines = wrap([*self._runs("continued", code=self._paper.code), *marks], WIDTH)
        height = len(lines) * line_height(self._size) + 6
        return Block(height, lambda canvas, top: draw_lines(canvas, lines, LEFT, top, self._size, Align.LEFT))

    def _say(self, phrase: str, *, keep: bool = False, **facts: str) -> list[Block]:
        return self._paragraph(self._runs(phrase, **facts), keep=keep)

    def _runs(self, phrase: str, **facts: str) -> tuple[Run, ...]:
        pieces = self._words.pieces(phrase, **facts)
        return tuple(Run(piece, self._style(BOLD if odd % 2 else REGULAR)) for odd, piece in enumerate(pieces))

    def _paragraph(self, runs: tuple[Run, ...], *, keep: bool = False) -> list[Block]:
        """A block a line; the first two and the last two stay together, or all and with what follows if `keep`."""
        lines = wrap(runs, WIDTH)
        last = len(lines) - 1
        return [
            _line_block(
                line, self._size, keeps_next=keep or (number < last and number in (0, last - 1)), ends=number == last
            )
            for number, line in enumerate(lines)
        ]

    def _style(self, face: str) -> Style:
        return Style(face, self._size)


def _line_block(line: Line, size: float, *, keeps_next: bool, ends: bool) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        draw_lines(canvas, [line], LEFT, top, size, Align.LEFT)

    return Block(line_height(size), draw, keeps_next=keeps_next, breathes=ends)


def _counts(requirement: Requirement, with_pages: bool) -> list[int]:
    counts = [requirement.originals, requirement.certified, requirement.copies]
    return [requirement.pages, *counts] if with_pages else counts
