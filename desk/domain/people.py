"""The persons and bodies a dossier is from and for."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

_BORN = re.compile(r"([0-9]{4})(?:-([0-9]{2})-([0-9]{2}))?")


class PartyKind(StrEnum):
    CITIZEN = "citizen"
    BUSINESS = "business"
    AGENCY = "agency"
    OTHER = "other"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A date of birth as far as it is known: many older people have a year only."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if (self.day is None) != (self.month is None):
            raise ValueError("a day and a month, or a year only")
        date(self.year, self.month or 1, self.day or 1)
        if not 1850 <= self.year <= 2200:
            raise ValueError("a year nobody alive was born in")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "1980-02-03" or "1980". Raises ValueError for all else, or no such day."""
        match = _BORN.fullmatch(text)
        if match is None:
            raise ValueError("not a date of birth")
        year, month, day = match.groups()
        return cls(int(year), int(month), int(day)) if month else cls(int(year))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        return f"{self.earliest:%Y-%m-%d}" if self.day else str(self.year)

    def on_paper(self) -> str:
        """As a Vietnamese form writes it: "03/02/1980" or "1980"."""
        return f"{self.earliest:%d/%m/%Y}" if self.day else str(self.year)

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class Address:
    """`commune` is the five-digit code of a unit in force, or None where only words are known (old cards)."""

    commune: str | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Who brings it or whom it is for; `personal_id` of a business is its tax code, of an agency its identifier."""

    kind: PartyKind
    full_name: str
    personal_id: str | None = None
    date_of_birth: BirthDate | None = None
    sex: Sex | None = None
    phone: str | None = None
    email: str | None = None
    address: Address | None = None
