"""The thread that turns the wheel: one turn at a time, for as long as the window is open, whatever happens.

Nobody waits for it. What it knows of the line goes to one listener, on its own thread, as a frozen value.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sync.answers import Clock
from sync.cycle import Kind, Load, Road, Turn, pick, take_turn
from sync.ports import JournalPort
from sync.protocol import canonical
from sync.protocol.certificates import DESK, DeskCertificate
from sync.protocol.problems import Problem
from sync.protocol.signing import STATEMENT_LIMIT
from sync.schedule import Beat, Course, Wake, Why, after_failure, after_turn, is_worth_another, pause, place_of, woken
from sync.troubles import Trouble

log = logging.getLogger(__name__)

_PATIENCE = 3
"""Turns that `drain` gives a province which answers and holds nothing new: the first may have moved the watermark."""


@dataclass(frozen=True)
class Line:
    """How the line to the province is, as far as this desk knows."""

    why: Why
    next_try_at: datetime | None = None
    last_contact: datetime | None = None
    """When the province was last heard, by the desk's clock."""
    offset: int | None = None
    """What to add to the desk's clock to get the province's, in milliseconds."""
    last_turn: Turn | None = None
    trouble: Exception | None = None
    """What ended the last turn, if it came to nothing."""


Listener = Callable[[Line], None]


class Runner:
    """Turns the wheel in a thread of its own from `start` to `stop`."""

    def __init__(
        self,
        journal: JournalPort,
        road: Callable[[], Road],
        *,
        clock: Clock,
        software: str,
        listener: Listener,
    ) -> None:
        """`road` is made on the thread and may raise Trouble, for instance over an address that cannot be one."""
        self._journal, self._make_road = journal, road
        self._road: Road | None = None
        self._clock, self._software = clock, software
        self._listener = listener
        self._course = Course()
        self._load = Load(Kind.QUESTION, (), 0)
        self._place: float | None = None
        self._line = Line(Why.STARTING)
        self._wish = threading.Condition()
        self._stopping = False
        self._wakes: set[Wake] = set()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    @property
    def line(self) -> Line:
        return self._line

    def start(self) -> None:
        self._thread.start()

    def ask_now(self) -> None:
        """Somebody wants to know: no pause, whatever was agreed."""
        self._wake(Wake.ASKED)

    def link_returned(self) -> None:
        """The operating system says that there is a network again."""
        self._wake(Wake.LINK)

    def entry_written(self) -> None:
        """There is something new to send."""
        self._wake(Wake.ENTRY)

    def stop(self, seconds: float = 2.0) -> bool:
        """Ask the thread to end. False when a request still hangs; the thread never keeps a program alive."""
        with self._wish:
            self._stopping = True
            self._wish.notify_all()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def drain(self) -> Line:
        """Turn on the caller's thread until nothing moves any more, for the command line and instead of `start`."""
        self._take_turn()
        while is_worth_another(self._course, _PATIENCE):
            self._take_turn()
        return self._line

    def _wake(self, wake: Wake) -> None:
        with self._wish:
            self._wakes.add(wake)
            self._wish.notify_all()

    def _run(self) -> None:
        while not self._stopping:
            self._take_turn()
            self._rest()
        self._tell(Why.STOPPED)

    def _take_turn(self) -> None:
        with self._wish:
            self._wakes.clear()  # what was wished before this moment is what this turn does
        self._tell(Why.SENDING)
        self._load = Load(Kind.QUESTION, (), 0)
        try:
            turn = self._turn()
        except (Trouble, Problem) as error:
            self._failed(error)
            log.info("turn: %s with %s", error, self._load.kind)
        except Exception as error:  # the thread's edge: a full disk or a mistake of ours must not end it
            self._failed(error)
            log.exception("turn: failed")
        else:
            self._course = after_turn(self._course, turn)
            self._heard(turn)
        self._tell(self._course.why)

    def _turn(self) -> Turn:
        if self._place is None:
            self._place = _place(self._journal)
        if self._road is None:
            self._road = self._make_road()
        self._load = pick(self._journal, self._course.portion)
        return take_turn(self._journal, self._road, self._load, software=self._software, clock=self._clock)

    def _failed(self, error: Exception) -> None:
        self._course = after_failure(self._course, error, self._load.kind)
        self._line = replace(self._line, trouble=error)

    def _heard(self, turn: Turn) -> None:
        self._line = Line(self._course.why, None, self._clock(), turn.offset, turn)
        log.info(
            "turn: %s, %d entries up, %d items down, %d and %d bytes, %.2f s, %d unsent%s",
            *(turn.kind, turn.sent, turn.items, turn.bytes_up, turn.bytes_down, turn.seconds, turn.unsent),
            f", told {turn.problem.code[:40]}" if turn.problem else "",
        )

    def _rest(self) -> None:
        """Wait out the pause, or until there is a reason not to."""
        with self._wish:
            ends = time.monotonic() + self._pause()
            while not self._stopping:
                if self._wakes:
                    self._course = self._woken()
                    ends = min(ends, time.monotonic() + self._pause())
                left = ends - time.monotonic()
                if left <= 0:
                    return
                self._say_when(left)
                self._wish.wait(left)

    def _woken(self) -> Course:
        course = self._course
        for wake in self._wakes:
            course = woken(course, wake)
        self._wakes.clear()
        return course

    def _pause(self) -> float:
        return pause(self._course, Beat(self._province_time(), self._place or 0.0))

    def _province_time(self) -> float:
        """By our clock until the province was heard: then all desks agree what a beat is."""
        return self._clock().timestamp() + (self._line.offset or 0) / 1000

    def _say_when(self, seconds: float) -> None:
        self._tell(self._course.why, self._clock() + timedelta(seconds=seconds))

    def _tell(self, why: Why, next_try_at: datetime | None = None) -> None:
        """A listener that fails is its own affair."""
        self._line = replace(self._line, why=why, next_try_at=next_try_at)
        try:
            self._listener(self._line)
        except Exception:  # the thread's edge: whoever shows the lamp must not stop the sending
            log.exception("the listener failed")


def _place(journal: JournalPort) -> float:
    payload = journal.identity().certificate.payload
    return place_of(canonical.read(payload, DeskCertificate, what=DESK, limit=STATEMENT_LIMIT).number)
