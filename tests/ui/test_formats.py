"""Numbers, days and times as people in the country read them."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.ui.formats import as_ago, as_moment, as_moment_from, as_money, typed_birth_date
from desk.ui.words import Language, Words

NOW = datetime(2025, 7, 1, 1, 15, tzinfo=UTC)


def test_money_has_points_and_never_breaks_before_its_sign() -> None:
    assert as_money(14_000) == "14.000\u00a0đ"


def test_a_moment_is_read_on_the_clock_of_the_country_whatever_the_computer_believes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")

    assert as_moment(datetime(2025, 11, 22, 17, 30, tzinfo=UTC)) == "00:30 23/11/2025"


@pytest.mark.parametrize(
    ("hours", "said"),
    [(8, "16:15 hôm nay, 01/07/2025"), (32, "16:15 ngày mai, 02/07/2025"), (104, "16:15 Thứ Bảy, 05/07/2025")],
)
def test_a_due_moment_is_said_as_people_say_it(hours: int, said: str) -> None:
    moment = datetime(2025, 7, 1, 1, 15, tzinfo=UTC) + timedelta(hours=hours)

    assert as_moment_from(Words(Language.VI), moment, NOW) == said


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=-5), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_unit_that_fits(ago: timedelta, said: str) -> None:
    assert as_ago(Words(Language.EN), NOW - ago, NOW) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3/2/1980", "1980-02-03"),
        ("03-02-1980", "1980-02-03"),
        ("03.02.1980 ", "1980-02-03"),
        ("03021980", "1980-02-03"),
        ("1980", "1980"),
        ("1980-02-03", "1980-02-03"),
        ("31/02/1980", "1980-02-31"),
        ("hôm qua", "hôm qua"),
        ("", ""),
    ],
)
def test_a_date_of_birth_is_understood_in_the_ways_clerks_type_it(typed: str, said: str) -> None:
    assert typed_birth_date(typed) == said
