"""When offices work: weekly hours, and a table of the days that differ.

Nothing about a holiday is worked out here. The government announces Tết and the swapped days year by year, provinces
have hours and Saturday duties of their own, so all of it is a document that the province publishes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from desk.domain.clock import VN, civil
from desk.domain.errors import DocumentRefused, Reason
from desk.domain.reading import Reader

FORMAT = 1
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DAY = timedelta(days=1)


class DayType(StrEnum):
    OFF = "off"
    WORKING = "working"
    MAKE_UP = "make_up"
    """A rest day worked in exchange for another day off."""


@dataclass(frozen=True, slots=True)
class Opening:
    """From `opens` to `closes` on the office clock, both moments included."""

    opens: time
    closes: time


Hours = tuple[Opening, ...]
"""A day's openings in order, with gaps between them (lunch); empty on a day off."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday. `instead_of` is the day off a make-up day pays for."""

    type: DayType
    name: str
    instead_of: date | None = None


@dataclass(frozen=True, slots=True)
class OwnHours:
    """What one agency does differently from the province."""

    week: tuple[Hours, ...] | None
    days: Mapping[date, SpecialDay]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working time of a province, or of one agency after `for_agency`. `week` starts on Monday."""

    version: str
    first_day: date
    last_day: date
    week: tuple[Hours, ...]
    days: Mapping[date, SpecialDay]
    agencies: Mapping[str, OwnHours]

    def for_agency(self, agency: str) -> "WorkingCalendar":
        """The calendar with the agency's own hours and days laid over the province's."""
        own = self.agencies.get(agency)
        if own is None:
            return self
        return replace(self, week=own.week or self.week, days={**self.days, **own.days}, agencies={})

    def knows(self, day: date) -> bool:
        """Whether holidays of that day are announced. Outside, only the weekly rule is left."""
        return self.first_day <= day <= self.last_day

    def day_type(self, day: date) -> DayType:
        special = self.days.get(day)
        if special is not None:
            return special.type
        return DayType.WORKING if self.week[day.weekday()] else DayType.OFF

    def hours(self, day: date) -> Hours:
        """The openings of a day. A make-up day has the hours of the weekday it stands for."""
        special = self.days.get(day)
        if special is None:
            return self.week[day.weekday()]
        if special.type is DayType.OFF:
            return ()
        model = special.instead_of or day
        return self.week[model.weekday()] or next(hours for hours in self.week if hours)

    def is_working_day(self, day: date) -> bool:
        return self.day_type(day) is not DayType.OFF

    def is_working_moment(self, instant: datetime) -> bool:
        """Whether the counter is open: from the opening to the closing, both included."""
        moment = civil(instant)
        return any(opening.opens <= moment.time() <= opening.closes for opening in self.hours(moment.date()))

    def closing(self, day: date) -> datetime:
        """The last moment of a working day."""
        return at(day, self.hours(day)[-1].closes)

    def working_day_from(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def working_day_after(self, day: date, count: int = 1) -> date:
        """The count-th working day after that day."""
        for _ in range(count):
            day = self.working_day_from(day + _DAY)
        return day


def at(day: date, clock: time) -> datetime:
    """A civil day and the office clock as an instant."""
    return datetime.combine(day, clock, VN)


def read_calendar(document: object) -> WorkingCalendar:
    """Read a published calendar, strictly. Raises `DocumentRefused` with the path of the first thing that is wrong."""
    reader = Reader(document, "", _refused)
    reader.whole("format", least=FORMAT, most=FORMAT)
    reader.origin()
    week = _read_week(reader.inner("hours"))
    calendar = WorkingCalendar(
        version=reader.filled("version", most=40),
        first_day=reader.day("first_day"),
        last_day=reader.day("last_day"),
        week=week,
        days=_read_days(reader),
        agencies=_read_agencies(reader.inner("agencies")) if reader.has("agencies") else {},
    )
    reader.done()
    return calendar


def _read_agencies(reader: Reader) -> dict[str, OwnHours]:
    return {agency: _read_own(reader.inner(agency)) for agency in reader.keys(most=2_000)}


def _read_own(reader: Reader) -> OwnHours:
    reader.origin()
    week = _read_week(reader.inner("hours")) if reader.has("hours") else None
    own = OwnHours(week, _read_days(reader) if reader.has("days") else {})
    reader.done()
    return own


def _read_week(reader: Reader) -> tuple[Hours, ...]:
    reader.origin()
    week = tuple(_read_hours(reader, weekday) for weekday in WEEKDAYS)
    reader.done()
    if not any(week):
        reader.refuse("monday", "hours", Reason.EMPTY)  # an office that never opens would have no due date at all
    return week


def _read_hours(reader: Reader, weekday: str) -> Hours:
    openings: list[Opening] = []
    for one in reader.objects(weekday, most=6):
        opens, closes = read_clock(one, "opens"), read_clock(one, "closes")
        one.done()
        if opens >= closes or (openings and opens <= openings[-1].closes):
            one.refuse("opens", "hours", Reason.OUT_OF_RANGE)
        openings.append(Opening(opens, closes))
    return tuple(openings)


def _read_days(reader: Reader) -> dict[date, SpecialDay]:
    days: dict[date, SpecialDay] = {}
    for one in reader.objects("days", most=4_000):
        day = one.day("date")
        if day in days:
            one.refuse("date", "date", Reason.TOO_MANY)
        one.origin()
        days[day] = SpecialDay(
            type=one.choice("type", DayType),
            name=one.filled("name", most=200),
            instead_of=one.day("instead_of") if one.has("instead_of") else None,
        )
        one.done()
    return days


def read_clock(reader: Reader, key: str) -> time:
    """A time on the office clock, written "07:30"."""
    text = reader.filled(key, most=5)
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  a clock time has no day, so no zone
    except ValueError:
        return reader.refuse(key, "clock", Reason.BAD_SHAPE)


def _refused(path: str, kind: str, reason: Reason) -> DocumentRefused:
    return DocumentRefused("calendar", path, reason)
