"""Where the card reader types. It shows that it listens, counts what comes, and keeps input methods out.

A reader is a keyboard: what it types passes through whatever the computer thinks of keyboards. So this is no text
field: input methods are off here, the letters are taken as they come, and what a Telex program garbled all the same is
refused in words by `read_card` instead of ending up in somebody's name.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame

from desk.ui import theme
from desk.ui.bricks import ENTER, key_cap, label, picture, row
from desk.ui.words import Words

MOST_LETTERS = 1_000
PAUSE_MS = 400
"""A reader set up without Enter at the end has finished when nothing more comes for this long."""

SLIP_DIGITS = 100
SEPARATORS = 6
"""A card's text has at least seven parts."""


def looks_like_a_name(text: str) -> bool:
    """Whether somebody typed a name here by hand: a reader's text has digits or bars in it."""
    return all(letter.isalpha() or letter in " '-" for letter in text)


def looks_like_a_card(text: str) -> bool:
    """Whether a reader has typed into a field that is not for it."""
    return text.count("|") >= SEPARATORS


def looks_like_a_slip(text: str) -> bool:
    """Whether this is the number of a slip: nothing else a reader types has so many digits."""
    return text.isascii() and text.isdigit() and len(text) > SLIP_DIGITS


class ScanBox(QFrame):
    """Takes the focus, then what the reader types, then says `scanned`."""

    scanned = Signal(str)
    garbled = Signal()
    """An input method has corrected what the reader typed, so that none of it can be trusted."""
    named = Signal(str)
    """Somebody went on typing without leaving the box; the letters are as the keys gave them, without a Telex."""

    def __init__(self, words: Words, table: str = "scan") -> None:
        """`table` has the words for what is scanned here: a card, or a slip."""
        super().__init__()
        self._words, self._table = words, table
        self._typed = ""
        self._corrected = False
        self.setObjectName("scan")
        self.setAccessibleName(words(f"{table}.name"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMinimumHeight(theme.FIELD_HEIGHT + 8)
        self._says = label(words(f"{table}.rest"), wrap=True)
        layout = row(picture("card", 20, theme.ACCENT), self._says, key_cap("F6"), space=10)
        layout.setStretch(1, 1)
        layout.setContentsMargins(12, 6, 12, 6)
        self.setLayout(layout)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.pause_over)

    @property
    def says(self) -> str:
        return self._says.text()

    def show_read(self, name: str) -> None:
        self._say(self._words(f"{self._table}.read", name=name), "right")

    def show_error(self, text: str) -> None:
        self._say(text, "wrong" if text else "")
        if not text:
            self._say(self._words(f"{self._table}.rest"), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self._typed:
            self._finish()
        elif event.text() and event.text().isprintable() and len(self._typed) < MOST_LETTERS:
            self._take(event.text())
        elif event.key() == Qt.Key.Key_Backspace and self._typed:
            self._corrected = True  # no reader corrects itself
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._typed, self._corrected = "", False
        self._say(self._words(f"{self._table}.ready"), "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._pause.stop()
        if self.property("look") not in ("wrong", "right"):
            self._say(self._words(f"{self._table}.rest"), "")

    def _take(self, letters: str) -> None:
        self._typed += letters
        self._say(self._words.count(f"{self._table}.taking", len(self._typed)), "")
        self._pause.start()

    def pause_over(self) -> None:
        """Nothing more comes: a whole card or slip is taken even without Enter."""
        if looks_like_a_card(self._typed) or looks_like_a_slip(self._typed):
            self._finish()

    def _finish(self) -> None:
        self._pause.stop()
        typed, self._typed = self._typed, ""
        if looks_like_a_name(typed):
            self.named.emit(typed)
        elif self._corrected:
            self.garbled.emit()
        else:
            self.scanned.emit(typed)
        self._corrected = False

    def _say(self, text: str, look: str) -> None:
        self._says.setText(text)
        self.setAccessibleDescription(text)
        theme.look(self, look)
