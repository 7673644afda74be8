"""Intake: the form, what it means beside it, and the way from a queue to a code and a paper."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedLayout, QWidget

from desk.domain.clock import ClockLook
from desk.domain.dossier import Dossier, FeeKind, FeeLine, Payment
from desk.domain.errors import ClockDoubted, DeskError, DuplicateClientId
from desk.domain.procedures import Procedure
from desk.services.ports.values import Preview, SlipOutcome
from desk.ui.accepted import Accepted
from desk.ui.background import Background, Lane
from desk.ui.bricks import scrolling
from desk.ui.deeds import Deeds
from desk.ui.draft_keeper import DraftKeeper
from desk.ui.intake_form import IntakeForm
from desk.ui.look_ahead import LookAhead
from desk.ui.messages import explain
from desk.ui.page import Hint, Notice, Page
from desk.ui.paper_run import PaperRun
from desk.ui.reason_dialog import ReasonDialog
from desk.ui.summary import Summary
from desk.ui.typed import NOT_PAID, Typed
from desk.ui.words import Words


class IntakePage(Page):
    """Take a dossier. `taken` says so, `wants_dossier` asks for the page of one that is already there."""

    taken = Signal()
    wants_dossier = Signal(str)
    restored = Signal()

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__(words)
        self._deeds, self._background = deeds, background
        self._accepting = False
        self._dossier: Dossier | None = None
        self.paper = PaperRun(deeds, background, self)
        self.form = IntakeForm(deeds, words, background)
        self.summary = Summary(words, deeds.now)
        self.accepted = Accepted(words, deeds.now)
        self.draft = DraftKeeper(deeds, background, self._typed, self)
        self._ahead = LookAhead(deeds, background, self._typed, self)
        self._lay_out()
        self._listen()

    def begin(self) -> None:
        """Ask for the draft of whoever has signed in, and for where we are."""
        self.draft.ask()

    def hints(self) -> tuple[Hint, ...]:
        keys: tuple[tuple[str, str], ...]
        if self._shows_accepted:
            keys = (("Enter", "next"), ("Ctrl+P", "reprint"), ("Ctrl+D", "void"))
        else:
            keys = (("Enter", "onward"), ("F6", "scan"), ("Ctrl+Enter", "accept"))
            keys += (("Ctrl+B", "paper_book"), ("Ctrl+Delete", "clear"))
        return tuple(Hint(key, self.words(f"hints.{name}")) for key, name in keys)

    def arrive(self) -> None:
        if self._shows_accepted:
            self.accepted.next.setFocus()
        elif not self.form.isAncestorOf(QApplication.focusWidget() or self):
            self._focus_first()

    def leave(self) -> None:
        self.draft.keep_if_touched()

    @property
    def is_accepting(self) -> bool:
        """An acceptance is under way, and its answer belongs to this very page."""
        return self._accepting

    def state(self) -> Any:
        return self.form.typed, self.form.procedure.thing, self._dossier, self.paper

    def restore(self, state: Any) -> None:
        """The paper under way is taken over as it is: what the printer answers still finds somebody to hear it."""
        typed, procedure, dossier, paper = state
        self._take_over(paper)
        self.form.show_typed(typed, procedure)
        self._learn_where()
        self._ahead.ask()
        if dossier is not None:
            self._show_accepted(dossier)
            self._show_paper()

    @property
    def _shows_accepted(self) -> bool:
        return self._stack.currentWidget() is self.accepted

    def _lay_out(self) -> None:
        self._scroll = scrolling(_centred(self.form))
        work = QFrame()
        beside = QHBoxLayout(work)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._scroll, 1)
        beside.addWidget(self.summary)
        self._work = work
        self._stack = QStackedLayout(self)
        self._stack.addWidget(work)
        self._stack.addWidget(self.accepted)

    def _listen(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.grown.connect(self._show_part)
        self.summary.accept.clicked.connect(self._accept)
        self._ahead.seen.connect(self._show_preview)
        self._ahead.unclear.connect(self._show_no_preview)
        self.draft.found.connect(self._draft_found)
        self.draft.nothing.connect(self._start_empty)
        self.draft.failed.connect(self._complain)
        self._take_over(self.paper)
        self.accepted.next.clicked.connect(self._next)
        self.accepted.spoilt.clicked.connect(self._reprint)
        self.accepted.void.clicked.connect(self._ask_void)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        for keys, deed in (
            ("F6", self._scan),
            ("Ctrl+Return", self._accept),
            ("Ctrl+Enter", self._accept),
            ("Ctrl+Delete", self._clear),
            ("Ctrl+B", self._switch_lane),
            ("Ctrl+P", self._reprint),
            ("Ctrl+D", self._ask_void),
        ):
            QShortcut(QKeySequence(keys), self, deed, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- while typing

    def _changed(self) -> None:
        self.draft.touch()
        self._ahead.ask()

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.form.isAncestorOf(now):
            return
        self._scroll.ensureWidgetVisible(now, 0, 56)
        self.draft.keep_if_touched()

    def _show_part(self, part: QWidget) -> None:
        self._scroll.ensureWidgetVisible(part, 0, 16)

    def _scan(self) -> None:
        if self._shows_accepted:
            return
        owner = self.form.owner
        at_owner = owner.isVisible() and owner.isAncestorOf(QApplication.focusWidget() or self)
        (owner if at_owner else self.form.person).scan.setFocus()

    def _switch_lane(self) -> None:
        if not self._shows_accepted:
            self.form.switch_lane()

    def _clear(self) -> None:
        self.draft.drop()
        self.form.lane.show_typed("", "")
        self._begin_afresh()

    def _typed(self) -> Typed:
        return self.form.typed

    def _start_empty(self) -> None:
        self._learn_where()
        self.restored.emit()

    def _draft_found(self, typed: Typed, procedure: Procedure | None) -> None:
        self.form.show_typed(typed, procedure)
        self.noticed.emit(Notice(self.words("intake.draft_restored")))
        self._start_empty()

    def _learn_where(self) -> None:
        self._run(Lane.READ, self._deeds.here, done=self.form.settle)

    # --- what it would mean

    def _show_preview(self, typed: Typed, preview: Preview) -> None:
        self.summary.show_preview(preview, typed, self._fees(typed) or preview.fees)

    def _show_no_preview(self, error: Exception | None) -> None:
        self.summary.show_nothing()
        if error is not None:
            self.summary.due_note.setText(explain(error).in_(self.words.language))

    def _fees(self, typed: Typed) -> tuple[FeeLine, ...] | None:
        """What is paid, where the clerk knows more than the catalogue: that it is paid already, or how much it is."""
        lines = self._ahead.preview.fees if self._ahead.preview else ()
        if typed.fee_amount:
            lines = (*lines, FeeLine(self.words("intake.fee_line"), FeeKind.CHARGE, typed.fee_amount))
        paid = None if typed.paid == NOT_PAID else Payment(typed.paid)
        if paid is None and not typed.fee_amount:
            return None
        return tuple(replace(fee, paid=paid) for fee in lines)

    # --- accepting

    def _accept(self) -> None:
        """At once; only money that is said to be paid waits for the amount that stands beside the form."""
        if self._accepting or self._shows_accepted:
            return
        self._accepting = True
        self.form.forget_errors()
        if self.form.typed.paid == NOT_PAID:
            self._accept_now()
        else:
            self._ahead.when_clear(self._accept_now)

    def _accept_now(self) -> None:
        typed = self.form.typed
        try:
            intake = typed.intake(self._fees(typed))
        except DeskError as error:
            self._was_refused(error)
            return
        self.summary.show_busy(busy=True)
        self.draft.keep()
        work = partial(self._deeds.accept, intake)
        self._background.run(Lane.WRITE, work, owner=self, done=self._was_accepted, failed=self._was_refused)

    def _was_refused(self, error: Exception) -> None:
        self._accepting = False
        self.summary.show_busy(busy=False)
        if isinstance(error, ClockDoubted):
            self._run(Lane.READ, self._deeds.clock, done=self._ask_day)
            return
        self._refuse(error)
        if isinstance(error, DuplicateClientId):  # taken just before the power went
            self._clear()
            self.wants_dossier.emit(error.code)

    def _ask_day(self, look: ClockLook) -> None:
        """Somebody vouches for the day, and the dossier is taken; or goes to set the clock, and nothing is lost."""
        from desk.ui.clock_dialog import ClockDialog  # seldom needed, so not built in

        ClockDialog.ask(look, self.words, self, self._confirm_day)

    def _confirm_day(self) -> None:
        self._run(Lane.WRITE, self._deeds.confirm_clock, done=self._day_confirmed)

    def _day_confirmed(self, _: ClockLook) -> None:
        self.taken.emit()
        self._accept()

    def _refuse(self, error: Exception) -> None:
        text = explain(error).in_(self.words.language)
        field = getattr(error, "field", None)
        if not (field and self.form.show_error(field, text)):
            self._complain(error)
            return
        QTimer.singleShot(0, self, self._show_focus)  # when the layout has made room for the words

    def _show_focus(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus.parentWidget() or focus, 0, 40)

    def _was_accepted(self, dossier: Dossier) -> None:
        self._accepting = False
        self.summary.show_busy(busy=False)
        self.noticed.emit(None)
        self.draft.drop()
        self._show_accepted(dossier)
        self.form.clear()
        self.form.lane.go_on()
        self.paper.start(dossier.code)
        self.taken.emit()

    def _show_accepted(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self.accepted.show_dossier(dossier)
        self._stack.setCurrentWidget(self.accepted)
        self.accepted.next.setFocus()
        self.hints_changed.emit()

    # --- paper

    def _take_over(self, paper: PaperRun) -> None:
        self.paper = paper
        paper.setParent(self)
        paper.moved.connect(self._show_paper)

    def _show_paper(self) -> None:
        self.accepted.show_paper(self.paper.state, self.paper.printer, self.paper.why(self.words.language))

    def _reprint(self) -> None:
        if self._shows_accepted and self._dossier is not None:
            self.paper.again(self._dossier.code)

    def _next(self) -> None:
        self.paper.confirm(SlipOutcome.PRINTED)
        self._begin_afresh()

    # --- undoing

    def _ask_void(self) -> None:
        if not self._shows_accepted or self._dossier is None:
            return
        code = self._dossier.code
        ReasonDialog.ask_why_void(code, self.words, self, partial(self._void, code))

    def _void(self, code: str, reason: str) -> None:
        self._run(Lane.WRITE, partial(self._deeds.void, code, reason), done=self._was_voided)

    def _was_voided(self, dossier: Dossier) -> None:
        self.noticed.emit(Notice(self.words("void.done", code=dossier.code), "amber"))
        self._begin_afresh()
        self.taken.emit()

    def _begin_afresh(self) -> None:
        self._dossier = None
        self.paper.forget()
        self.form.clear()
        self.form.forget_errors()
        self.summary.show_nothing()
        self._stack.setCurrentWidget(self._work)
        self._scroll.verticalScrollBar().setValue(0)
        self._learn_where()
        self._focus_first()
        self.hints_changed.emit()

    def _focus_first(self) -> None:
        if self.form.lane.is_on:
            self.form.lane.at.editor.setFocus()
            self.form.lane.at.editor.setCursorPosition(0)
            return
        target = self.form.procedure if self.form.procedure.thing is None else self.form.person.full_name.editor
        target.setFocus()

    def _run(self, lane: Lane, work: Callable[[], Any], *, done: Callable[[Any], None] | None = None) -> None:
        self._background.run(lane, work, owner=self, done=done, failed=self._complain)

    def _complain(self, error: Exception) -> None:
        self.noticed.emit(Notice(explain(error).in_(self.words.language), "red"))


def _centred(form: QWidget) -> QWidget:
    inside = QWidget()
    layout = QHBoxLayout(inside)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addStretch(1)
    layout.addWidget(form, 1000)
    layout.addStretch(1)
    return inside
