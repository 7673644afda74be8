"""The province's own time, and the civil day of Viet Nam."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

from sync.protocol.instant import read_instant
from sync.protocol.problems import Unreadable

Clock = Callable[[], datetime]

VN = timezone(timedelta(hours=7))
"""No summer time since 1975, so a fixed offset is the whole truth."""


def system_clock() -> datetime:
    return datetime.now(UTC)


def civil_day(instant: str) -> date:
    """The day in Viet Nam of an instant as written in an entry. Raises Unreadable where there is no such day."""
    try:
        return read_instant(instant).astimezone(VN).date()
    except OverflowError as error:
        raise Unreadable("instant", "no such day in Viet Nam") from error


def is_moment(instant: str) -> bool:
    """Is this a day that exists?"""
    try:
        civil_day(instant)
    except Unreadable:
        return False
    return True


def in_viet_nam(instant: str) -> str:
    """`2025-07-01T08:15:00+07:00`, as in the files people exchange; milliseconds only where there are some.

    A moment that does not exist is given back as it was said.
    """
    try:
        moment = read_instant(instant).astimezone(VN)
    except (Unreadable, OverflowError):
        return instant
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
