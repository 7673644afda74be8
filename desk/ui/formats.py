"""How numbers, days and times read on the screen, in either language: 14.000 đ, 22/11/2026, 16:30. Qt-free."""

import re
from datetime import date, datetime

from desk.domain.clock import civil, civil_day
from desk.ui.words import Words

_TYPED_DAY = re.compile(r"(\d{1,2})[ ./\-]+(\d{1,2})[ ./\-]+(\d{4})")
_RUN_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")


def as_money(dong: int) -> str:
    """With a space that no line breaks at."""
    return f"{dong:,}".replace(",", ".") + "\u00a0đ"


def as_day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def as_clock(instant: datetime) -> str:
    return f"{civil(instant):%H:%M}"


def as_moment(instant: datetime) -> str:
    return f"{as_clock(instant)} {as_day(civil_day(instant))}"


def as_moment_from(words: Words, instant: datetime, now: datetime) -> str:
    """The moment as people say it: "16:30 today", "16:30 tomorrow", else with the weekday and the date."""
    day = civil_day(instant)
    distance = (day - civil_day(now)).days
    blanks = {"clock": as_clock(instant), "day": as_day(day)}
    if distance in (0, 1):
        return words("moment.today" if distance == 0 else "moment.tomorrow", **blanks)
    return words("moment.other", weekday=words(f"weekdays.{day.isoweekday()}"), **blanks)


def as_day_from(words: Words, instant: datetime, now: datetime) -> str:
    """Short, for a table: the clock time today, else the day."""
    same = civil_day(instant) == civil_day(now)
    return words("moment.today_short", clock=as_clock(instant)) if same else as_day(civil_day(instant))


def as_ago(words: Words, instant: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    minutes = max(0, int((now - instant).total_seconds()) // 60)
    if minutes < 1:
        return words("moment.under_a_minute")
    if minutes < 60:
        return words.count("moment.minutes", minutes)
    if minutes < 48 * 60:
        return words.count("moment.hours", minutes // 60)
    return words.count("moment.days", minutes // (24 * 60))


def typed_birth_date(text: str) -> str:
    """What a clerk types ("3/2/1980", "03-02-1980", "03021980", "1980") as the intake's JSON wants it.

    What cannot be read comes back as it is, for the intake to refuse by name.
    """
    typed = text.strip()
    match = _TYPED_DAY.fullmatch(typed) or _RUN_DAY.fullmatch(typed)
    if match is None:
        return typed
    day, month, year = match.groups()
    return f"{year}-{month:>02}-{day:>02}"
