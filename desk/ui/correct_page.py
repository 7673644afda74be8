"""A refused dossier, said again as it should have been: the form with what stands there, at the field in question."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desk.domain.dossier import FeeKind, FeeLine, Payment
from desk.domain.errors import DeskError
from desk.domain.procedures import Procedure
from desk.services.ports.values import Corrected, DossierFile, Preview
from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import button, column, holding, label, row, scrolling
from desk.ui.deeds import Deeds
from desk.ui.intake_form import IntakeForm
from desk.ui.look_ahead import LookAhead
from desk.ui.messages import explain
from desk.ui.page import Hint, Notice, Page
from desk.ui.summary import Summary
from desk.ui.typed import NOT_PAID, Typed, typed_from
from desk.ui.words import Words


class CorrectPage(Page):
    """`corrected` says which dossier was said again, and whether the slip people hold says something else now."""

    corrected = Signal(str, bool)
    left = Signal()
    opened = Signal()

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__(words)
        self._deeds, self._background = deeds, background
        self.file: DossierFile | None = None
        self.form = IntakeForm(deeds, words, background)
        self.summary = Summary(words, deeds.now)
        self.summary.accept.setText(f"{words('correct.act')}   Ctrl+Enter")
        self.summary.accept.setAccessibleName(words("correct.act"))
        self.code, self.why = label("", "label"), label("", "strong", wrap=True)
        self.back = button(words("correct.back"), "quiet", key="Esc")
        self._ahead = LookAhead(deeds, background, self._typed, self)
        self._lay_out()
        self._listen()

    def hints(self) -> tuple[Hint, ...]:
        keys = (("Enter", "onward"), ("Ctrl+Enter", "correct"), ("Esc", "leave_page"))
        return tuple(Hint(key, self.words(f"hints.{name}")) for key, name in keys)

    def open(self, file: DossierFile) -> None:
        """Fill the form in with the dossier as it stands, and say at its field why the province refused it."""
        self.file = file
        field = (file.province.field or "").rsplit(".", 1)[-1]
        named = self.words(f"fields.{field}") if self.words.has(f"fields.{field}") else field
        self.code.setText(self.words("correct.title_of", code=file.dossier.code, field=named))
        self.summary.code.setText(file.dossier.code)
        self.why.setText(file.province.vi if self.words.language == "vi" else file.province.en)
        work = partial(self._deeds.find_procedures, file.dossier.procedure)
        self._run(Lane.READ, work, self._fill)

    def state(self) -> Any:
        return self.file, self.form.typed, self.form.procedure.thing

    def restore(self, state: Any) -> None:
        file, typed, procedure = state
        if file is not None:
            self.open(file)
            self.form.show_typed(typed, procedure)

    def _lay_out(self) -> None:
        why = row(self.code, self.why, self.back, space=12)
        why.setStretch(1, 1)
        why.setContentsMargins(24, 10, 16, 10)
        head = holding(why, "notice")
        theme.look(head, "red")
        inside = self.form
        centred = QWidget()
        middle = QHBoxLayout(centred)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inside, 1000)
        middle.addStretch(1)
        self._scroll = scrolling(centred)
        upper = column(head, self._scroll, space=0)
        upper.setStretch(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(upper, 1)
        layout.addWidget(self.summary)

    def _listen(self) -> None:
        self.form.changed.connect(self._ahead.ask)
        self._ahead.seen.connect(self._show_preview)
        self._ahead.unclear.connect(self._show_no_preview)
        self.summary.accept.clicked.connect(self._correct)
        self.back.clicked.connect(self.left)
        for keys, deed in (("Ctrl+Return", self._correct), ("Ctrl+Enter", self._correct), ("Esc", self.left.emit)):
            QShortcut(QKeySequence(keys), self, deed, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _typed(self) -> Typed:
        return self.form.typed

    def _fill(self, procedures: Sequence[Procedure]) -> None:
        if self.file is None:
            return
        dossier = self.file.dossier
        procedure = next((one for one in procedures if one.code == dossier.procedure), None)
        self.form.clear()
        self.form.show_typed(typed_from(dossier), procedure)
        self._ahead.ask()
        QTimer.singleShot(0, self, self._show_field)  # when the form has its papers

    def _show_field(self) -> None:
        """The field in question, or the first one where the province names none of ours."""
        if self.file is not None and not self.form.show_error(self.file.province.field or "", self.why.text()):
            self.form.procedure.setFocus()
        QTimer.singleShot(0, self, self._scroll_there)  # when the layout has made room for the words

    def _scroll_there(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus, 0, 120)
        self.opened.emit()

    def _show_preview(self, typed: Typed, preview: Preview) -> None:
        self.summary.show_preview(preview, typed, self._fees(typed) or preview.fees)

    def _show_no_preview(self, error: Exception | None) -> None:
        self.summary.show_nothing()
        if error is not None:
            self.summary.due_note.setText(explain(error).in_(self.words.language))

    def _fees(self, typed: Typed) -> tuple[FeeLine, ...] | None:
        """As the catalogue has them now, paid as they were; typed ones where the catalogue does not know."""
        lines = self._ahead.preview.fees if self._ahead.preview else ()
        if self.form.asks_fee and typed.fee_amount:
            lines = (*lines, FeeLine(self.words("intake.fee_line"), FeeKind.CHARGE, typed.fee_amount))
        paid = None if typed.paid == NOT_PAID else Payment(typed.paid)
        return tuple(replace(fee, paid=paid) for fee in lines) if lines else None

    def _correct(self) -> None:
        self.form.forget_errors()
        self._ahead.when_clear(self._correct_now)

    def _correct_now(self) -> None:
        if self.file is None:
            return
        typed = self.form.typed
        try:
            intake = typed.intake(self._fees(typed))
        except DeskError as error:
            self._refuse(error)
            return
        self.summary.show_busy(busy=True)
        work = partial(self._deeds.correct, self.file.dossier.code, intake)
        self._background.run(Lane.WRITE, work, owner=self, done=self._was_corrected, failed=self._refuse)

    def _was_corrected(self, corrected: Corrected) -> None:
        self.summary.show_busy(busy=False)
        self.corrected.emit(corrected.dossier.code, corrected.slip_changed)

    def _refuse(self, error: Exception) -> None:
        self.summary.show_busy(busy=False)
        text, field = explain(error).in_(self.words.language), getattr(error, "field", None)
        if not (field and self.form.show_error(field, text)):
            self._complain(error)

    def _run(self, lane: Lane, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._background.run(lane, work, owner=self, done=done, failed=self._complain)

    def _complain(self, error: Exception) -> None:
        self.noticed.emit(Notice(explain(error).in_(self.words.language), "red"))
