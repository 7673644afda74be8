"""Into whose hands a result goes: one choice, one name, and the paper that was shown."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from desk.domain.dossier import Dossier
from desk.services.ports.values import HandOver, Recipient
from desk.ui import theme
from desk.ui.bricks import button, column, label, row
from desk.ui.fields import TextField, choice_field
from desk.ui.words import Words

SIZE = (560, 430)


class HandOverDialog(QDialog):
    """Use `ask`. Names the applicant or the owner by itself; for anybody else the clerk types."""

    def __init__(self, dossier: Dossier, words: Words, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(words("hand_over.title"))
        self.setAccessibleName(words("hand_over.title"))
        self._dossier, self._words = dossier, words
        people = [one for one in Recipient if one is not Recipient.OWNER or dossier.owner is not None]
        self.to_field, self.to = choice_field(
            words("hand_over.to"), [(one.value, words(f"recipients.{one.value}")) for one in people]
        )
        self.name, self.personal_id = TextField(words("hand_over.name")), TextField(words("hand_over.id"))
        self.act = button(words("hand_over.act"), "primary")
        self.act.setAutoDefault(False)
        self.keep = button(words("hand_over.keep"), key="Esc")
        self.keep.setAutoDefault(False)
        keys = row(-1, self.keep, self.act, space=12)
        heading = label(words("hand_over.title"), "heading", wrap=True)
        code = label(f"{dossier.code} · {dossier.for_whom.full_name}", "note", wrap=True)
        layout = column(heading, code, self.to_field, self.name, self.personal_id, -1, keys, space=16, margin=24)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        self.resize(*SIZE)
        self.to.changed.connect(self._fill)
        self.act.clicked.connect(self._confirm)
        self.keep.clicked.connect(self.reject)
        self.name.editor.returnPressed.connect(self.personal_id.editor.setFocus)
        self.personal_id.editor.returnPressed.connect(self.act.setFocus)
        theme.look(self.act, "primary")
        self._fill()

    @classmethod
    def ask(
        cls, dossier: Dossier, now: datetime, words: Words, parent: QWidget, then: Callable[[HandOver], None]
    ) -> "HandOverDialog":
        """Open over `parent`; `then` gets what was said."""
        dialog = cls(dossier, words, parent)
        dialog.accepted.connect(lambda: then(dialog.said(now)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.to.setFocus()
        return dialog

    def said(self, now: datetime) -> HandOver:
        return HandOver(now, Recipient(self.to.value), self.name.text, self.personal_id.text or None)

    def _fill(self) -> None:
        """Whoever the dossier names need not be typed."""
        known = {Recipient.APPLICANT: self._dossier.applicant, Recipient.OWNER: self._dossier.owner}
        party = known.get(Recipient(self.to.value))
        self.name.show_text(party.full_name if party else "")
        self.personal_id.show_text((party.personal_id or "") if party else "")

    def _confirm(self) -> None:
        if self.name.text:
            self.accept()
        else:
            self.name.show_error(self._words("hand_over.missing"))
            self.name.editor.setFocus()
