"""After Accept: the code, large; what was printed; what to tell the person; and one key to the next."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk.domain.dossier import Dossier, FeeLine
from desk.ui import theme
from desk.ui.bricks import button, column, holding, label, line, picture, row, tab_in_reading_order
from desk.ui.formats import as_moment_from, as_money
from desk.ui.paper_run import PaperState
from desk.ui.words import Words

NEXT_KEY, REPRINT_KEY, VOID_KEY = "Enter", "Ctrl+P", "Ctrl+D"


class Accepted(QWidget):
    """What became of the dossier just taken."""

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._words, self._now = words, now
        self.title = label("", "strong", wrap=True)
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code_note = label("", "amber", wrap=True)
        self.procedure = label("", "note", wrap=True)
        self.paper = label("", wrap=True)
        self.due = label("", "value", wrap=True)
        self.tell = label("", wrap=True)
        self.next = button("", "primary", key=NEXT_KEY)
        self.spoilt = button(words("accepted.reprint"), key=REPRINT_KEY)
        self.void = button(words("accepted.void"), "quiet-danger", key=VOID_KEY)
        self._lay_out()

    def show_dossier(self, dossier: Dossier) -> None:
        self.title.setText(self._words("accepted.title", name=dossier.applicant.full_name))
        self.code.setText(dossier.code)
        self.code.setAccessibleName(f"{self._words('accepted.code')}: {dossier.code}")
        self.code_note.setText(self._words("accepted.provisional"))
        self.code_note.setVisible(dossier.provisional)
        self.procedure.setText(dossier.procedure_name)
        due, *rest = self._sentences(dossier)
        self.due.setText(due)
        self.tell.setText("\n".join(rest))
        self.show_paper(PaperState.PRINTING)

    def show_paper(self, state: PaperState, printer: str = "", why: str = "") -> None:
        """Where the slip is; next to it, what Enter will mean."""
        self.paper.setText(self._words(f"accepted.{state.value}", printer=printer, why=why))
        theme.look(self.paper, "error" if state is PaperState.NOT_PRINTED else "")
        name = self._words("accepted.next_printed" if state is PaperState.SENT else "accepted.next")
        self.next.setText(f"{name}   {NEXT_KEY}")
        self.next.setAccessibleName(name)

    def _sentences(self, dossier: Dossier) -> list[str]:
        due = dossier.due_at and as_moment_from(self._words, dossier.due_at, self._now())
        sentences = [self._words("accepted.tell_due", due=due) if due else self._words("accepted.tell_no_due")]
        sentences += [self._words("accepted.tell_fee", fee=as_money(dossier.fee))] if _owed(dossier.fees) else []
        return [*sentences, self._words(f"accepted.tell_{dossier.return_by.value}")]

    def _lay_out(self) -> None:
        tick = picture("check", 24, theme.ACCENT)
        head = row(tick, self.title, space=10)
        head.setStretch(1, 1)
        paper = row(picture("printer", 20, theme.INK_SOFT), self.paper, space=10)
        paper.setStretch(1, 1)
        said = column(label(self._words("accepted.tell"), "note"), self.due, self.tell, space=4)
        person = picture("person", 20, theme.INK_SOFT)
        telling = row(person, said, space=10)
        telling.setStretch(1, 1)
        telling.setAlignment(person, Qt.AlignmentFlag.AlignTop)
        card = holding(
            column(
                head,
                column(self.code, self.code_note, self.procedure, space=4),
                line(),
                paper,
                telling,
                8,
                row(self.next, self.spoilt, -1, self.void, space=12),
                space=16,
                margin=32,
            ),
            "card",
        )
        card.setMaximumWidth(760)
        card.setMinimumWidth(640)
        middle = row(-1, card, -1)
        middle.setStretch(1, 100)  # as wide as it may be
        self.setLayout(column(-1, middle, -1, margin=24))
        tab_in_reading_order(self)


def _owed(fees: tuple[FeeLine, ...]) -> bool:
    return any(fee.total and fee.paid is None for fee in fees)
