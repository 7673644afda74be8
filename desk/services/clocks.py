"""The computer's clock against everything that can contradict it, and a person's word where nothing can."""

from datetime import datetime, timedelta

from desk.domain.clock import LEEWAY, ClockLook, civil_day, doubt
from desk.services.ports import Clerk, Clock, OpenReading, OpenWork, Reading, Work
from sync.protocol.entries.clock_confirmed import ClockConfirmed
from sync.protocol.instant import write_instant


def look(*, open_reading: OpenReading, clock: Clock, built: datetime | None = None) -> ClockLook:
    """The clock as it stands. `built` is when the program was made, if that is known: no clock can stand before it."""
    with open_reading() as memory:
        return of(memory, clock(), built)


def confirm_day(*, clerk: Clerk, open_work: OpenWork, clock: Clock, built: datetime | None = None) -> ClockLook:
    """Somebody says that the day on the screen is right. Saying it again the same day writes nothing."""
    with open_work() as work:
        seen = of(work, clock(), built)
        confirm(work, seen, clerk)
        work.commit()
    return seen


def of(memory: Reading | Work, now: datetime, built: datetime | None) -> ClockLook:
    last, offset = memory.journal.last_at(), memory.contact.offset()
    said = memory.contact.clock_confirmed()
    doubted = doubt(now, last=last, offset=offset, built=built)
    if said is None or civil_day(said.shown) != civil_day(now) or not _is_same(said.offset, offset):
        return ClockLook(now, doubted, last, offset)
    return ClockLook(now, doubted, last, offset, confirmed=True, compared=said.held)


def confirm(work: Work, seen: ClockLook, clerk: Clerk) -> None:
    """Write a person's word down, once a day or until what speaks against the clock has changed."""
    if seen.doubt is None or seen.confirmed:
        return
    body = ClockConfirmed(
        shown=write_instant(seen.shown),
        last=write_instant(seen.last) if seen.last else None,
        offset=None if seen.offset is None else seen.offset // timedelta(milliseconds=1),
    )
    work.journal.append(body, at=seen.shown, clerk=clerk.id)


def settled(
    work: Work, now: datetime, *, clerk: Clerk, built: datetime | None = None, confirmed: bool = False
) -> ClockLook:
    """The clock to write by. Raises ClockBehind or ClockUnset unless somebody vouched for it, be it just now."""
    seen = of(work, now, built)
    if confirmed:
        confirm(work, seen, clerk)
    else:
        seen.check()
    return seen


def _is_same(one: timedelta | None, other: timedelta | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < LEEWAY
