"""The slip as a PDF of two copies."""

from functools import cache
from io import BytesIO
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from desk.forms.drawing.fonts import BOLD, REGULAR, Style, load_fonts, printable
from desk.forms.drawing.lines import Align, Run, draw_line
from desk.forms.drawing.marks import draw_copy_name
from desk.forms.drawing.pages import FOOT, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, draw_page
from desk.forms.drawing.wording import Wording, check_blanks, wording
from desk.forms.slip.paper import SlipPaper
from desk.forms.slip.sheet import Layout, fitted

USUAL = "tt03-2025/mau-01"
_FORMS = {"tt03-2025": USUAL, "tt66-2023": "tt66-2023/ct04"}
_PLAIN = """
    nation motto title_above title_below copy_kept copy_given lookup_caption number_caption mark_provisional
    mark_provisional_why mark_recovered mark_clock mark_clock_why mark_practice
    channel_direct channel_post papers column_line column_name
    column_counts column_pages column_originals column_certified column_copies no_papers papers_lost
    due_unknown return_online
    no_fees kind_fee kind_charge paid_cash paid_transfer paid_not advice applicant clerk sign_here
"""
_FILLED = {
    "code": "code",
    "place_and_day": "place day",
    "mark_reprint": "times",
    "mark_reprint_when": "moment",
    "mark_replaces": "code",
    "mark_paper": "place",
    "received_from_person": "receiver name channel",
    "received_from_body": "receiver name channel",
    "address": "address",
    "phone": "phone",
    "email": "email",
    "id_person": "id",
    "id_body": "id",
    "request": "request",
    "owner": "name",
    "owner_address": "address",
    "sets": "sets",
    "time_limit": "limit",
    "received_at": "moment",
    "due_at": "moment",
    "return_counter": "place",
    "return_post": "place",
    "fees": "total words",
    "fee_line": "name kind count amount total paid",
    "register": "book line",
    "note": "note",
    "lookup": "url",
    "hotline": "hotline",
    "continued": "code",
    "page": "page pages",
}
BLANKS = dict.fromkeys(_PLAIN.split(), "") | _FILLED
"""The phrases this form prints, and the blanks of each."""

_DRAWING = Lock()
"""A font of reportlab's writes down which letters it drew: one paper at a time."""


def draw_in(words: Wording, paper: SlipPaper) -> bytes:
    """Both copies in a wording that has passed `check_blanks`."""
    with _DRAWING:
        load_fonts()
        return _pdf(paper, words, fitted(paper, words))


@cache
def slip_wording(form_set: str) -> Wording:
    """The shipped wording. A set from a newer catalogue than this program is printed in the usual one, and says so
    at its foot: a person at the counter needs a paper today.
    """
    form = _FORMS.get(form_set, USUAL)
    return check_blanks(wording(form), BLANKS, form)


def _pdf(paper: SlipPaper, words: Wording, layout: Layout) -> bytes:
    """Both copies show the same drawings, kept once, and differ in their names only."""
    out = BytesIO()
    canvas = Canvas(
        out,
        (PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,  # type: ignore[arg-type]  # the stubs take the name for a number
        lang="vi-VN",
    )
    title = f"{words.text('title_above')} {words.text('title_below')}".capitalize()
    canvas.setTitle(f"{title} – {printable(paper.code)}")  # a title is shown in lists and spools: no person in it
    canvas.setAuthor(printable(paper.agency))
    canvas.setSubject(words.name)
    canvas.setCreator("Commune Desk")
    for number, page in enumerate(layout.pages):
        canvas.beginForm(f"page{number}", 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        if paper.practice:
            _watermark(canvas, words.text("mark_practice"))
        draw_page(canvas, page)
        canvas.endForm()
    for copy in ("copy_kept", "copy_given"):
        for number in range(len(layout.pages)):
            canvas.doForm(f"page{number}")
            if number == 0:
                draw_copy_name(canvas, words.text(copy), layout.copy_name_top)
            _foot(canvas, words, words.text(copy), number + 1, len(layout.pages))
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _foot(canvas: Canvas, words: Wording, copy: str, page: int, pages: int) -> None:
    style = Style(REGULAR, 8)
    draw_line(canvas, (Run(words.name, style),), LEFT, FOOT)
    if pages > 1:
        text = f"{copy} – {words.text('page', page=str(page), pages=str(pages))}"
        draw_line(canvas, (Run(text, style),), RIGHT, FOOT, align=Align.RIGHT)


def _watermark(canvas: Canvas, text: str) -> None:
    canvas.saveState()
    canvas.setFillGray(0.88)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    draw_line(canvas, (Run(text, Style(BOLD, 52)),), 0, 0, align=Align.CENTRE)
    canvas.restoreState()
