"""Keeps the half-filled form a moment after every change, and brings it back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desk.domain.procedures import Procedure
from desk.ui.background import Background, Lane
from desk.ui.deeds import Deeds
from desk.ui.typed import Typed, as_draft, read_draft

AFTER_MS = 300


class DraftKeeper(QObject):
    """`found` brings a draft with its procedure as it is in force now (None if it no longer is), `nothing` none."""

    found = Signal(object, object)
    nothing = Signal()
    failed = Signal(object)

    def __init__(self, deeds: Deeds, background: Background, typed: Callable[[], Typed], parent: QObject) -> None:
        super().__init__(parent)
        self._deeds, self._background, self._typed = deeds, background, typed
        self._is_kept = False
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self.keep)

    def touch(self) -> None:
        """Something has changed: many changes in a row are kept once."""
        self._soon.start()

    def keep_if_touched(self) -> None:
        """A field is left, or the page: what is still to be kept is kept now."""
        if self._soon.isActive():
            self.keep()

    def keep(self) -> None:
        """An empty form is no draft; one that was emptied by hand is dropped."""
        self._soon.stop()
        typed = self._typed()
        if not typed.is_empty:
            self._is_kept = True
            self._write(partial(self._deeds.save_draft, as_draft(typed)))
        elif self._is_kept:
            self.drop()

    def drop(self) -> None:
        self._soon.stop()
        self._is_kept = False
        self._write(self._deeds.drop_draft)

    def ask(self) -> None:
        """For the draft of whoever is signed in."""
        self._background.run(Lane.READ, self._deeds.load_draft, owner=self, done=self._loaded, failed=self.failed.emit)

    def _loaded(self, text: str | None) -> None:
        typed = read_draft(text) if text else None
        if typed is None:
            self.nothing.emit()
            return
        self._is_kept = True
        self._background.run(
            Lane.READ,
            partial(self._deeds.find_procedures, typed.procedure),
            owner=self,
            done=partial(self._looked_up, typed),
            failed=self._not_looked_up(typed),
        )

    def _looked_up(self, typed: Typed, procedures: Sequence[Procedure]) -> None:
        self.found.emit(typed, next((one for one in procedures if one.code == typed.procedure), None))

    def _not_looked_up(self, typed: Typed) -> Callable[[Exception], None]:
        return lambda _: self._looked_up(typed, ())

    def _write(self, work: Callable[[], None]) -> None:
        self._background.run(Lane.WRITE, work, owner=self, failed=self.failed.emit)
