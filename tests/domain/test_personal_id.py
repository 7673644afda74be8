"""Identity numbers: what is odd is said, and nothing is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.errors import DocumentRefused
from desk.domain.people import BirthDate, PartyKind, Sex
from desk.domain.personal_id import IdWarning, check_party_id, check_personal_id, check_tax_code, read_prefixes
from tests import make


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        pytest.param("027180001234", BirthDate(1980, 2, 3), Sex.FEMALE, id="a woman of the last century"),
        pytest.param("024075000001", BirthDate(1975), Sex.MALE, id="a man born in 1975, no day known"),
        pytest.param("001205012345", BirthDate(2005, 1, 1), Sex.MALE, id="a man of this century"),
        pytest.param("089202017098", None, None, id="nothing known to compare with"),
        pytest.param("123456789", BirthDate(1960), Sex.MALE, id="an old nine-digit number"),
        pytest.param("B1234567", BirthDate(1990), Sex.FEMALE, id="a passport"),
    ],
)
def test_likely_numbers_raise_no_eyebrow(number: str, born: BirthDate | None, sex: Sex | None) -> None:
    assert check_personal_id(number, born, sex, make.prefixes()) == ()


@pytest.mark.parametrize(
    ("number", "warnings"),
    [
        pytest.param("027080001234", {IdWarning.SEX_DIFFERS}, id="the digit of a man"),
        pytest.param("027181001234", {IdWarning.YEAR_DIFFERS}, id="another year"),
        pytest.param("027380001234", {IdWarning.YEAR_DIFFERS}, id="another century"),
        pytest.param("999180001234", {IdWarning.UNKNOWN_PREFIX}, id="registered nowhere we know, perhaps abroad"),
        pytest.param("999081001234", set(IdWarning) - {IdWarning.ODD_SHAPE, IdWarning.CHECK_DIGIT}, id="all of it"),
        pytest.param("02718000123", {IdWarning.ODD_SHAPE}, id="a digit short"),
        pytest.param("ABC", {IdWarning.ODD_SHAPE}, id="no number at all"),
    ],
)
def test_odd_numbers_are_named_for_what_is_odd(number: str, warnings: set[IdWarning]) -> None:
    assert set(check_personal_id(number, BirthDate(1980, 2, 3), Sex.FEMALE, make.prefixes())) == warnings


@pytest.mark.parametrize("code", ["0100109106", "0100109106-001", "0300588569", "027180001234"])
def test_real_tax_codes_pass(code: str) -> None:
    assert check_tax_code(code, make.prefixes()) == ()


@given(st.integers(0, 8), st.integers(1, 9))
def test_a_tax_code_with_one_digit_changed_is_noticed(place: int, change: int) -> None:
    digits = list("0100109106")
    digits[place] = str((int(digits[place]) + change) % 10)

    assert check_tax_code("".join(digits), make.prefixes()) == (IdWarning.CHECK_DIGIT,)


def test_a_party_is_checked_as_what_it_is() -> None:
    business = make.party("Công ty Lúa Vàng", kind=PartyKind.BUSINESS, personal_id="0100109107")
    agency = make.party("Trường Tiểu học", kind=PartyKind.AGENCY, personal_id="H05.09.169")
    nobody = make.party(personal_id=None)
    household = make.party("Hộ kinh doanh Lan", kind=PartyKind.BUSINESS, personal_id="02718")

    assert check_party_id(business, make.prefixes()) == (IdWarning.CHECK_DIGIT,)
    assert check_party_id(household, make.prefixes()) == (IdWarning.ODD_SHAPE,)
    assert check_party_id(agency, make.prefixes()) == ()
    assert check_party_id(nobody, make.prefixes()) == ()
    assert check_party_id(make.party(sex=Sex.MALE), make.prefixes()) == (IdWarning.SEX_DIFFERS,)


def test_the_shipped_table_has_the_sixty_three_old_provinces() -> None:
    assert len(make.prefixes().provinces) == 63
    assert make.prefixes().provinces["024"] == "Bắc Giang"
    assert make.prefixes().provinces["027"] == "Bắc Ninh"


def test_a_table_with_a_prefix_of_two_digits_is_refused() -> None:
    table = make.document("units/id-prefixes.json")
    table["prefixes"]["27"] = "Bắc Ninh"

    with pytest.raises(DocumentRefused):
        read_prefixes(table)
