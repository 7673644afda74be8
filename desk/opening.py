"""A desk coming up beside its window: the store is opened and the line started in a thread of their own."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from desk.devices.link import watching_the_link
from desk.home import open_store
from desk.line import has_ended, lamp_reason
from desk.memento import remember_line
from desk.services.ports import Clock
from desk.settings import SOFTWARE
from sync.addresses import Addresses
from sync.cycle import Road
from sync.ports import JournalPort
from sync.runner import Line, Runner
from sync.schedule import Why

if TYPE_CHECKING:
    from desk.errands import Errands, FullRoad
    from desk.store.store import Store

log = logging.getLogger(__name__)


class Opening:
    """From `begin` to `close`. `store` may be asked for at any time, from any thread but the screen's."""

    def __init__(
        self, home: Path, passphrase: str | None, *, clock: Clock, road: Callable[[str], Road] | None = None
    ) -> None:
        """`road` leads to an address; over HTTP if nothing is said."""
        self._home, self._passphrase, self._clock = home, passphrase, clock
        self._road = road or _http
        self._opened: Future[Store] = Future()
        self._runner: Runner | None = None
        self._link = ExitStack()
        self._errands: Errands | None = None
        self._thread = threading.Thread(target=self._open, name="opening", daemon=True)
        self._listener: Callable[[Line], None] = lambda _: None

    def begin(self, listener: Callable[[Line], None]) -> None:
        """Start; `listener` hears of the line, on the line's own thread."""
        self._listener = listener
        self._thread.start()

    def store(self) -> "Store":
        """Waits for it. Raises what opening it raised."""
        return self._opened.result()

    def runner(self) -> Runner | None:
        """None until the line is up."""
        return self._runner

    def close(self) -> None:
        """Stop the line, then the store: a turn that hangs must not find it closed and write to nothing."""
        self._thread.join()
        self._link.close()
        if self._errands is not None:
            self._errands.stop()
        if self._runner is not None:
            self._runner.stop()
        if self._opened.exception() is None:
            self._opened.result().close()

    def _open(self) -> None:
        try:
            store = open_store(self._home, self._passphrase, writing=True)
        except Exception as error:  # the thread's edge: whoever asks for the store hears of it
            log.info("the store did not open: %s", type(error).__name__)
            self._opened.set_exception(error)
            return
        self._opened.set_result(store)
        self._runner = self._start_line(store)
        store.reserve.make()  # nobody waits for it; what the disk was full of may be gone by the next morning

    def _start_line(self, store: "Store") -> Runner:
        from desk.store.wire import WireJournal

        journal = WireJournal(store, self._clock)
        runner = Runner(
            journal,
            lambda: Addresses(journal.addresses, self._road),
            clock=self._clock,
            software=SOFTWARE,
            listener=self._heard,
        )
        runner.start()
        self._link.enter_context(watching_the_link(runner.link_returned))
        if self._road is _http:
            self._errands = self._start_errands(store, journal, runner)
        return runner

    def _start_errands(self, store: "Store", journal: JournalPort, runner: Runner) -> "Errands":
        from desk.errands import Errands

        errands = Errands(
            store,
            self._home,
            journal,
            _http,
            clock=self._clock,
            is_idle=lambda: runner.line.why is Why.IDLE,
            hurry=runner.entry_written,
        )
        errands.start()
        return errands

    def _heard(self, line: Line) -> None:
        if has_ended(line):
            remember_line(self._home, lamp_reason(line.why))
        self._listener(line)
        if self._errands is not None:
            self._errands.wake()


def _http(url: str) -> "FullRoad":
    from sync.transport import HttpTransport  # requests takes its time to load, and the window is not waiting for it

    return HttpTransport(url, allow_plain=True)  # whoever enrolled the desk with a plain address was asked then
