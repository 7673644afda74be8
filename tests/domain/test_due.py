"""Due dates: the table of cases that other systems get wrong, and three properties over everything."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.calendar import DayType, Opening, OwnHours, SpecialDay, WorkingCalendar, at
from desk.domain.clock import VN, civil
from desk.domain.due import TimeLimit, Unit, due, months_later
from tests import make

SHOP = (Opening(time(7), time(11, 30)), Opening(time(13, 30), time(17)))
MORNING = (Opening(time(7), time(11, 30)),)
SAME_DAY = TimeLimit(Unit.SAME_DAY, 0, "Trong ngày")


def hours(amount: int) -> TimeLimit:
    return TimeLimit(Unit.HOURS, amount, "")


def working_days(amount: int) -> TimeLimit:
    return TimeLimit(Unit.WORKING_DAYS, amount, "")


def days(amount: int) -> TimeLimit:
    return TimeLimit(Unit.DAYS, amount, "")


def months(amount: int) -> TimeLimit:
    return TimeLimit(Unit.MONTHS, amount, "")


def on_the_wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=VN)


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        pytest.param("2025-07-01 08:15", "2025-07-01 17:00", id="in the morning"),
        pytest.param("2025-07-01 06:10", "2025-07-01 17:00", id="before opening"),
        pytest.param("2025-07-01 12:20", "2025-07-01 17:00", id="over lunch"),
        pytest.param("2025-07-01 15:00", "2025-07-01 17:00", id="at the stroke of three"),
        pytest.param("2025-07-01 15:01", "2025-07-02 17:00", id="a minute past three"),
        pytest.param("2025-07-01 19:00", "2025-07-02 17:00", id="in the evening"),
        pytest.param("2025-07-04 15:30", "2025-07-07 17:00", id="late on Friday"),
        pytest.param("2025-07-05 09:00", "2025-07-07 17:00", id="on Saturday"),
        pytest.param("2025-04-25 15:30", "2025-04-26 17:00", id="late on the eve of a make-up Saturday"),
        pytest.param("2025-04-26 09:00", "2025-04-26 17:00", id="on a make-up Saturday"),
        pytest.param("2025-04-29 15:30", "2025-05-05 17:00", id="late before five days off"),
        pytest.param("2026-02-13 15:30", "2026-02-23 17:00", id="late before Tết"),
        pytest.param("2026-08-28 16:00", "2026-09-03 17:00", id="late before the swapped Monday"),
    ],
)
def test_a_same_day_procedure_is_due_at_closing_or_after_three_the_next_working_day(
    received: str, promised: str
) -> None:
    assert due(SAME_DAY, on_the_wall(received), make.calendar()) == on_the_wall(promised)


@pytest.mark.parametrize(
    ("received", "amount", "promised"),
    [
        pytest.param("2025-07-01 08:15", 3, "2025-07-04 08:15", id="same clock time"),
        pytest.param("2025-07-03 16:20", 3, "2025-07-08 16:20", id="over a weekend"),
        pytest.param("2025-07-01 12:00", 1, "2025-07-02 13:30", id="received over lunch"),
        pytest.param("2025-07-01 06:00", 1, "2025-07-02 07:00", id="received before opening"),
        pytest.param("2025-07-01 17:30", 3, "2025-07-04 17:00", id="received after closing: that day is not the first"),
        pytest.param("2025-07-05 10:00", 3, "2025-07-09 17:00", id="received on Saturday: Monday is the first"),
        pytest.param("2025-04-25 10:00", 1, "2025-04-26 10:00", id="a make-up Saturday counts"),
        pytest.param("2025-04-26 10:00", 2, "2025-04-29 10:00", id="received on a make-up Saturday"),
        pytest.param("2025-04-29 10:00", 1, "2025-05-05 10:00", id="the swapped Friday does not count"),
        pytest.param("2026-02-13 09:00", 1, "2026-02-23 09:00", id="over Tết 2026"),
        pytest.param("2026-02-13 09:00", 5, "2026-02-27 09:00", id="a week over Tết 2026"),
        pytest.param("2026-08-21 09:00", 1, "2026-08-22 09:00", id="the Saturday worked for 31 August"),
        pytest.param("2026-08-28 09:00", 1, "2026-09-03 09:00", id="31 August and 1, 2 September off"),
        pytest.param("2026-04-24 09:00", 1, "2026-04-28 09:00", id="Hùng kings on a Sunday, Monday off"),
    ],
)
def test_working_days_skip_days_off_and_keep_the_clock_time(received: str, amount: int, promised: str) -> None:
    assert due(working_days(amount), on_the_wall(received), make.calendar()) == on_the_wall(promised)


@pytest.mark.parametrize(
    ("received", "amount", "promised"),
    [
        pytest.param("2025-07-01 08:00", 2, "2025-07-01 10:00", id="within the morning"),
        pytest.param("2025-07-01 10:30", 2, "2025-07-01 14:30", id="through lunch"),
        pytest.param("2025-07-01 09:30", 2, "2025-07-01 11:30", id="up to lunch"),
        pytest.param("2025-07-01 11:30", 1, "2025-07-01 14:30", id="received as lunch begins"),
        pytest.param("2025-07-01 16:30", 2, "2025-07-02 08:30", id="through the night"),
        pytest.param("2025-07-04 16:00", 2, "2025-07-07 08:00", id="through a weekend"),
        pytest.param("2025-07-01 07:00", 8, "2025-07-01 17:00", id="a whole day"),
        pytest.param("2025-07-01 07:00", 168, "2025-07-29 17:00", id="168 hours are 21 working days"),
    ],
)
def test_hours_are_working_hours(received: str, amount: int, promised: str) -> None:
    assert due(hours(amount), on_the_wall(received), make.calendar()) == on_the_wall(promised)


@pytest.mark.parametrize(
    ("limit", "received", "promised"),
    [
        pytest.param(days(23), "2025-07-01 08:15", "2025-07-24 17:00", id="days"),
        pytest.param(days(4), "2025-07-01 08:15", "2025-07-07 17:00", id="ending on Saturday: Monday"),
        pytest.param(days(5), "2026-02-10 08:15", "2026-02-23 17:00", id="ending in Tết: after it"),
        pytest.param(days(1), "2025-04-25 08:15", "2025-04-26 17:00", id="ending on a make-up Saturday: that day"),
        pytest.param(months(1), "2026-01-30 08:15", "2026-03-02 17:00", id="no 30 February, and the 28th is Saturday"),
        pytest.param(months(2), "2025-07-01 08:15", "2025-09-03 17:00", id="over the National Day"),
    ],
)
def test_calendar_days_and_months_end_with_the_last_day_rolled_to_a_working_one(
    limit: TimeLimit, received: str, promised: str
) -> None:
    assert due(limit, on_the_wall(received), make.calendar()) == on_the_wall(promised)


def test_a_procedure_without_a_date_promises_none() -> None:
    assert due(TimeLimit(Unit.NONE, 0, "theo thỏa thuận"), make.TUESDAY, make.calendar()) is None


def test_many_pages_get_two_more_working_days() -> None:
    extended = TimeLimit(Unit.SAME_DAY, 2, "thêm không quá 02 ngày làm việc")

    promised = due(extended, on_the_wall("2025-07-03 09:00"), make.calendar())

    assert promised == on_the_wall("2025-07-07 17:00")


def test_an_earlier_cutoff_of_the_catalogue_counts() -> None:
    till_ten = TimeLimit(Unit.SAME_DAY, 0, "", cutoff=time(10))

    promised = due(till_ten, on_the_wall("2025-07-01 10:01"), make.calendar())

    assert promised == on_the_wall("2025-07-02 17:00")


def test_what_comes_after_a_short_day_has_closed_is_for_the_next_working_day() -> None:
    office = calendar_with(week=(*[SHOP] * 5, MORNING, ()))

    before, after = (due(SAME_DAY, on_the_wall(f"2025-07-05 {clock}"), office) for clock in ("11:30", "11:31"))

    assert before == on_the_wall("2025-07-05 11:30")
    assert after == on_the_wall("2025-07-07 17:00")


def test_a_working_day_that_ends_on_a_short_day_ends_with_its_closing() -> None:
    office = calendar_with(week=(*[SHOP] * 5, MORNING, ()))

    promised = due(working_days(1), on_the_wall("2025-07-04 15:00"), office)

    assert promised == on_the_wall("2025-07-05 11:30")


def test_an_agency_with_its_own_hours_promises_by_them() -> None:
    early = OwnHours(week=(*[(Opening(time(6, 30), time(14)),)] * 5, (), ()), days={})
    office = calendar_with(agencies={make.VU_NINH: early}).for_agency(make.VU_NINH)

    promised = due(SAME_DAY, on_the_wall("2025-07-01 08:15"), office)

    assert promised == on_the_wall("2025-07-01 14:00")


def test_a_month_later_than_the_longest_day_is_the_last_of_a_shorter_month() -> None:
    assert months_later(date(2025, 8, 31), 1) == date(2025, 9, 30)
    assert months_later(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert months_later(date(2025, 12, 5), 1) == date(2026, 1, 5)


# --- properties over arbitrary calendars, limits and moments --------------------------------------------------------


def calendar_with(**facts: object) -> WorkingCalendar:
    plain: dict[str, object] = {
        "version": "test",
        "first_day": date(2025, 1, 1),
        "last_day": date(2027, 12, 31),
        "week": (*[SHOP] * 5, (), ()),
        "days": {},
        "agencies": {},
    }
    return WorkingCalendar(**plain | facts)  # type: ignore[arg-type]


MONDAY = date(2025, 6, 30)
NEAR = st.integers(0, 40).map(lambda days: MONDAY + timedelta(days=days))
SPECIAL = st.builds(SpecialDay, st.sampled_from(DayType), st.just("a day"), st.none() | NEAR)
WEEKS = st.sampled_from(
    [
        (*[SHOP] * 5, (), ()),
        (*[SHOP] * 5, MORNING, ()),
        (*[(Opening(time(8), time(16)),)] * 5, (), ()),
        (SHOP, (), MORNING, (), SHOP, (), ()),
    ]
)
CALENDARS = st.builds(
    lambda week, days: calendar_with(week=week, days=days), WEEKS, st.dictionaries(NEAR, SPECIAL, max_size=12)
)
MOMENTS = st.integers(0, 35 * 24 * 60).map(lambda minutes: at(MONDAY, time()) + timedelta(minutes=minutes))
LIMITS = st.one_of(
    st.builds(
        TimeLimit, st.just(Unit.SAME_DAY), st.integers(0, 2), st.just(""), st.sampled_from([time(15), time(10, 30)])
    ),
    st.integers(1, 12).map(hours),
    st.integers(1, 6).map(working_days),
    st.integers(1, 9).map(days),
    st.integers(1, 2).map(months),
)


@given(LIMITS, MOMENTS, CALENDARS)
def test_nothing_is_ever_due_while_the_office_is_closed(
    limit: TimeLimit, received_at: datetime, calendar: WorkingCalendar
) -> None:
    promised = due(limit, received_at, calendar)

    assert promised is not None
    assert calendar.is_working_moment(promised)
    assert promised >= received_at


@given(LIMITS, MOMENTS, MOMENTS, CALENDARS)
def test_who_comes_later_is_never_promised_an_earlier_date(
    limit: TimeLimit, one: datetime, other: datetime, calendar: WorkingCalendar
) -> None:
    earlier, later = sorted((one, other))

    first, second = due(limit, earlier, calendar), due(limit, later, calendar)

    assert first is not None
    assert second is not None
    assert first <= second


@given(LIMITS, MOMENTS, CALENDARS)
def test_the_engine_agrees_with_a_clerk_who_counts_on_the_wall_clock(
    limit: TimeLimit, received_at: datetime, calendar: WorkingCalendar
) -> None:
    assert due(limit, received_at, calendar) == count_minute_by_minute(limit, received_at, calendar)


def count_minute_by_minute(limit: TimeLimit, received_at: datetime, calendar: WorkingCalendar) -> datetime:
    """An oracle that knows nothing but whether the office is open at a minute, and walks from one to the next."""
    match limit.unit:
        case Unit.HOURS:
            return _after_open_minutes(received_at, limit.amount * 60, calendar)
        case Unit.WORKING_DAYS:
            return _same_clock_on(
                _nth_open_day(civil(received_at).date(), limit.amount, calendar), received_at, calendar
            )
        case Unit.SAME_DAY:
            first = civil(received_at).date()
            if not _received_in_time(received_at, limit.cutoff, calendar):
                first = _nth_open_day(first, 1, calendar)
            return _last_open_minute(_nth_open_day(first, limit.amount, calendar), calendar)
        case _:
            day = _calendar_end(civil(received_at).date(), limit)
            while not _open_minutes(day, calendar):
                day += timedelta(days=1)
            return _last_open_minute(day, calendar)


def _open_minutes(day: date, calendar: WorkingCalendar) -> list[datetime]:
    midnight = at(day, time())
    minutes = (midnight + timedelta(minutes=minute) for minute in range(24 * 60))
    return [minute for minute in minutes if calendar.is_working_moment(minute)]


def _last_open_minute(day: date, calendar: WorkingCalendar) -> datetime:
    return _open_minutes(day, calendar)[-1]


def _after_open_minutes(start: datetime, minutes: int, calendar: WorkingCalendar) -> datetime:
    """A minute has been worked when the office was open at both its ends."""
    while minutes:
        end = start + timedelta(minutes=1)
        minutes -= calendar.is_working_moment(start) and calendar.is_working_moment(end)
        start = end
    return start


def _nth_open_day(day: date, count: int, calendar: WorkingCalendar) -> date:
    while count:
        day += timedelta(days=1)
        count -= bool(_open_minutes(day, calendar))
    return day


def _same_clock_on(last: date, received_at: datetime, calendar: WorkingCalendar) -> datetime:
    received = civil(received_at)
    still_open = [minute for minute in _open_minutes(received.date(), calendar) if minute >= received]
    if not still_open:
        return _last_open_minute(last, calendar)
    wanted = at(last, civil(still_open[0]).time())
    return next(
        (minute for minute in _open_minutes(last, calendar) if minute >= wanted), _last_open_minute(last, calendar)
    )


def _received_in_time(received_at: datetime, cutoff: time, calendar: WorkingCalendar) -> bool:
    received = civil(received_at)
    return received.time() <= cutoff and any(minute >= received for minute in _open_minutes(received.date(), calendar))


def _calendar_end(day: date, limit: TimeLimit) -> date:
    if limit.unit is Unit.DAYS:
        return day + timedelta(days=limit.amount)
    while True:
        try:
            return day.replace(month=day.month + limit.amount)  # no example begins so late that the year would end
        except ValueError:
            day -= timedelta(days=1)
