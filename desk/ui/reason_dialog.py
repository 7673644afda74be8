"""Asks for a reason before something cannot be taken back; the button says what will happen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from desk.ui import theme
from desk.ui.bricks import button, column, label, row
from desk.ui.fields import TextField
from desk.ui.words import Words

MOST_LETTERS = 500
SIZE = (520, 290)


class ReasonDialog(QDialog):
    """Use `ask`: the answer is the reason; nothing is answered when the person thinks better of it."""

    def __init__(self, title: str, consequence: str, act: str, words: Words, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._words = words
        self.reason = TextField(words("reason.label"))
        self.reason.editor.setMaxLength(MOST_LETTERS)
        self.act = button(act, "danger")
        self.act.setAutoDefault(False)
        self.keep = button(words("reason.keep"), key="Esc")
        self.keep.setAutoDefault(False)
        heading = label(title, "heading", wrap=True)
        keys = row(-1, self.keep, self.act, space=12)
        layout = column(heading, label(consequence, wrap=True), self.reason, -1, keys, space=16, margin=24)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # room for an error from the start
        self.setLayout(layout)
        self.resize(*SIZE)
        self.act.clicked.connect(self._confirm)
        self.keep.clicked.connect(self.reject)
        self.reason.editor.returnPressed.connect(self.act.setFocus)
        theme.look(self.act, "danger")

    @classmethod
    def ask(
        cls, title: str, consequence: str, act: str, words: Words, parent: QWidget, then: Callable[[str], None]
    ) -> "ReasonDialog":
        """Open over `parent` without stopping anything else; `then` gets the reason."""
        dialog = cls(title, consequence, act, words, parent)
        dialog.accepted.connect(lambda: then(dialog.reason.text))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.reason.editor.setFocus()
        return dialog

    @classmethod
    def ask_why_void(cls, code: str, words: Words, parent: QWidget, then: Callable[[str], None]) -> "ReasonDialog":
        """Wherever a dossier can be voided, it is asked in the same words."""
        act = words("void.act", code=code)
        return cls.ask(words("void.title"), words("void.consequence"), act, words, parent, then)

    def _confirm(self) -> None:
        if self.reason.text:
            self.accept()
        else:
            self.reason.show_error(self._words("reason.missing"))
            self.reason.editor.setFocus()
