"""Hands for the demo: they type into the real window, key by key, as a clerk would.

Letters with diacritics come as an input method commits them; there is no key for them on any keyboard of the country.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk.ui.stage import Stage

PATIENCE_MS = 20_000
_LOOK_EVERY_MS = 20
_LAYOUT_ROUNDS = 8
"""A change of size goes up one layout in each round of events."""


class OutOfPatience(Exception):
    """The window did not come to where it should have; `waited_for` says what was waited for."""

    def __init__(self, waited_for: str) -> None:
        super().__init__(waited_for)
        self.waited_for = waited_for


class Hands:
    """Work one window."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def wait(self, what: str, until: Callable[[], bool], milliseconds: int = PATIENCE_MS) -> None:
        """Let the window live until something is so. Raises OutOfPatience."""
        loop, late = QEventLoop(), QTimer(singleShot=True, interval=milliseconds)
        look = QTimer(interval=_LOOK_EVERY_MS)
        look.timeout.connect(lambda: loop.quit() if until() else None)
        late.timeout.connect(loop.quit)
        if until():
            return
        look.start()
        late.start()
        loop.exec()
        if not late.isActive():
            raise OutOfPatience(what)

    def settle(self) -> None:
        """Until nothing is under way on any lane and every layout has come to rest."""
        self._lay_out()
        while self._stage.background.busy:
            self.wait("the window's work", lambda: not self._stage.background.busy)
            self._lay_out()

    def _focus(self) -> QWidget:
        """What gets the keys; a window that is not in front still knows where they would go."""
        widget = QApplication.focusWidget() or self._stage.window.focusWidget()
        if widget is None:
            raise OutOfPatience("something to type into")
        return widget

    def _lay_out(self) -> None:
        for _ in range(_LAYOUT_ROUNDS):
            QApplication.processEvents()

    def type(self, text: str, where: QWidget | None = None) -> None:
        """Type where the focus is, or first go there. ASCII by keys, everything else word by word as committed."""
        if where is not None:
            where.setFocus()
        if text.isascii():
            QTest.keyClicks(self._focus(), text)
        else:
            for word in text.split(" "):
                _commit(self._focus(), word + " ")
        self.settle()

    def press(self, *keys: Qt.Key, ctrl: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(self._focus(), key, modifier)
        self.settle()

    def sign_in(self, pin: str) -> None:
        """As the first person of the list."""
        window = self._stage.window
        self.settle()
        self.wait("the list of people", lambda: window.sign_in.person is not None)
        self.type(pin, window.sign_in.pin)
        self.press(Qt.Key.Key_Return)
        self.wait("signing in", lambda: window.frame is not None)
        self.settle()

    def fill_in(self, procedure: str, person: dict[str, str], *, copies: str, pages: str) -> None:
        """An intake for a citizen, up to the key that accepts it."""
        form = self._stage.window.intake.form
        self.type(procedure, form.procedure.editor)
        self.wait("procedures to choose from", form.procedure.offers.isVisible)
        self.press(Qt.Key.Key_Return)
        fields = form.person
        for name in ("full_name", "personal_id", "born", "phone", "detail"):
            self.type(person[name], getattr(fields, name).editor)
        row = form.papers.rows[0]
        row.tick.setFocus()
        self.press(Qt.Key.Key_Space)
        for count, number in (("copies", copies), ("pages", pages)):
            row.counts[count].setFocus()
            self.type(number)

    def accept(self) -> str:
        """The key that accepts; the code the dossier got."""
        intake = self._stage.window.intake
        self.press(Qt.Key.Key_Return, ctrl=True)
        self.wait("the dossier to be accepted", intake.accepted.isVisible)
        return intake.accepted.code.text()

    def picture(self, file: Path) -> None:
        """The window as it stands, dialogs and all."""
        self.settle()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._stage.window.grab().save(str(file))


def _commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
