""" "This dossier": what accepting now would mean, beside the form and always in view."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desk.domain.dossier import FeeLine
from desk.services.ports.values import Preview
from desk.ui import theme
from desk.ui.bricks import button, column, empty, holding, label, line, picture, row, scrolling
from desk.ui.formats import as_moment_from, as_money
from desk.ui.typed import Typed
from desk.ui.words import Words

ACCEPT_KEY = "Ctrl+Enter"


class Summary(QFrame):
    """Due date, fee, papers, code, what is odd, and the one button that acts."""

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(theme.PANEL_WIDTH)
        self._words, self._now = words, now
        self.due, self.due_note = label("", "value", wrap=True), label("", "note", wrap=True)
        self.fee, self.fee_note = label("", "value", wrap=True), label("", "note", wrap=True)
        self.papers, self.missing = label("", "strong", wrap=True), label("", "amber", wrap=True)
        self.code = label(words("summary.code_later"), "note", wrap=True)
        self.warnings = QVBoxLayout()
        self.warnings.setSpacing(6)
        self.accept = button(words("summary.accept"), "primary", key=ACCEPT_KEY)
        self.accept.setMinimumWidth(theme.PANEL_WIDTH - 40)
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """No procedure yet, so nothing can be promised."""
        self.due.setText("—")
        self.due_note.setText(self._words("summary.due_unknown"))
        self.fee.setText("—")
        self.fee_note.setText("")
        self.papers.setText("—")
        self.missing.setText("")
        self._show_warnings(())
        self._settle()

    def show_preview(self, preview: Preview, typed: Typed, fees: Sequence[FeeLine]) -> None:
        self.due.setText(self._due_text(preview))
        self.due_note.setText(preview.time_limit)
        self.fee.setText(as_money(sum(fee.total for fee in fees)) if fees else self._words("summary.no_fee"))
        self.fee_note.setText("\n".join(_fee_line(fee) for fee in fees))
        ticked = sum(paper.ticked for paper in typed.papers)
        self.papers.setText(self._words("summary.papers_of", ticked=ticked, all=len(typed.papers)))
        lines = (self._words("summary.missing"), *(f"• {name}" for name in preview.missing))
        self.missing.setText("\n".join(lines) if preview.missing else "")
        self._show_warnings([self._words(f"warnings.{warned.code}") for warned in preview.warnings])
        self._settle()

    def show_busy(self, *, busy: bool) -> None:
        self.accept.setEnabled(not busy)

    def _due_text(self, preview: Preview) -> str:
        if preview.due_at is None:
            return self._words("summary.no_due")
        return as_moment_from(self._words, preview.due_at, self._now())

    def _lay_out(self) -> None:
        blocks = (
            self._block("summary.due", self.due, self.due_note),
            line(),
            self._block("summary.fee", self.fee, self.fee_note),
            line(),
            self._block("summary.papers", self.papers, self.missing),
            line(),
            self._block("summary.code", self.code),
        )
        inside = QWidget()
        inside.setLayout(
            column(label(self._words("summary.title"), "section"), *blocks, self.warnings, -1, space=12, margin=20)
        )
        foot = holding(column(self.accept, margin=20), "foot")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolling(inside), 1)
        layout.addWidget(foot)

    def _block(self, key: str, *pieces: QLabel) -> QVBoxLayout:
        return column(label(self._words(key), "note"), *pieces, space=2)

    def _show_warnings(self, texts: Sequence[str]) -> None:
        empty(self.warnings)
        for text in texts:
            sign = picture("warning", 18, theme.AMBER)
            made = row(sign, label(text, "amber", wrap=True))
            made.setStretch(1, 1)
            made.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            self.warnings.addWidget(holding(made))

    def _settle(self) -> None:
        for note in (self.due_note, self.fee_note, self.missing):
            note.setVisible(bool(note.text()))


def _fee_line(fee: FeeLine) -> str:
    times = f"{fee.count}\u00a0×\u00a0" if fee.count != 1 else ""
    return f"{fee.name}: {times}{as_money(fee.amount)}"
