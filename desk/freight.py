"""What sync asks of this desk about its files: which are still to be brought, and what time it is over there."""

from collections.abc import Callable
from datetime import datetime, timedelta

from desk.services.ports import Clock, OpenReading
from desk.store.files import FileBox
from sync.ports import Outgoing


def outgoing(open_reading: OpenReading, files: FileBox) -> Callable[[], tuple[Outgoing, ...]]:
    """Asked anew each time: files come and are confirmed meanwhile."""

    def look() -> tuple[Outgoing, ...]:
        with open_reading() as memory:
            waiting = memory.attachments.on_the_way()
        here = (one for one in waiting if files.has(one.blob))
        return tuple(Outgoing(one.blob, one.sealed_size, files.path(one.blob)) for one in here)

    return look


def province_clock(open_reading: OpenReading, clock: Clock) -> Clock:
    """The province's time as last compared: tickets are judged by its clock, and this computer's may be days off."""

    def now() -> datetime:
        with open_reading() as memory:
            return clock() + (memory.contact.offset() or timedelta())

    return now
