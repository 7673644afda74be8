"""One thing goes wrong once: which of all the statements and calls, at what moment of it, and in what way."""

import threading
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class Site(StrEnum):
    """Where the world outside can fail us."""

    DESK = "desk statement"
    PROVINCE = "province statement"
    CALL = "HTTP call"
    PRINTER = "printer"


class Moment(StrEnum):
    """`AFTER` is the cruel one: it was done, and said to have failed."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True)
class Fault:
    """The `n`-th (from 1) at its site fails. `way` picks among the ways a site knows: a full disk, a cut line …"""

    site: Site
    n: int
    moment: Moment
    way: int

    def __str__(self) -> str:
        return f"{self.site} {self.n}, {self.moment}, way {self.way}"


class Faults:
    """Counts what happens at every site while it is armed, and lets one of them fail."""

    def __init__(self, fault: Fault | None = None) -> None:
        self.seen: Counter[Site] = Counter()
        self.happened = ""
        """What failed, in the words of its site; empty until it did."""
        self._fault = fault
        self._armed = False
        self._lock = threading.Lock()

    def arm(self) -> None:
        """From now on things count."""
        self._armed = True

    def disarm(self) -> None:
        """Looking at what came of it must not count."""
        self._armed = False

    def meet(self, site: Site, what: str) -> Fault | None:
        """Somebody is about to do `what`; the fault if it is this very time that it fails."""
        with self._lock:
            if not self._armed:
                return None
            self.seen[site] += 1
            fault = self._fault
            if fault is None or fault.site is not site or fault.n != self.seen[site]:
                return None
            self.happened = what
            return fault
