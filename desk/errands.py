"""What a desk does by itself beside its line while the window is open, each in a thread that nobody waits for.

Files go up when nothing else waits; the buddy copy is kept up; what siblings laid down here is brought to the
province; files the province confirmed leave after their days.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desk.freight import outgoing, province_clock
from desk.services.attachments import let_go
from desk.services.ports import Clock
from desk.store.files import FileBox
from sync.cycle import Road
from sync.file_runner import Brings, FileRunner, bring_all
from sync.ports import FileRoad, JournalPort, Outgoing
from sync.troubles import Trouble

if TYPE_CHECKING:
    from desk.store.store import Store

log = logging.getLogger(__name__)

ROUND_EVERY, ROUND_AT_MOST_EVERY = 60.0, 5.0
"""Seconds between two rounds of the buddy copy with nothing new, and with something new each second."""
LET_GO_EVERY = 24 * 3600.0


class FullRoad(Road, FileRoad, Protocol):
    """Parcels and files."""


class Errands:
    """From `start` to `stop`."""

    def __init__(
        self,
        store: "Store",
        home: Path,
        journal: JournalPort,
        road: Callable[[str], FullRoad],
        *,
        clock: Clock,
        is_idle: Callable[[], bool],
        hurry: Callable[[], None],
    ) -> None:
        """`is_idle` says that the line is good and rests; `hurry` asks it for a turn."""
        self._store, self._journal, self._clock = store, journal, clock
        self._files = FileBox(home)
        self._road, self._is_idle, self._hurry = road, is_idle, hurry
        self._freight = FileRunner(
            self._courier, outgoing(store.open_reading, self._files), may_go=self._may_go, arrived=hurry
        )
        self._siblings: Brings | None = None
        self._open: FullRoad | None = None
        self._wish = threading.Condition()
        self._wished = self._stopping = False
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        self._freight.start()
        self._thread.start()

    def wake(self) -> None:
        """Something was written or heard."""
        self._freight.wake()
        with self._wish:
            self._wished = True
            self._wish.notify_all()

    def stop(self, timeout: float = 5.0) -> None:
        with self._wish:
            self._stopping = True
            self._wish.notify_all()
        self._freight.stop(timeout)
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        with self._wish:  # while the window comes up and a PIN is typed, nobody should wait for what this loads
            self._wish.wait_for(lambda: self._stopping, ROUND_AT_MOST_EVERY)
        from desk.buddy_round import BuddyRounds  # it brings reading and writing of parcels along

        store = self._store
        rounds = BuddyRounds(store.open_work, store.open_reading, self._journal, self._files, self._clock)
        let_go_at = 0.0
        while not self._stopping:
            try:
                rounds.go()
                if self._may_go() and rounds.carry(self._own_road, self._bring):
                    self._hurry()
                if not let_go_at or time.monotonic() - let_go_at > LET_GO_EVERY:
                    let_go(files=self._files, open_reading=store.open_reading, clock=self._clock)
                    let_go_at = time.monotonic()
            except Trouble as trouble:
                self._open = None  # the province may have moved
                log.info("errand: %s", trouble)
            except Exception:  # the thread's edge: a stick that misbehaves must not end it
                log.exception("errand: failed")
            self._rest()

    def _rest(self) -> None:
        with self._wish:
            self._wish.wait_for(lambda: self._stopping, ROUND_AT_MOST_EVERY)
            self._wish.wait_for(lambda: self._stopping or self._wished, ROUND_EVERY)
            self._wished = False

    def _may_go(self) -> bool:
        return not self._stopping and self._is_idle() and self._journal.unsent() == 0

    def _own_road(self) -> FullRoad:
        """This thread's, opened once."""
        self._open = self._open or self._open_road()
        return self._open

    def _open_road(self) -> FullRoad:
        return self._road(self._journal.identity().url)

    def _bring(self, files: tuple[Outgoing, ...]) -> None:
        if files:
            self._siblings = self._siblings or self._courier()
            bring_all(self._siblings, lambda: files)

    def _courier(self) -> Brings:
        from sync.files import Courier  # its library takes its time to load, and most days there is no file

        clock = province_clock(self._store.open_reading, self._clock)
        return Courier(self._open_road(), self._journal.identity, clock)
