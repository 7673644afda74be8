"""Dates of birth as far as they are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.people import BirthDate


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2200, 12, 31)), st.booleans())
def test_a_birth_date_reads_back_as_it_was_written(day: date, year_only: bool) -> None:
    born = BirthDate(day.year) if year_only else BirthDate.of(day)

    assert BirthDate.parse(str(born)) == born


def test_paper_shows_a_year_alone_where_only_the_year_is_known() -> None:
    assert BirthDate.parse("1980-02-03").on_paper() == "03/02/1980"
    assert BirthDate.parse("1943").on_paper() == "1943"


@pytest.mark.parametrize(
    "text",
    ["", "80", "1980-2-3", "1980-02", "1981-02-29", "03/02/1980", "1980-02-03T00:00", "0001", "２０００", "9999"],
)
def test_what_is_no_date_of_birth_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  which words it says does not matter
        BirthDate.parse(text)


def test_a_month_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="a day and a month"):
        BirthDate(1980, 2)
