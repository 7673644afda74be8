"""The working calendar: its reading, the shipped days, and an outside opinion about them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import holidays
import pytest

from desk.domain.calendar import DayType, Opening, at, read_calendar
from desk.domain.errors import DocumentRefused, Reason
from tests import make

SHIPPED_YEARS = (2025, 2026, 2027)


def broken(path: str, value: Any) -> Any:
    """The shipped calendar with one value replaced."""
    document = make.document("calendar/vn.json")
    *way, last = path.split(".")
    inner = document
    for step in way:
        inner = inner[int(step) if step.isdigit() else step]
    inner[int(last) if last.isdigit() else last] = value
    return document


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


@pytest.mark.parametrize(
    ("day", "type"),
    [
        (date(2025, 7, 1), DayType.WORKING),
        (date(2025, 7, 5), DayType.OFF),
        (date(2025, 4, 26), DayType.MAKE_UP),
        (date(2025, 5, 2), DayType.OFF),
        (date(2026, 2, 18), DayType.OFF),
        (date(2026, 4, 27), DayType.OFF),
        (date(2026, 8, 22), DayType.MAKE_UP),
        (date(2026, 8, 31), DayType.OFF),
    ],
)
def test_the_shipped_days_have_their_types(day: date, type: DayType) -> None:
    assert make.calendar().day_type(day) is type


def test_a_make_up_saturday_has_the_hours_of_the_day_it_stands_for() -> None:
    calendar = make.calendar()

    assert calendar.hours(date(2025, 4, 26)) == calendar.hours(date(2025, 4, 25))
    assert calendar.is_working_moment(at(date(2025, 4, 26), time(8)))


def test_a_day_declared_working_is_worked_whatever_its_weekday() -> None:
    sunday = {"date": "2025-07-06", "type": "working", "name": "Trực giải quyết hồ sơ"}
    document = make.document("calendar/vn.json")
    document["days"].append(sunday)

    calendar = read_calendar(document)

    assert calendar.is_working_day(date(2025, 7, 6))
    assert calendar.hours(date(2025, 7, 6)) == calendar.hours(date(2025, 7, 7))


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [
        ("06:59", False),
        ("07:00", True),
        ("11:30", True),
        ("11:31", False),
        ("13:30", True),
        ("17:00", True),
        ("17:01", False),
    ],
)
def test_the_office_is_open_from_opening_to_closing_and_not_over_lunch(clock: str, is_open: bool) -> None:
    moment = at(date(2025, 7, 1), time.fromisoformat(clock)).astimezone(UTC)

    assert make.calendar().is_working_moment(moment) is is_open


def test_an_agency_lays_its_hours_and_days_over_the_provinces() -> None:
    document = broken("agencies", {make.VU_NINH: {"hours": week(saturday=[{"opens": "07:30", "closes": "11:00"}])}})
    document["agencies"]["H05.00"] = {"days": [{"date": "2025-07-02", "type": "off", "name": "Chuyển trụ sở"}]}
    calendar = read_calendar(document)

    vu_ninh, centre, other = (calendar.for_agency(agency) for agency in (make.VU_NINH, "H05.00", "H05.07.210"))

    assert vu_ninh.hours(date(2025, 7, 5)) == (Opening(time(7, 30), time(11)),)
    assert vu_ninh.day_type(date(2026, 2, 18)) is DayType.OFF
    assert not centre.is_working_day(date(2025, 7, 2))
    assert other == calendar


def week(**days: Any) -> dict[str, Any]:
    shipped: dict[str, Any] = make.document("calendar/vn.json")["hours"]
    return shipped | days


def test_the_calendar_knows_which_years_were_announced() -> None:
    assert make.calendar().knows(date(2026, 8, 31))
    assert not make.calendar().knows(date(2028, 1, 3))


@pytest.mark.parametrize(
    ("path", "value", "where", "reason"),
    [
        pytest.param("format", 2, "format", Reason.OUT_OF_RANGE, id="a newer format"),
        pytest.param("format", True, "format", Reason.WRONG_TYPE, id="a flag for a format"),
        pytest.param("days.0.type", "half", "days.0.type", Reason.UNKNOWN_CHOICE, id="a fourth type"),
        pytest.param("days.0.date", "2025-02-30", "days.0.date", Reason.IMPOSSIBLE_DATE, id="no such day"),
        pytest.param("days.1.date", "2025-01-01", "days.1.date", Reason.TOO_MANY, id="a day twice"),
        pytest.param("days.0.colour", "red", "days.0.colour", Reason.UNKNOWN_KEY, id="an unknown key"),
        pytest.param("days.0.certainty", "X", "days.0.certainty", Reason.UNKNOWN_CHOICE, id="a fifth certainty"),
        pytest.param(
            "hours.monday.0.closes", "06:00", "hours.monday.0.opens", Reason.OUT_OF_RANGE, id="closes before it opens"
        ),
        pytest.param("hours.monday.1.opens", "11:00", "hours.monday.1.opens", Reason.OUT_OF_RANGE, id="overlapping"),
        pytest.param("hours.monday.0.opens", "7", "hours.monday.0.opens", Reason.BAD_SHAPE, id="no clock time"),
        pytest.param("hours", {d: [] for d in week()}, "hours.source", Reason.WRONG_TYPE, id="a list for a source"),
        pytest.param("version", "", "version", Reason.EMPTY, id="no version"),
    ],
)
def test_a_calendar_with_a_mistake_is_refused_with_its_place(path: str, value: Any, where: str, reason: Reason) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_calendar(broken(path, value))

    assert (refused.value.document, refused.value.path, refused.value.reason) == ("calendar", where, reason)


def test_an_office_that_never_opens_is_refused() -> None:
    never: dict[str, Any] = {day: [] for day in week() if day.endswith("day")}

    with pytest.raises(DocumentRefused):
        read_calendar(broken("hours", never))


# The library `holidays` is nobody's law either, but other people wrote it. It knows no swap of 2 January 2026.
DIFFER = {
    date(2026, 1, 2): "swapped with 10 January",
    date(2026, 1, 10): "the Saturday worked for it",
}


@pytest.mark.parametrize("year", SHIPPED_YEARS)
def test_an_outside_calendar_agrees_on_every_day_but_those_we_explain(year: int) -> None:
    theirs = holidays.country_holidays("VN", years=year)

    differ = {day for day in days_of(year) if theirs.is_working_day(day) != make.calendar().is_working_day(day)}

    assert differ == {day for day in DIFFER if day.year == year}


def test_every_swapped_day_is_paid_for_once() -> None:
    special = make.calendar().days

    paid = [day.instead_of for day in special.values() if day.type is DayType.MAKE_UP]

    assert len(paid) == len(set(paid))
    assert all(day is not None and special[day].type is DayType.OFF for day in paid)


def test_the_shipped_calendar_covers_its_years_and_the_present() -> None:
    assert make.calendar().first_day == date(SHIPPED_YEARS[0], 1, 1)
    assert make.calendar().last_day == date(SHIPPED_YEARS[-1], 12, 31)
    assert make.calendar().is_working_moment(datetime(2026, 11, 23, 1, tzinfo=UTC))
