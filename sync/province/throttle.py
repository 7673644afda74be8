"""Slows down whoever tries enrolment codes. 80 random bits need no such help; the database does."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from sync.province.clock import Clock

MOST = 10
WITHIN = timedelta(minutes=5)
_CALLERS = 10_000


class Throttle:
    """At most ten wrong tries in five minutes from one address; kept in memory, by each worker for itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: dict[str, deque[datetime]] = {}

    def count(self, caller: str) -> None:
        """Another wrong try."""
        with self._lock:
            if len(self._tries) >= _CALLERS:
                self._tries.clear()
            self._tries.setdefault(caller, deque(maxlen=MOST)).append(self._clock())

    def wait(self, caller: str) -> int:
        """Seconds until the next try is heard; 0 for now."""
        with self._lock:
            tries = self._tries.get(caller)
            if tries is None or len(tries) < MOST:
                return 0
            left = tries[0] + WITHIN - self._clock()
            return max(0, int(left.total_seconds()) + 1) if left > timedelta(0) else 0
