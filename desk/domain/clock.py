"""Instants, civil time at +07:00, and what to think of a computer's clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from desk.domain.errors import ClockBehind, ClockOff, ClockUnset

VN = timezone(timedelta(hours=7), "+07:00")
"""The only civil time there is here, whatever zone the computer believes in. Viet Nam has no summer time."""

LEEWAY = timedelta(minutes=5)
"""How far clocks may disagree before anybody is told: what two computers set by hand differ by."""

WRONG = timedelta(minutes=10)
"""From here on a clock is said to be wrong, and promises are computed from the province's time where that is known."""


class Doubt(StrEnum):
    """What speaks against a clock, the gravest first."""

    UNSET = "unset"
    """It stands before the day this very program was built: a dead battery."""
    BEHIND = "behind"
    """It stands before the last entry of the journal."""
    OFF = "off"
    """It was `WRONG` or more away from the province's when last compared."""


@dataclass(frozen=True, slots=True)
class ClockLook:
    """A computer's clock at one moment, and all there is to check it by. `offset` leads to the province's time.

    `confirmed` says that somebody has vouched today for what it shows; `compared`, that since then it was compared
    with the province's.
    """

    shown: datetime
    doubt: Doubt | None = None
    last: datetime | None = None
    offset: timedelta | None = None
    confirmed: bool = False
    compared: bool = False

    @property
    def corrected(self) -> datetime:
        """The time to promise by: the province's where the clock is known to be wrong, otherwise as shown."""
        return self.shown + self.offset if self.offset is not None and abs(self.offset) >= WRONG else self.shown

    @property
    def only_a_persons_word(self) -> bool:
        """Doubtful, now or when somebody vouched for it, and nothing else speaks for it: papers say so."""
        vouched_for = self.confirmed and not self.compared
        return (self.doubt is not None or vouched_for) and self.corrected == self.shown

    def check(self, *, strictly: bool = False) -> None:
        """Raises `ClockBehind` or `ClockUnset` for a clock nobody may write by before somebody vouched for the day.

        With `strictly`, where a person stands before the screen, also `ClockOff`: it is corrected, and said aloud.
        """
        if self.confirmed:
            return
        if strictly and self.corrected != self.shown:
            raise ClockOff(now=self.shown, province=self.corrected)
        if self.doubt is Doubt.BEHIND and self.last is not None:
            raise ClockBehind(last=self.last, now=self.shown)
        if self.doubt is Doubt.UNSET and self.only_a_persons_word:
            raise ClockUnset(now=self.shown)


def doubt(now: datetime, *, last: datetime | None, offset: timedelta | None, built: datetime | None) -> Doubt | None:
    """What speaks against a clock that shows `now`. None in the others: not known."""
    if built is not None and now < built - LEEWAY:
        return Doubt.UNSET
    if last is not None and now < last - LEEWAY:
        return Doubt.BEHIND
    return Doubt.OFF if offset is not None and abs(offset) >= WRONG else None


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
