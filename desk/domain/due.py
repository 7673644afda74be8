"""The promise on the slip: when a result can be fetched, given a limit, a moment of receipt and a calendar.

How each unit is read, and why, is on `TimeLimit`. What holds for all of them: the result is never outside opening
hours, and a later receipt never gives an earlier due date.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from desk.domain.calendar import Hours, WorkingCalendar, at
from desk.domain.clock import civil

LATEST_SAME_DAY = time(15)
"""What the rules on certification and civil status say where the catalogue says nothing else (NĐ 280/2025/NĐ-CP)."""


class Unit(StrEnum):
    SAME_DAY = "same_day"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long an agency may take, and the words for it that the slip prints.

    same_day      until closing time of the day of receipt, or of the next working day for what comes after the `cutoff`
                  or after closing; `amount` more working days where a case allows them, normally 0
    hours         working hours, counted through lunch, nights and days off
    working_days  the same clock time that many working days later, or closing time for what comes after closing or on
                  a day off; the day of receipt is never the first day (article 147 of the Civil Code 2015)
    days, months  of the calendar, until closing time of the last day; a last day off rolls on to the next working day
                  (article 148 of the Civil Code 2015)
    none          procedures that legitimately promise no date
    """

    unit: Unit
    amount: int
    text: str
    cutoff: time = LATEST_SAME_DAY


def due(limit: TimeLimit, received_at: datetime, calendar: WorkingCalendar) -> datetime | None:
    """When the result is due (UTC, in whole minutes), or None where no date is promised."""
    moment = _due(limit, civil(received_at).replace(second=0, microsecond=0), calendar)
    return None if moment is None else moment.astimezone(UTC)


def _due(limit: TimeLimit, start: datetime, calendar: WorkingCalendar) -> datetime | None:
    match limit.unit:
        case Unit.SAME_DAY:
            return _same_day(start, limit, calendar)
        case Unit.HOURS:
            return _hours(start, limit.amount, calendar)
        case Unit.WORKING_DAYS:
            return _working_days(start, limit.amount, calendar)
        case Unit.DAYS:
            return _closing_from(start.date() + timedelta(days=limit.amount), calendar)
        case Unit.MONTHS:
            return _closing_from(months_later(start.date(), limit.amount), calendar)
        case Unit.NONE:
            return None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _same_day(start: datetime, limit: TimeLimit, calendar: WorkingCalendar) -> datetime:
    day = start.date()
    in_time = calendar.is_working_day(day) and start.time() <= min(limit.cutoff, calendar.hours(day)[-1].closes)
    first = day if in_time else calendar.working_day_after(day)
    return calendar.closing(calendar.working_day_after(first, limit.amount))


def _hours(start: datetime, hours: int, calendar: WorkingCalendar) -> datetime:
    left = timedelta(hours=hours)
    day = start.date()
    while True:
        for opening in calendar.hours(day):
            begin = max(start, at(day, opening.opens))
            room = at(day, opening.closes) - begin
            if room >= left:
                return begin + left
            left -= max(room, timedelta())
        day += timedelta(days=1)


def _working_days(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    counted_from = _when_open(start.time(), calendar.hours(start.date())) or time.max
    last = calendar.working_day_after(start.date(), days)
    hours = calendar.hours(last)
    return at(last, _when_open(counted_from, hours) or hours[-1].closes)


def _when_open(clock: time, hours: Hours) -> time | None:
    """That time, or the next opening of the same day; None after the last closing and on a day off."""
    return next((max(clock, opening.opens) for opening in hours if clock <= opening.closes), None)


def _closing_from(day: date, calendar: WorkingCalendar) -> datetime:
    return calendar.closing(calendar.working_day_from(day))
