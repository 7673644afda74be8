"""Dossier codes: official ones, and the provisional ones a desk writes when it may not give an official one.

An official code is `<agency that resolves>-<YYMMDD>-<sequence>` (point 3 of article 13 of TT 03/2025/TT-VPCP
as amended by TT 04/2025/TT-VPCP); the sequence has at least four digits. Practice shows one to five groups in
the agency part.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from desk.domain.errors import CodeSpent, Malformed, Reason

MOST_PER_DAY = 999
"""Codes one desk can give for one agency and day; the next dossier gets a provisional code."""

_AGENCY = re.compile(r"[A-Y][0-9]{2}(\.[0-9]{1,3}){0,4}")
_OFFICIAL = re.compile(rf"({_AGENCY.pattern})-([0-9]{{6}})-([0-9]{{4,8}})")
_PROVISIONAL = re.compile(r"TAM-[0-9]{6}-[0-9]{4}-[0-9]{4}-[0-9]{4}")


@dataclass(frozen=True, slots=True)
class DossierCode:
    """An official code in its three parts. `sequence` stays text: its zeros are part of the code."""

    agency: str
    day: date
    sequence: str

    def __str__(self) -> str:
        return f"{self.agency}-{self.day:%y%m%d}-{self.sequence}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any official code of the country. Raises `Malformed` for all else, also a provisional code."""
        match = _OFFICIAL.fullmatch(text)
        if match is None:
            raise Malformed("code", "code", Reason.BAD_SHAPE)
        agency, _, day, sequence = match.groups()
        return cls(agency, _day(day), sequence)


def is_agency_id(text: str) -> bool:
    """Whether `text` has the shape of an agency's electronic identifier (QĐ 20/2020/QĐ-TTg)."""
    return _AGENCY.fullmatch(text) is not None


def desk_sequence(desk_number: int, n: int) -> int:
    """The n-th sequence of a desk: its number times a thousand plus n, so that no two desks can meet.

    Always seven digits: six would be read as the form of the nationwide services. Raises ValueError for a
    number that no desk can have; `n` past 999 is `desk_code`'s to refuse, who knows of which agency and day.
    """
    if not 1000 <= desk_number <= 9999:
        raise ValueError("a desk number is 1000 … 9999")
    if not 1 <= n <= MOST_PER_DAY:
        raise ValueError("a desk counts from 1 to 999")
    return desk_number * 1000 + n


def desk_code(agency: str, day: date, desk_number: int, n: int) -> DossierCode:
    """The code of a desk's n-th dossier of an agency and civil day (+07:00). Raises `CodeSpent` past 999."""
    if n > MOST_PER_DAY:
        raise CodeSpent(agency, day)
    return DossierCode(agency, day, str(desk_sequence(desk_number, n)))


def provisional_code(day: date, digits: str) -> str:
    """`TAM-YYMMDD-dddd-dddd-dddd` from twelve random digits the caller drew; never readable as official."""
    if not (len(digits) == 12 and digits.isascii() and digits.isdigit()):
        raise ValueError("twelve digits")
    return f"TAM-{day:%y%m%d}-{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def is_provisional(code: str) -> bool:
    return _PROVISIONAL.fullmatch(code) is not None


def _day(digits: str) -> date:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError as error:
        raise Malformed("code", "code", Reason.IMPOSSIBLE_DATE) from error
