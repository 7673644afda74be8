"""Asks whether the day on the screen is right, when something speaks against the computer's clock."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from desk.domain.clock import ClockLook, civil_day
from desk.ui.bricks import button, column, label, row
from desk.ui.formats import as_clock, as_day, as_moment
from desk.ui.words import Words

SIZE = (560, 300)


class ClockDialog(QDialog):
    """Use `ask`: nothing is answered when the person goes to set the clock instead."""

    def __init__(self, look: ClockLook, words: Words, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        title = words("clock.ask", day=_day(look, words), clock=as_clock(look.corrected))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        why = label(clock_words(look, words), wrap=True)
        self.act = button(words("clock.yes", day=as_day(civil_day(look.corrected))), "primary")
        self.keep = button(words("clock.no"), key="Esc")
        for one in (self.act, self.keep):
            one.setAutoDefault(False)
        keys = row(-1, self.keep, self.act, space=12)
        consequence = label(words("clock.consequence"), "note", wrap=True)
        layout = column(label(title, "heading", wrap=True), why, consequence, -1, keys, space=16, margin=24)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        self.resize(*SIZE)
        self.act.clicked.connect(self.accept)
        self.keep.clicked.connect(self.reject)

    @classmethod
    def ask(cls, look: ClockLook, words: Words, parent: QWidget, then: Callable[[], None]) -> "ClockDialog":
        """Open over `parent`; `then` is called when somebody vouches for the day. "No" has the focus."""
        dialog = cls(look, words, parent)
        dialog.accepted.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.keep.setFocus()
        return dialog


def clock_words(look: ClockLook, words: Words) -> str:
    """What is wrong with the clock, with the hours it shows and should show; "" where nothing is."""
    if look.doubt is None:
        return ""
    last = as_moment(look.last) if look.last else "—"
    shown, province = as_moment(look.shown), as_moment(look.corrected)
    return words(f"clock.{look.doubt.value}_now", shown=shown, last=last, province=province)


def _day(look: ClockLook, words: Words) -> str:
    day = civil_day(look.corrected)
    return f"{words(f'weekdays.{day.isoweekday()}')}, {as_day(day)}"
