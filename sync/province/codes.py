"""Dossier codes: which a desk may give, who has which, and the province's own.

A desk gives sequences of seven digits that begin with its number; the province's own stay below 10,000, so that the
two can never meet.
"""

import re
from datetime import date
from uuid import UUID

from sqlalchemy import select

from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.feed import Numbered
from sync.province import feed
from sync.province.clock import civil_day
from sync.province.database import Work
from sync.province.errors import NotPossible
from sync.province.rows import CertificateRow, ClaimRow, CounterRow, DossierRow

MOST_A_DAY = 9_999
COUNTER = "code "
_OWN_DIGITS = 4
FLOOR, FLOOR_UNTIL = "codes from", "codes from until day"
"""Counter rows a restored province leaps by; the second is a day's ordinal."""
_OF_DESK = re.compile(r"(?P<agency>.+)-(?P<day>\d{6})-(?P<desk>\d{4})(?P<n>\d{3})", re.ASCII)


def is_of_desk(work: Work, body: DossierAccepted, desk: UUID, epoch: int) -> bool:
    """Agency that resolves, civil day of reception, and the number of the desk in the epoch."""
    match = _OF_DESK.fullmatch(body.code)
    if match is None or match["n"] == "000" or match["agency"] != body.resolving_agency:
        return False
    if match["day"] != f"{civil_day(body.received_at):%y%m%d}":
        return False
    number = int(match["desk"])
    row = work.session.get(CertificateRow, (desk, epoch))
    if row is None or row.number != number:
        row = work.session.scalar(select(CertificateRow).where(CertificateRow.number == number))
    return row is not None and (row.desk, row.epoch) == (desk, epoch)


def claim(work: Work, code: str, dossier: UUID) -> bool:
    """The code is this dossier's from now on, unless it is another's."""
    row = work.session.get(ClaimRow, code)
    if row is None:
        work.session.add(ClaimRow(code=code, dossier=dossier))
    return row is None or row.dossier == dossier


def is_claimed_by(work: Work, code: str, dossier: UUID) -> bool:
    row = work.session.get(ClaimRow, code)
    return row is not None and row.dossier == dossier


def holder(work: Work, code: str) -> DossierRow | None:
    """The dossier a code belongs to."""
    row = work.session.get(ClaimRow, code)
    return work.session.get(DossierRow, row.dossier) if row is not None else None


def number(work: Work, row: DossierRow) -> str:
    """Give a provisional dossier its official code and tell it. Raises NotPossible when the day is full."""
    code = f"{_of_day(row)}{_next(work, row):04d}"
    claim(work, code, row.id)
    _call(work, row, code)
    return code


def remember(work: Work, row: DossierRow, code: str) -> None:
    """A slip shows an official code that a restored province forgot it gave: it is in force again, unless taken."""
    sequence = code.removeprefix(_of_day(row))
    ours = len(sequence) == _OWN_DIGITS and sequence.isascii() and sequence.isdigit() and sequence != code
    if ours and row.official != code and claim(work, code, row.id):
        _call(work, row, code)


def _of_day(row: DossierRow) -> str:
    return f"{row.resolving_agency}-{civil_day(row.received_at):%y%m%d}-"


def _call(work: Work, row: DossierRow, code: str) -> None:
    row.official = code
    for scope in sorted({row.receiving_agency, row.resolving_agency}):
        told = Numbered(dossier=row.id, code=code)
        feed.tell(work, "numbered", str(row.id), told, scope=scope, dossier=row.id)


def floor(work: Work) -> int:
    """How many codes of a day may have been given and forgotten, for days before the last restore."""
    row = work.session.get(CounterRow, FLOOR)
    return row.n if row is not None else 0


def _first(work: Work, day: date) -> int:
    until = work.session.get(CounterRow, FLOOR_UNTIL)
    return floor(work) if until is not None and day.toordinal() <= until.n else 0


def _next(work: Work, row: DossierRow) -> int:
    day = civil_day(row.received_at)
    name = f"{COUNTER}{row.resolving_agency} {day}"
    counter = work.session.get(CounterRow, name) or CounterRow(name=name, n=_first(work, day))
    if counter.n >= MOST_A_DAY:
        raise NotPossible("Đã hết mã của cơ quan trong ngày.", "The agency has no codes left for that day.")
    counter.n += 1
    work.session.add(counter)
    return counter.n
