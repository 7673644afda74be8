"""What the frame asks of every screen."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.ui.words import Words


@dataclass(frozen=True, slots=True)
class Hint:
    """A key that works here and now, and what it does."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A quiet word at the top that stays until it is read; `look` is "", "amber" or "red"."""

    text: str
    look: str = ""


class Page(QWidget):
    """A screen inside the frame."""

    hints_changed = Signal()
    noticed = Signal(object)
    """A `Notice`, or None to take the last one back."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setObjectName("page")

    def hints(self) -> tuple[Hint, ...]:
        return ()

    def arrive(self) -> None:
        """Somebody came here: put the cursor where the work begins."""

    def leave(self) -> None:
        """Somebody goes elsewhere: keep what would be missed."""

    def state(self) -> Any:
        """What the same page in the other language needs to look the same."""
        return None

    def restore(self, state: Any) -> None:
        """Take over the state of the same page in another language."""
