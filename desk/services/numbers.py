"""The numbers on a dossier: its code, and its place in the register book."""

import secrets
from dataclasses import dataclass
from datetime import date

from desk.domain.codes import desk_code, provisional_code
from desk.domain.errors import CodeSpent
from desk.domain.reception import RegisterLine
from desk.services.ports import DeskFacts, Work


@dataclass(frozen=True, slots=True)
class GivenCode:
    text: str
    provisional: bool


def give_code(work: Work, agency: str, day: date) -> GivenCode:
    """The next code for the agency that resolves; a provisional one where this desk may not give an official one.

    That is without a desk number, under a province that numbers by itself, and past the 999th of agency and day.
    """
    number = work.identity.desk().number
    if number is None or work.reference.policy().codes == "province":
        return _provisional(day)
    try:
        return GivenCode(str(desk_code(agency, day, number, work.count(f"code {agency} {day:%y%m%d}"))), False)
    except CodeSpent:
        return _provisional(day)


def give_line(work: Work, day: date) -> RegisterLine:
    """The register book of the year and the next line in it. Every epoch has books of its own."""
    book = book_of(work.identity.desk(), day.year)
    return RegisterLine(book, work.count(f"book {book}"))


def book_of(desk: DeskFacts, year: int) -> str:
    """Without a number the book is named after the epoch's first head, which no two copies of a desk share."""
    return f"{year}-{desk.number}" if desk.number is not None else f"{year}-T{desk.opening[:8]}"


def _provisional(day: date) -> GivenCode:
    """Random, so that two copies of one restored store cannot print the same."""
    return GivenCode(provisional_code(day, f"{secrets.randbelow(10**12):012d}"), True)
