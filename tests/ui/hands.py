"""Hands on a keyboard: keys for ASCII, an input method for everything else.

Qt's own test keys abort the interpreter on a letter like ễ, and no keyboard of the country has such a key anyway: an
input method commits it. So does this.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def focus() -> QWidget:
    """The widget that gets the keys now."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def types(text: str) -> None:
    """Type it where the focus is, word by word as an input method commits them, spaces included."""
    if text.isascii():
        QTest.keyClicks(focus(), text)
        return
    for word in text.split(" "):
        composes(word)
        commits(word + " ")


def composes(text: str) -> None:
    """Letters that are not committed yet."""
    QApplication.sendEvent(focus(), QInputMethodEvent(text, []))


def commits(text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(focus(), event)


def scans(text: str) -> None:
    """What a card reader types, key by key and without any input method, with Enter at the end."""
    letters(text)
    presses(Qt.Key.Key_Return)


def letters(text: str) -> None:
    """Keys whose letters come as they are, whatever letters they are."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focus(), event)


def presses(*keys: Qt.Key, ctrl: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(focus(), key, modifier)


def enter(times: int = 1) -> None:
    presses(*[Qt.Key.Key_Return] * times)
