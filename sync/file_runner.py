"""The thread that brings files when nothing else waits: a piece, a look whether somebody wants the line, the next.

Nobody waits for it. A clerk's dossier goes before the next piece, on a connection of its own.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from sync.ports import Outgoing
from sync.protocol.problems import Problem
from sync.troubles import NotTheProvince, Offline, Trouble

log = logging.getLogger(__name__)

LOOKS_EVERY = 20.0
"""Seconds between two looks for something to bring, unless somebody says that there is."""
FIRST_PAUSE, LONGEST_PAUSE = 4.0, 300.0
ASKS_ANEW = 900.0
"""Seconds until a file that was brought and never confirmed is brought again."""


class Brings(Protocol):
    """`sync.files.Courier`, which takes its time to load and is made when there is something to bring."""

    def carry_piece(self, outgoing: tuple[Outgoing, ...]) -> bool:
        """Raises Trouble."""
        ...

    def ask_anew(self) -> None: ...

    def close(self) -> None:
        """Let go of a file that was being brought; it goes on where it was cut."""
        ...


class FileRunner:
    """From `start` to `stop`. `may_go` says whether the line is free; `arrived` hears that a file went."""

    def __init__(
        self,
        courier: Callable[[], Brings],
        outgoing: Callable[[], tuple[Outgoing, ...]],
        *,
        may_go: Callable[[], bool],
        arrived: Callable[[], None],
    ) -> None:
        """`courier` is made on the thread and may raise Trouble."""
        self._make_courier = courier
        self._courier: Brings | None = None
        self._asked_at = 0.0
        self._outgoing, self._may_go, self._arrived = outgoing, may_go, arrived
        self._wish = threading.Condition()
        self._wished = self._stopping = False
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name="files", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There may be something to bring, or the line may be free."""
        with self._wish:
            self._wished = True
            self._wish.notify_all()

    def stop(self, timeout: float = 5.0) -> None:
        """A piece under way is left to end by itself."""
        with self._wish:
            self._stopping = True
            self._wish.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._bring()
                self._failures = 0
            except (Trouble, Problem) as error:
                self._failures += 1
                if isinstance(error, Offline | NotTheProvince):
                    self._courier = None  # the province may have moved
                log.info("file: %s", error)
            except Exception:  # the thread's edge: a file that went away must not end it
                self._failures += 1
                log.exception("file: failed")
            self._rest()

    def _bring(self) -> None:
        """As long as nobody else wants the line."""
        brought = False
        while not self._stopping and self._may_go():
            waiting = self._outgoing()
            if not waiting:
                break
            if self._courier is None:
                self._courier = self._make_courier()
            if not self._courier.carry_piece(waiting):
                self._ask_anew(self._courier)
                break
            brought = True
        if brought:
            self._arrived()

    def _ask_anew(self, courier: Brings) -> None:
        """All went, and some of it is not confirmed: after a while it may have been no good."""
        now = time.monotonic()
        if now - self._asked_at > ASKS_ANEW:
            self._asked_at = now
            courier.ask_anew()

    def _rest(self) -> None:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failures, 10)) if self._failures else LOOKS_EVERY
        with self._wish:
            if not self._wished or self._failures:
                self._wish.wait_for(lambda: self._stopping or (self._wished and not self._failures), pause)
            self._wished = False


def bring_all(courier: Brings, outgoing: Callable[[], tuple[Outgoing, ...]]) -> int:
    """Everything, on the caller's thread, for the command line; how many pieces. Raises Trouble."""
    pieces = 0
    try:
        while courier.carry_piece(outgoing()):
            pieces += 1
    finally:
        courier.close()
    return pieces
