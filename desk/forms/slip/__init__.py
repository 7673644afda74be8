"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả: the paper a person carries home (Mẫu số 01, TT 03/2025/TT-VPCP)."""

from desk.forms.slip.paper import SlipPaper, SlipPerson

__all__ = ["SlipPaper", "SlipPerson", "draw"]


def draw(paper: SlipPaper) -> bytes:
    """The PDF: both copies, A4, the desk's first and then the applicant's. Equal papers give equal bytes."""
    # What draws takes 0.2 s to load: a window that only fills in a paper opens without it.
    from desk.forms.slip.pdf import draw_in, slip_wording

    return draw_in(slip_wording(paper.form_set), paper)
