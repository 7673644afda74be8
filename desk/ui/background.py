"""Work off the screen's thread: one lane that writes, one that reads, one that prints.

The screen never waits for a disk, a printer or the network. A lane is one thread, so writes queue up instead of meeting
in the store, a search never stands behind a write, and a printer that hangs holds up nobody but the printer.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
log = logging.getLogger(__name__)


class Lane(StrEnum):
    WRITE = "write"
    READ = "read"
    PRINT = "print"


class Background(QObject):
    """The lanes. Lives as long as the application, so the signal its workers emit is always there."""

    _settled = Signal(object)
    idle = Signal()
    """Nothing is under way any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {lane: ThreadPoolExecutor(1, f"desk-{lane}") for lane in Lane}
        self._under_way = 0
        self._stopped = False
        # Queued, always: an answer never arrives inside the call that asked for it.
        self._settled.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `work` on a lane, then `done` or `failed` on the screen's thread, unless `owner` is gone by then.

        After `stop` nothing is run any more: a window that is closing may still ask.
        """
        if self._stopped:
            return

        def answer(future: Future[T]) -> None:
            if not isValid(owner):
                log.debug("the asker was closed before its answer came")
            elif error := future.exception():
                _tell(error, failed)
            elif done is not None:
                done(future.result())

        self._under_way += 1
        future = self._lanes[lane].submit(work)
        future.add_done_callback(lambda settled: self._settled.emit(lambda: answer(settled)))

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    def stop(self) -> None:
        """Let what has begun finish, also what waits to be written; drop what waits to be read or printed."""
        self._stopped = True
        for lane, pool in self._lanes.items():
            pool.shutdown(wait=lane is not Lane.PRINT, cancel_futures=lane is not Lane.WRITE)

    @Slot(object)
    def _answer(self, callback: Callable[[], None]) -> None:
        self._under_way -= 1
        try:
            callback()
        finally:
            if not self._under_way:
                self.idle.emit()


def _tell(error: BaseException, failed: Callable[[Exception], None]) -> None:
    if not isinstance(error, Exception):
        raise error
    log.info("a deed failed: %s", type(error).__name__)
    failed(error)
