"""The public page behind the address on a slip: status and due date, in both languages, and nobody's name."""

import html
from http import HTTPStatus

from sync.province import dossiers
from sync.province.clock import in_viet_nam
from sync.province.database import Work
from sync.province.errors import NotThere
from sync.province.statuses import STATUSES

_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Tra cứu hồ sơ</title>
<style>
body {{ font: 18px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }}
dt {{ color: #555; margin-top: 1rem }}
dd {{ margin: 0; font-size: 1.25rem }}
input, button {{ font: inherit; padding: .5rem }}
small {{ color: #555 }}
</style>
</head>
<body>
<h1>Tra cứu hồ sơ</h1>
<form><input name="ma" value="{code}" aria-label="Mã hồ sơ" maxlength="64"> <button>Tra cứu</button></form>
{answer}
</body>
</html>
"""
_FOUND = """<dl>
<dt>Tình trạng <small lang="en">Status</small></dt><dd>{vi}<br><small lang="en">{en}</small></dd>
<dt>Ngày hẹn trả <small lang="en">Due</small></dt><dd>{due}</dd>
</dl>"""
_NOT_FOUND = """<p>Chưa có hồ sơ với mã này. Hồ sơ nhận khi mất mạng sẽ hiện ở đây sau khi quầy kết nối lại.<br>
<small lang="en">No dossier with this code yet. One taken offline appears once the line is back.</small></p>"""
_VOID = ("Hồ sơ đã hủy", "Void")


def lookup_page(work: Work, code: str) -> tuple[int, str]:
    """Status code and HTML."""
    code = code.strip()
    if not code:
        return HTTPStatus.OK, _page("", "")
    try:
        row = dossiers.find(work, code).row
    except NotThere:
        return HTTPStatus.NOT_FOUND, _page(code, _NOT_FOUND)
    said = STATUSES[row.status]
    vi, en = _VOID if row.voided else (said.vi, said.en)
    due = _civil(row.due_at) if row.due_at else "—"
    return HTTPStatus.OK, _page(code, _FOUND.format(vi=vi, en=en, due=due))


def _page(code: str, answer: str) -> str:
    return _PAGE.format(code=html.escape(code), answer=answer)


def _civil(instant: str) -> str:
    """`17:00 03/07/2025`."""
    text = in_viet_nam(instant)
    return f"{text[11:16]} {text[8:10]}/{text[5:7]}/{text[:4]}"
