"""Whether an identity number is likely: checks that warn and never block.

Old cards, registration mistakes and foreigners make every rule here have honest exceptions, and a clerk who holds the
paper in the hand knows better than a program.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk.domain.errors import DocumentRefused, Reason
from desk.domain.people import BirthDate, Party, PartyKind, Sex
from desk.domain.reading import Reader

FORMAT = 1

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_PASSPORT = re.compile(r"[A-Z][0-9]{7,8}")
_TAX_CODE = re.compile(r"[0-9]{10}(-?[0-9]{3})?")


class IdWarning(StrEnum):
    ODD_SHAPE = "odd_shape"
    """No identity paper of the country that we know of looks like this."""
    UNKNOWN_PREFIX = "unknown_prefix"
    SEX_DIFFERS = "sex_differs"
    YEAR_DIFFERS = "year_differs"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True)
class IdPrefixes:
    """The first three digits of a personal number: where a birth was registered, by the provinces of before 2025."""

    provinces: Mapping[str, str]

    def knows(self, number: str) -> bool:
        return number[:3] in self.provinces


def check_party_id(party: Party, prefixes: IdPrefixes) -> tuple[IdWarning, ...]:
    """What is odd about a party's number, by what it is; nothing where there is none."""
    number = party.personal_id
    if not number:
        return ()
    if party.kind is PartyKind.CITIZEN:
        return check_personal_id(number, party.date_of_birth, party.sex, prefixes)
    if party.kind is PartyKind.BUSINESS:
        return check_tax_code(number, prefixes)
    return ()


def check_personal_id(
    number: str, born: BirthDate | None, sex: Sex | None, prefixes: IdPrefixes
) -> tuple[IdWarning, ...]:
    """A citizen's number: twelve digits, nine (CMND), or a passport.

    The twelve are place of registration, a digit for century and sex, two of the year of birth, six at random; there
    is no check digit (TT 59/2021/TT-BCA, recalled).
    """
    if _digits(number, 12):
        checks = {
            IdWarning.UNKNOWN_PREFIX: prefixes.knows(number),
            IdWarning.SEX_DIFFERS: sex is None or (int(number[3]) % 2 == 1) == (sex is Sex.FEMALE),
            IdWarning.YEAR_DIFFERS: born is None or _year_of(number) == born.year,
        }
        return tuple(warning for warning, fine in checks.items() if not fine)
    return () if _digits(number, 9) or _PASSPORT.fullmatch(number) else (IdWarning.ODD_SHAPE,)


def check_tax_code(number: str, prefixes: IdPrefixes) -> tuple[IdWarning, ...]:
    """Ten digits with a check digit, perhaps three of a branch; or a person's number, as households have since 2025."""
    if _digits(number, 12):
        return check_personal_id(number, None, None, prefixes)
    if not _TAX_CODE.fullmatch(number):
        return (IdWarning.ODD_SHAPE,)
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, number[:9], strict=True))
    return () if 10 - total % 11 == int(number[9]) else (IdWarning.CHECK_DIGIT,)


def read_prefixes(document: object) -> IdPrefixes:
    """Read the table of prefixes. Raises `DocumentRefused`."""
    reader = Reader(document, "", _refused)
    reader.whole("format", least=FORMAT, most=FORMAT)
    reader.origin()
    table = reader.inner("prefixes")
    prefixes = {prefix: table.filled(prefix, most=100) for prefix in table.keys(most=1_000)}
    reader.done()
    if not all(_digits(prefix, 3) for prefix in prefixes):
        reader.refuse("prefixes", "prefix", Reason.BAD_SHAPE)
    return IdPrefixes(prefixes)


def _year_of(number: str) -> int:
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


def _refused(path: str, kind: str, reason: Reason) -> DocumentRefused:
    return DocumentRefused("id_prefixes", path, reason)
