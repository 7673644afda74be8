"""Everything the verbs borrow, made for one home.

What only one verb needs is imported when it asks: `status` should not wait for what speaks HTTP.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desk.commands.verb import Call, Looking, Rehearsal, Road, Working
from desk.domain.ids import new_id
from desk.domain.units import Units
from desk.home import check_free, found_store, open_store, read_passphrase
from desk.known import Known
from desk.memento import Memento
from desk.settings import Settings
from desk.staging import show_window, stage_window
from desk.store.files import FileBox
from sync.runner import Line

if TYPE_CHECKING:
    from desk.backups import MadeBackup
    from desk.rescuing import Rescued
    from desk.restoring import Restored


class Workshop:
    """Implements the verbs' `Tools`. With `plain_key` a new home's key lies open in it."""

    def __init__(self, settings: Settings, *, plain_key: bool = False) -> None:
        self._settings, self._plain_key = settings, plain_key

    @staticmethod
    def clock() -> datetime:
        return datetime.now(UTC)

    @staticmethod
    def new_id() -> UUID:
        return new_id()

    @staticmethod
    def units() -> Units:
        return Known.units()

    def files(self) -> FileBox:
        from desk.store.files import FileBox

        return FileBox(self._settings.home)

    @contextmanager
    def look(self) -> Iterator[Looking]:
        with open_store(self._settings.home, self._passphrase(), writing=False) as store:
            yield Looking(store.open_reading)

    @contextmanager
    def work(self) -> Iterator[Working]:
        from desk.store.wire import WireJournal

        with open_store(self._settings.home, self._passphrase(), writing=True) as store:
            yield Working(store.open_work, store.open_reading, WireJournal(store, self.clock))

    @contextmanager
    def stay(self, hear: Callable[[Line, int], None]) -> Iterator[None]:
        from desk.opening import Opening
        from desk.store.wire import WireJournal

        opening = Opening(self._settings.home, self._passphrase(), clock=self.clock)
        opening.begin(lambda line: hear(line, WireJournal(opening.store(), self.clock).unsent()))
        try:
            opening.store()
            yield
        finally:
            opening.close()

    @contextmanager
    def found(self) -> Iterator[Working]:
        from desk.store.wire import WireJournal

        with found_store(self._settings.home, self._passphrase(), plain=self._plain_key) as store:
            yield Working(store.open_work, store.open_reading, WireJournal(store, self.clock))

    @staticmethod
    def road(url: str, *, allow_plain: bool) -> Road:
        from sync.transport import HttpTransport

        return HttpTransport(url, allow_plain=allow_plain)

    @staticmethod
    def printers() -> tuple[str, ...]:
        from desk.devices.printer import SystemPrinter

        return SystemPrinter().names()

    def chosen_printer(self) -> str:
        return Memento(self._settings.home).printer

    def choose_printer(self, name: str) -> None:
        check_free(self._settings.home)
        Memento(self._settings.home).keep_printer(name)

    def back_up(self, file: Path, lock: str) -> "MadeBackup":
        from desk.backups import back_up

        return back_up(self._settings.home, self._passphrase(), file, lock, clock=self.clock)

    def restore(self, file: Path, lock: str | None, key: bytes | None) -> "Restored":
        from desk.restoring import restore

        home, passphrase = self._settings.home, self._passphrase()
        return restore(file, home, passphrase, lock=lock, key=key, clock=self.clock, plain=self._plain_key)

    def rescue(self, file: Path) -> "Rescued":
        from desk.rescuing import rescue

        return rescue(self._settings.home, self._passphrase(), file)

    def window(self) -> int:
        return show_window(self._settings)

    @staticmethod
    def rehearse(plan: Rehearsal, call: Call) -> int:
        from desk.rehearsal.rehearse import rehearse

        return rehearse(plan, call, partial(Workshop, plain_key=True), stage_window)

    def _passphrase(self) -> str | None:
        return read_passphrase(self._settings.passphrase_file)
