"""Instants, civil time at +07:00, and what to do when the computer's clock stands behind the journal."""

from datetime import UTC, date, datetime, timedelta, timezone

from desk.domain.errors import ClockBehind

VN = timezone(timedelta(hours=7), "+07:00")
"""The only civil time there is here, whatever zone the computer believes in. Viet Nam has no summer time."""

LEEWAY = timedelta(minutes=5)
"""How far clocks may disagree before anybody is told: what two computers set by hand differ by."""


def civil(instant: datetime) -> datetime:
    """The same instant as the clock on the office wall shows it."""
    return instant.astimezone(VN)


def civil_day(instant: datetime) -> date:
    """The day written on paper and in a dossier's code."""
    return civil(instant).date()


def instant(text: str) -> datetime:
    """An ISO instant as UTC. Raises ValueError for anything else, a time without offset included."""
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError("a time without an offset is not an instant")
    if not 1900 <= moment.year <= 2200:
        raise ValueError("a time nobody here lives in")
    return moment.astimezone(UTC)


def check_clock(last_entry_at: datetime | None, now: datetime) -> None:
    """Refuse to write with a clock that stands more than `LEEWAY` before the last entry.

    Raises `ClockBehind`. The caller decides whether to ask the clerk, take the province's time, or stop.
    """
    if last_entry_at is not None and now < last_entry_at - LEEWAY:
        raise ClockBehind(last=last_entry_at, now=now)
