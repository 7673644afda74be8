"""Asks what accepting now would mean, whenever something has changed.

Never two questions under way, and never an old answer shown: a change during a question makes another one follow it.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.domain.intake import Intake
from desk.services.ports.values import Preview
from desk.ui.background import Background, Lane
from desk.ui.deeds import Deeds
from desk.ui.typed import Typed


class LookAhead(QObject):
    """`seen` brings the form as it was asked about and the preview; `unclear` says there is none, or the error."""

    seen = Signal(object, object)
    unclear = Signal(object)

    def __init__(self, deeds: Deeds, background: Background, typed: Callable[[], Typed], parent: QObject) -> None:
        super().__init__(parent)
        self._deeds, self._background, self._typed = deeds, background, typed
        self._is_asking = self._is_stale = False
        self._waiting: Callable[[], None] | None = None
        self.preview: Preview | None = None

    def ask(self) -> None:
        if self._is_asking:
            self._is_stale = True
            return
        self._is_stale = False
        typed = self._typed()
        so_far = typed.so_far()
        if so_far is None:
            self._answer(None, lambda: self.unclear.emit(None))
        else:
            self._ask(typed, so_far)

    def when_clear(self, then: Callable[[], None]) -> None:
        """Now, or as soon as the answer to what stands in the form is there."""
        if self._is_asking:
            self._waiting = then
        else:
            then()

    def _ask(self, typed: Typed, so_far: Intake) -> None:
        self._is_asking = True
        self._background.run(
            Lane.READ,
            partial(self._deeds.preview, so_far),
            owner=self,
            done=partial(self._seen, typed),
            failed=self._failed,
        )

    def _seen(self, typed: Typed, preview: Preview) -> None:
        self._settle(preview, lambda: self.seen.emit(typed, preview))

    def _failed(self, error: Exception) -> None:
        self._settle(None, lambda: self.unclear.emit(error))

    def _settle(self, preview: Preview | None, say: Callable[[], None]) -> None:
        self._is_asking = False
        if self._is_stale:
            self.ask()
        else:
            self._answer(preview, say)

    def _answer(self, preview: Preview | None, say: Callable[[], None]) -> None:
        self.preview = preview
        say()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
