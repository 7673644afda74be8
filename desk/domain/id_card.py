"""The QR code of an identity card (CCCD with chip, thẻ căn cước), as a scanner types it.

Seven or more fields between bars: number, old number or nothing, name, birth, sex, address, day of issue; newer cards
add more. The scanner is a keyboard to the computer, so an input method (Telex, VNI) may have rewritten the letters:
then nothing is taken from the card, because a wrong name on a slip is worse than a typed one.
"""

import re
from dataclasses import dataclass
from datetime import date

from desk.domain.errors import CardFault, UnreadableCard
from desk.domain.people import Address, BirthDate, Party, PartyKind, Sex
from desk.domain.reading import tidy
from desk.domain.text import fold, has_accents
from desk.domain.units import Units

MOST = 1_000
FIELDS = 7
TWO_LEVELS_SINCE = date(2025, 7, 1)
"""Cards issued from this day on name a commune and a province; older ones have a district between them."""

_NUMBER = re.compile(r"[0-9]{12}")
_OLD_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}|")
_DAY = re.compile(r"[0-9]{8}")
_YEAR_ONLY = re.compile(r"(?:00[0-9]{2})?([0-9]{4})")
_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}
_NO_NAME = re.compile(r"[^\w\s'’.\-]|[0-9_]")
_MOJIBAKE = re.compile(r"Ã[\u00a0-\u00bf]|Ä|á[º»]|\ufffd|\?")
_TELEX = re.compile(r"aa|ee|oo|dd|[aou]w|[aeiouy][a-z]{0,3}[sfrxj]\b")
_VNI = re.compile(r"[aeiouyd][a-z]{0,3}[1-9]")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. `address` is in the card's own words, with a district on cards from before July 2025."""

    number: str
    old_number: str | None
    full_name: str
    born: BirthDate | None
    sex: Sex | None
    address: str
    issued: date | None

    def as_party(self, units: Units | None = None) -> Party:
        """The person, with the commune's code where the card's address says it beyond doubt."""
        new = self.issued is not None and self.issued >= TWO_LEVELS_SINCE
        commune = units.match(self.address) if units and new else None
        return Party(
            kind=PartyKind.CITIZEN,
            full_name=self.full_name,
            personal_id=self.number,
            date_of_birth=self.born,
            sex=self.sex,
            address=Address(commune, self.address) if self.address else None,
        )


def read_card(payload: str) -> Card:
    """Read what the scanner typed. Raises `UnreadableCard`, with the fault and nothing of the person."""
    number, old_number, name, born, sex, address, issued = _fields(payload)
    if not _NUMBER.fullmatch(number) or not _OLD_NUMBER.fullmatch(old_number):
        raise UnreadableCard(CardFault.BAD_NUMBER)
    if not name or _is_garbled(name, address) or fold(sex) not in _SEXES:
        raise UnreadableCard(CardFault.GARBLED)
    return Card(
        number=number,
        old_number=old_number or None,
        full_name=name,
        born=_birth(born) if born else None,
        sex=_SEXES[fold(sex)],
        address=address,
        issued=_issued(issued) if issued else None,
    )


def _fields(payload: str) -> list[str]:
    if len(payload) > MOST:
        raise UnreadableCard(CardFault.TOO_LONG)
    if not payload.strip("\ufeff \t\r\n"):
        raise UnreadableCard(CardFault.EMPTY)
    fields = [tidy(field) for field in payload.split("|")[:FIELDS]]
    if len(fields) < FIELDS:
        raise UnreadableCard(CardFault.FEW_FIELDS)
    clean = [field for field in fields if field is not None]
    if len(clean) < FIELDS:
        raise UnreadableCard(CardFault.GARBLED)
    return clean


def _is_garbled(name: str, address: str) -> bool:
    if _NO_NAME.search(name) or _MOJIBAKE.search(f"{name} {address}"):
        return True
    # A card in force always writes diacritics. Where none are left, look for the keys that should have made them.
    letters = f"{name}, {address}".lower()
    return not has_accents(letters) and bool(_TELEX.search(letters) or _VNI.search(letters))


def _birth(text: str) -> BirthDate:
    """DDMMYYYY, or a year alone, with or without zeros for the day nobody knows."""
    year_only = _YEAR_ONLY.fullmatch(text)
    try:
        return BirthDate(int(year_only[1])) if year_only else BirthDate.of(_day(text))
    except ValueError as error:
        raise UnreadableCard(CardFault.BAD_DATE) from error


def _issued(text: str) -> date:
    try:
        return _day(text)
    except ValueError as error:
        raise UnreadableCard(CardFault.BAD_DATE) from error


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError("not eight digits")
    return date(int(text[4:]), int(text[2:4]), int(text[:2]))
