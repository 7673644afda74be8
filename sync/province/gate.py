"""Who may work at once: parcels are let in in the order they came, small and large ones by doors of their own.

A worker that did everything at once would do it all slowly. Whoever would wait too long is sent away at once, and told
to come back when the queue in front should be gone; those who wait are served in turn, so no desk is passed over.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

QUESTION, LARGE = 1024, 6 * 1024
"""Bytes of a parcel: one that only asks is smaller than the first; an acceptance with its slip is smaller than the
second, and its clerk is looking at the lamp.
"""
LONGEST_WAIT = 20.0
"""Seconds in the queue; a desk takes a silence of 30 for a cut line."""
MOST_BYTES = 64 * 1024 * 1024
"""Of parcels that wait, in the memory of one worker."""
_FIRST_GUESS = 0.1
_NEWEST = 0.1
"""The part of the newest in the mean."""


class TooMany(Exception):
    """Come back after so many seconds."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after


class Door:
    """Lets `width` through at once and knows about how long it takes. Used in one event loop."""

    def __init__(self, width: int, clock: Callable[[], float] = monotonic) -> None:
        self._width, self._clock = width, clock
        self._free = asyncio.Semaphore(width)
        self._seconds = _FIRST_GUESS
        self._waiting = 0
        self._bytes = 0

    @asynccontextmanager
    async def passed(self, size: int) -> AsyncIterator[None]:
        """Wait, then work. Raises TooMany instead of waiting too long."""
        wait = self._seconds * self._waiting / self._width
        if wait > LONGEST_WAIT or self._bytes + size > MOST_BYTES:
            raise TooMany(_jittered(wait))
        await self._wait(size)
        began = self._clock()
        try:
            yield
        finally:
            self._free.release()
            self._seconds += _NEWEST * (self._clock() - began - self._seconds)

    async def _wait(self, size: int) -> None:
        self._waiting += 1
        self._bytes += size
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
            self._bytes -= size


class Gate:
    """The doors of a worker."""

    def __init__(self) -> None:
        self._questions, self._small, self._large = Door(1), Door(2), Door(1)

    def for_parcel(self, size: int) -> Door:
        """By its bytes."""
        if size > LARGE:
            return self._large
        return self._small if size > QUESTION else self._questions


def _jittered(seconds: float) -> int:
    """At least the half of it, and never all at the same second."""
    half = max(1, int(seconds / 2))
    return half + secrets.randbelow(half + 2)
