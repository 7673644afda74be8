"""The thread that turns the wheel: one turn at a time, for as long as the window is open, whatever happens.

Nobody waits for it. What it knows of the line goes to one listener, on its own thread, as a frozen value.
"""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sync.cycle import Clock, Road, Turn, take_turn
from sync.ports import JournalPort
from sync.protocol.problems import Problem
from sync.schedule import Course, Why, after_failure, after_turn, pause, woken
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
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`road` is made on the thread and may raise Trouble, for instance over an address that cannot be one."""
        self._journal, self._make_road = journal, road
        self._road: Road | None = None
        self._clock, self._software, self._chance = clock, software, chance
        self._listener = listener
        self._course = Course()
        self._line = Line(Why.STARTING)
        self._wish = threading.Condition()
        self._stopping = False
        self._asked = self._pushed = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    @property
    def line(self) -> Line:
        return self._line

    def start(self) -> None:
        self._thread.start()

    def ask_now(self) -> None:
        """Somebody wants to know: no pause, whatever was agreed."""
        self._wake(asked=True)

    def link_returned(self) -> None:
        """The operating system says that there is a network again."""
        self._wake(asked=False)

    def entry_written(self) -> None:
        """There is something new to send."""
        self._wake(asked=False)

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
        while pause(self._course, 0.0) == 0 or (self._course.why is Why.STUCK and self._course.failures < _PATIENCE):
            self._take_turn()
        return self._line

    def _wake(self, *, asked: bool) -> None:
        with self._wish:
            self._asked, self._pushed = self._asked or asked, True
            self._wish.notify_all()

    def _run(self) -> None:
        while not self._stopping:
            self._take_turn()
            self._rest()
        self._tell(Why.STOPPED)

    def _take_turn(self) -> None:
        with self._wish:
            self._asked = self._pushed = False  # what was wished before this moment is what this turn does
        self._tell(Why.SENDING)
        try:
            turn = self._turn()
        except (Trouble, Problem) as error:
            self._failed(error)
            log.info("turn: %s", error)
        except Exception as error:  # the thread's edge: a full disk or a mistake of ours must not end it
            self._failed(error)
            log.exception("turn: failed")
        else:
            self._course = after_turn(self._course, turn)
            self._heard(turn)
        self._tell(self._course.why)

    def _turn(self) -> Turn:
        if self._road is None:
            self._road = self._make_road()
        course = self._course
        return take_turn(
            self._journal,
            self._road,
            course.portion,
            wanted=course.wanted,
            software=self._software,
            clock=self._clock,
        )

    def _failed(self, error: Exception) -> None:
        self._course = after_failure(self._course, error)
        self._line = replace(self._line, trouble=error)

    def _heard(self, turn: Turn) -> None:
        self._line = Line(self._course.why, None, self._clock(), turn.offset, turn)
        log.info(
            "turn: %d entries up, %d items down, %d and %d bytes, %.2f s, %d unsent%s",
            *(turn.sent, turn.items, turn.bytes_up, turn.bytes_down, turn.seconds, turn.unsent),
            f", told {turn.problem.code[:40]}" if turn.problem else "",
        )

    def _rest(self) -> None:
        """Wait out the pause, or until there is a reason not to."""
        ended, chance = time.monotonic(), self._chance()
        with self._wish:
            while not self._stopping:
                if self._pushed:
                    self._course = woken(self._course, asked=self._asked)
                    self._asked = self._pushed = False
                left = ended + pause(self._course, chance) - time.monotonic()
                if left <= 0:
                    return
                self._say_when(left)
                self._wish.wait(left)

    def _say_when(self, seconds: float) -> None:
        self._tell(self._course.why, self._clock() + timedelta(seconds=seconds))

    def _tell(self, why: Why, next_try_at: datetime | None = None) -> None:
        """A listener that fails is its own affair."""
        self._line = replace(self._line, why=why, next_try_at=next_try_at)
        try:
            self._listener(self._line)
        except Exception:  # the thread's edge: whoever shows the lamp must not stop the sending
            log.exception("the listener failed")
