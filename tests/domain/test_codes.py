"""Official and provisional codes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.codes import (
    DossierCode,
    desk_code,
    desk_sequence,
    is_agency_id,
    is_provisional,
    provisional_code,
)
from desk.domain.errors import CodeSpent, Malformed

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
DESKS = st.integers(1000, 9999)
COUNTS = st.integers(1, 999)
AGENCIES = st.from_regex(r"[A-Y][0-9]{2}(\.[0-9]{1,3}){0,4}", fullmatch=True)


@given(AGENCIES, DAYS, DESKS, COUNTS)
def test_a_desks_code_reads_back_and_its_sequence_has_seven_digits(agency: str, day: date, desk: int, n: int) -> None:
    code = desk_code(agency, day, desk, n)

    assert DossierCode.parse(str(code)) == code
    assert len(code.sequence) == 7


@given(st.tuples(DESKS, COUNTS), st.tuples(DESKS, COUNTS))
def test_no_two_desks_can_meet(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (desk_sequence(*one) == desk_sequence(*other)) == (one == other)


@given(AGENCIES, DAYS, st.from_regex(r"[0-9]{4,8}", fullmatch=True))
def test_every_official_code_of_the_country_reads_back_with_its_zeros(agency: str, day: date, sequence: str) -> None:
    text = f"{agency}-{day:%y%m%d}-{sequence}"

    assert str(DossierCode.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["H56.14-240823-0001", "H15.50.05.13-261008-0975", "H05.09.169-250701-1017023", "G06-260125-150042"]
)
def test_codes_seen_in_practice_are_read(text: str) -> None:
    assert str(DossierCode.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H05.09.169-250701-001",
        "H05.09.169-250701-123456789",
        "H05.09.169-251301-0001",
        "H05.09.169-250230-0001",
        "Z05.09-250701-0001",
        "H05.1.2.3.4.5-250701-0001",
        "H05.09.169-250701-0001\n",
        "H05.09.169-250701-０００１",
        "h05.09.169-250701-0001",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        DossierCode.parse(text)


def test_the_thousandth_code_of_an_agency_and_a_day_is_refused_by_name() -> None:
    day = date(2025, 7, 1)
    assert str(desk_code("H05.09.169", day, 1017, 999)) == "H05.09.169-250701-1017999"

    with pytest.raises(CodeSpent) as spent:
        desk_code("H05.09.169", day, 1017, 1000)

    assert (spent.value.agency, spent.value.day) == ("H05.09.169", day)


@pytest.mark.parametrize(("desk", "n"), [(999, 1), (10_000, 1), (1017, 0), (1017, 1000)])
def test_numbers_no_desk_can_have_make_no_sequence(desk: int, n: int) -> None:
    with pytest.raises(ValueError, match="a desk"):
        desk_sequence(desk, n)


@given(DAYS, st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_provisional_code_can_never_be_taken_for_an_official_one(day: date, digits: str) -> None:
    code = provisional_code(day, digits)

    assert is_provisional(code)
    with pytest.raises(Malformed):
        DossierCode.parse(code)


@given(AGENCIES, DAYS, DESKS, COUNTS)
def test_an_official_code_is_never_taken_for_a_provisional_one(agency: str, day: date, desk: int, n: int) -> None:
    assert not is_provisional(str(desk_code(agency, day, desk, n)))


def test_a_provisional_code_shows_its_day_and_its_digits_in_fours() -> None:
    assert provisional_code(date(2025, 7, 1), "012345678901") == "TAM-250701-0123-4567-8901"


@pytest.mark.parametrize("digits", ["", "12345678901", "1234567890123", "12345678901x", "１２３４５６７８９０１２"])
def test_a_provisional_code_needs_twelve_digits(digits: str) -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        provisional_code(date(2025, 7, 1), digits)


@pytest.mark.parametrize(("text", "agency"), [("H05", True), ("H05.09.169", True), ("H5.9", False), ("H05.", False)])
def test_agency_identifiers_have_a_shape(text: str, agency: bool) -> None:
    assert is_agency_id(text) is agency
