"""Several processes on one port and one database: Python computes in one of them at a time, PostgreSQL serves them all.

The parent listens and never accepts; whichever worker is free takes the next call. A worker that dies is replaced.
"""

import logging
import multiprocessing
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.synchronize import Event
from pathlib import Path

from sync.province.clock import system_clock
from sync.province.database import Database, open_database
from sync.province.errors import NotPossible
from sync.province.serve import Say, address, listen_on, run, server_for, wait_for_standard_input, when

log = logging.getLogger(__name__)

_SPAWN = multiprocessing.get_context("spawn")
"""A fork would take open connections along."""
_READY_SECONDS = 60.0
_STOP_SECONDS = 30.0
_BEFORE_ANOTHER = 1.0
"""Seconds before a worker that died is replaced, so that one that cannot live does not die all the time."""


def serve_with_workers(database: Database, count: int, listen: str, say: Say, *, with_parent: bool = False) -> None:
    """As `serve`, with so many processes. Raises NotPossible."""
    url = database.shared_url()
    with listen_on(listen) as listener, _stopping(with_parent=with_parent) as stop:
        crew = [_Worker(url, database.files, listener, number) for number in range(count)]
        try:
            if not all(worker.is_ready() for worker in crew):
                raise NotPossible("Các tiến trình không khởi động được.", "The workers did not start.")
            say(f"listening on {address(listener)}")
            _watch(crew, stop)
        finally:
            for worker in crew:
                worker.end()


class _Worker:
    """One process, and its successors."""

    def __init__(self, url: str, files: Path | None, listener: socket.socket, number: int) -> None:
        self._url, self._files, self._listener, self._number = url, files, listener, number
        self._start()

    def _start(self) -> None:
        self._ready = _SPAWN.Event()
        task = (self._url, self._files, self._listener, self._ready, self._number == 0)
        self.process = _SPAWN.Process(target=_work, args=task, name=f"worker {self._number}")
        self.process.start()

    def is_ready(self) -> bool:
        """Wait until it answers; False when it takes too long."""
        return self._ready.wait(_READY_SECONDS)

    def replace(self) -> None:
        """Another in its place."""
        log.warning("%s ended with %s; another takes its place", self.process.name, self.process.exitcode)
        self.process.join()
        self._start()

    def end(self) -> None:
        """Let it answer what it has begun to answer."""
        self.process.terminate()
        self.process.join(_STOP_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _watch(crew: list[_Worker], stop: threading.Event) -> None:
    while not stop.is_set():
        ended = wait([worker.process.sentinel for worker in crew], timeout=_BEFORE_ANOTHER)
        if not ended or stop.wait(_BEFORE_ANOTHER):
            continue
        for worker in crew:
            if worker.process.sentinel in ended:
                worker.replace()


def _work(url: str, files: Path | None, listener: socket.socket, ready: Event, first: bool) -> None:
    """A worker's whole life. It never outlives its parent, however that ended."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s")
    with closing(open_database(url, system_clock, files)) as database:
        server = server_for(database, listener, lambda _: ready.set(), first=first)
        parent = multiprocessing.parent_process()
        if parent is not None:
            when(parent.join, partial(setattr, server, "should_exit", True))
        run(server, listener)


@contextmanager
def _stopping(*, with_parent: bool) -> Iterator[threading.Event]:
    """Set on SIGTERM, SIGINT, or when standard input is closed."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    if with_parent:
        when(wait_for_standard_input, stop.set)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
