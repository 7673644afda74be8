"""One dossier: what it is, what happened to it, what the province says, and its paper."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.domain.clock import civil
from desk.domain.dossier import Dossier, Requirement
from desk.domain.people import Address, Party
from desk.domain.units import Unit
from desk.services.ports.values import Attachment, DossierFile, HandOver, Happening, SlipOutcome, SlipState, Word
from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import button, column, empty, holding, label, line, row, scrolling, tab_in_reading_order
from desk.ui.deeds import Deeds
from desk.ui.formats import as_moment, as_money
from desk.ui.messages import explain
from desk.ui.page import Hint, Notice, Page
from desk.ui.paper_list import COUNTS
from desk.ui.paper_run import PaperRun, PaperState
from desk.ui.reason_dialog import ReasonDialog
from desk.ui.words import Words

_WORD_LOOKS = {Word.APPLIED: "badge", Word.REFUSED: "badge-red"}


class DossierPage(Page):
    """`left` goes back to the list; `changed` says that something was done to a dossier."""

    left = Signal()
    changed = Signal()
    opened = Signal()
    wants_correction = Signal(object)
    """The file of a dossier the province refuses."""

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__(words)
        self._deeds, self._background = deeds, background
        self._code = ""
        self._communes: dict[str, str] = {}
        self.file: DossierFile | None = None
        self.paper = PaperRun(deeds, background, self)
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.status, self.province = label("", "badge"), label("", "badge")
        self.mark = label(words("dossier.recovered"), "badge")
        theme.look(self.mark, "badge-amber")
        self.reason = label("", "error", wrap=True)
        self.procedure = label("", "strong", wrap=True)
        self.facts = QGridLayout()
        self.history = QVBoxLayout()
        self.slip = label("", wrap=True)
        self.reprint = button(words("dossier.reprint"), "primary", key="Ctrl+P")
        self.printed = button(words("dossier.printed"), key="Ctrl+I")
        self.spoilt = button(words("dossier.spoilt"), key="Ctrl+U")
        self.correct = button(words("dossier.correct"), key="Ctrl+E")
        self.give = button(words("dossier.hand_over"), key="Ctrl+H")
        self.void = button(words("dossier.void"), "quiet-danger", key="Ctrl+D")
        self.back = button(words("dossier.back"), "quiet", key="Esc")
        self._lay_out()
        self._listen()

    def hints(self) -> tuple[Hint, ...]:
        keys = (("Ctrl+P", "reprint"), ("Ctrl+H", "hand_over"), ("Ctrl+D", "void"), ("Esc", "back"))
        return tuple(Hint(key, self.words(f"hints.{name}")) for key, name in keys)

    def open(self, code: str) -> None:
        """Show the dossier with this code, or of this scanned slip."""
        self._code = code
        self._background.run(
            Lane.READ,
            partial(self._deeds.open_dossier, code),
            owner=self,
            done=partial(self._show, code),
            failed=self._complain,
        )

    def print_again(self, code: str) -> None:
        """The paper the person holds is out of date."""
        self.paper.start(code)

    def refresh(self) -> None:
        if self._code:
            self.open(self._code)

    def arrive(self) -> None:
        self.reprint.setFocus()

    def state(self) -> Any:
        return self._code

    def restore(self, state: Any) -> None:
        if state:
            self.open(state)

    def _lay_out(self) -> None:
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(8)
        self.facts.setColumnStretch(1, 1)
        self.history.setSpacing(10)
        coded = row(self.code, self.status, -1, space=12)
        coded.setAlignment(self.status, Qt.AlignmentFlag.AlignVCenter)
        head = column(
            row(self.back, -1),
            coded,
            row(self.mark, -1),
            self.procedure,
            space=6,
        )
        facts = holding(column(self.facts, margin=20), "card")
        main = QWidget()
        main.setLayout(column(head, facts, -1, space=16, margin=24))
        scroll = scrolling(main)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._side())
        tab_in_reading_order(self)

    def _side(self) -> QFrame:
        inside = QWidget()
        inside.setLayout(
            column(
                label(self.words("dossier.province"), "section"),
                row(self.province, -1),
                self.reason,
                self.correct,
                line(),
                label(self.words("dossier.paper"), "section"),
                self.slip,
                self.printed,
                self.spoilt,
                line(),
                label(self.words("dossier.history"), "section"),
                self.history,
                -1,
                space=12,
                margin=20,
            )
        )
        foot = holding(column(self.reprint, self.give, self.void, margin=20), "foot")
        side = holding(column(scrolling(inside), foot, space=0), "side")
        side.setFixedWidth(theme.PANEL_WIDTH + 20)
        return side

    def _listen(self) -> None:
        self.back.clicked.connect(self.left)
        self.reprint.clicked.connect(self._reprint)
        self.printed.clicked.connect(partial(self._confirm, SlipOutcome.PRINTED))
        self.spoilt.clicked.connect(partial(self._confirm, SlipOutcome.SPOILT))
        self.void.clicked.connect(self._ask_void)
        self.give.clicked.connect(self._ask_hand_over)
        self.correct.clicked.connect(self._ask_correction)
        self.paper.moved.connect(self._paper_moved)
        for keys, deed in (
            ("Esc", self.left.emit),
            ("Ctrl+P", self._reprint),
            ("Ctrl+I", self.printed.click),
            ("Ctrl+U", self.spoilt.click),
            ("Ctrl+D", self._ask_void),
            ("Ctrl+H", self._ask_hand_over),
            ("Ctrl+E", self._ask_correction),
        ):
            QShortcut(QKeySequence(keys), self, deed, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- showing

    def _show(self, code: str, file: DossierFile) -> None:
        if code != self._code:
            return
        self.file = file
        dossier = file.dossier
        self.code.setText(dossier.code)
        self.procedure.setText(dossier.procedure_name)
        self.status.setText(self.words("status.void" if file.voided else f"status.{int(file.status)}"))
        theme.look(self.status, "badge-red" if file.voided else "badge")
        self._show_province()
        self._fill_facts(dossier)
        self._fill_history(file.history)
        self._show_slip(file)
        self.void.setVisible(not file.voided)
        self.give.setVisible(not file.voided and not file.hand_overs)
        self.correct.setVisible(file.repairable)
        self.mark.setVisible(file.recovered)
        self.opened.emit()

    def _show_province(self) -> None:
        if self.file is None:
            return
        word = self.file.province
        self.province.setText(self.words(f"province.{word.word.value}"))
        theme.look(self.province, _WORD_LOOKS.get(word.word, "badge-amber"))
        self.reason.setText(word.vi if self.words.language == "vi" else word.en)
        theme.look(self.reason, "error" if word.word is Word.REFUSED else "amber")
        if word.word is Word.WAITING and self.file.hand_overs and word.since is not None:
            self.reason.setText(self.words("dossier.waits_for_other", since=as_moment(word.since)))
        self.reason.setVisible(bool(self.reason.text()))

    def _fill_facts(self, dossier: Dossier) -> None:
        empty(self.facts)
        words = self.words
        lines = [
            (words("dossier.applicant"), self._person(dossier.applicant)),
            (words("dossier.owner"), self._person(dossier.owner) if dossier.owner else ""),
            (words("dossier.received"), f"{as_moment(dossier.received_at)} · {words(f'channels.{dossier.channel}')}"),
            (words("dossier.due"), as_moment(dossier.due_at) if dossier.due_at else words("summary.no_due")),
            (words("dossier.return_by"), words(f"returns.{dossier.return_by}")),
            (words("dossier.papers"), "\n".join(map(self._paper_line, dossier.requirements))),
            (words("dossier.files"), "\n".join(map(self._file, self.file.attachments if self.file else ()))),
            (words("dossier.fee"), self._fee(dossier)),
            (words("dossier.paper_book"), str(dossier.paper) if dossier.paper else ""),
            (words("dossier.handed_over"), "\n".join(map(self._given, self.file.hand_overs if self.file else ()))),
            (words("dossier.register"), f"{dossier.register_book} · {dossier.register_line}"),
            (words("dossier.note"), dossier.note),
        ]
        for number, (name, text) in enumerate(pair for pair in lines if pair[1]):
            self.facts.addWidget(label(name, "note"), number, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(label(text, wrap=True), number, 1)

    def _given(self, given: HandOver) -> str:
        to = self.words(f"recipients.{given.to.value}")
        return f"{as_moment(given.at)} · {to}: {given.full_name or self.words('dossier.erased')}"

    def _file(self, attached: Attachment) -> str:
        where = "dossier.file_at_province" if attached.held_at else "dossier.file_here"
        size = max(1, round(attached.size / 1000))
        return f"{attached.name} ({size} KB) · {self.words(where)}"

    def _person(self, party: Party) -> str:
        born = party.date_of_birth.on_paper() if party.date_of_birth else ""
        address = self._address(party.address) if party.address else ""
        known = (party.personal_id or "", born, party.phone or "")
        first = " · ".join((party.full_name or self.words("dossier.erased"), *filter(None, known)))
        return "\n".join(filter(None, (first, address)))

    def _address(self, address: Address) -> str:
        """The commune has a code in the dossier; its name is asked for once and shown when it is there."""
        code = address.commune or ""
        if code and code not in self._communes:
            self._communes[code] = ""
            self._background.run(
                Lane.READ,
                partial(self._deeds.find_communes, code),
                owner=self,
                done=self._learn_communes,
                failed=self._complain,
            )
        return ", ".join(filter(None, (address.detail, self._communes.get(code, ""))))

    def _learn_communes(self, communes: Sequence[Unit]) -> None:
        self._communes |= {commune.code: commune.titled for commune in communes}
        if self.file is not None:
            self._fill_facts(self.file.dossier)

    def _paper_line(self, paper: Requirement) -> str:
        counts = {key: getattr(paper, key) for key in COUNTS}
        said = [self.words.count(f"counted_papers.{key}", number) for key, number in counts.items() if number]
        return f"{paper.name} ({', '.join(said)})" if said else paper.name

    def _fee(self, dossier: Dossier) -> str:
        if not dossier.fees:
            return self.words("summary.no_fee")
        paid = {fee.paid for fee in dossier.fees}
        said = ", ".join(sorted(self.words(f"payments.{one.value if one else 'later'}") for one in paid))
        return f"{as_money(dossier.fee)} · {said}"

    def _fill_history(self, history: Sequence[Happening]) -> None:
        empty(self.history)
        for one in reversed(history):
            when = f"{civil(one.at):%H:%M %d/%m/%Y}"
            key = f"history.{one.what}"
            what = label(self.words(key) if self.words.has(key) else one.what, "label", wrap=True)
            by = label(" · ".join(filter(None, (when, one.by))), "note", wrap=True)
            detail = [label(one.detail, "note", wrap=True)] if one.detail else []
            self.history.addLayout(column(what, by, *detail, space=0))

    def _show_slip(self, file: DossierFile) -> None:
        issue = file.slip.issue if file.slip else 0
        due = self.words("slip.new_due", code=file.slip.code) if file.slip and file.new_slip_due else ""
        self.slip.setText(due or self.words(f"slip.{file.slip_state.value}", issue=issue))
        asks = file.slip_state in (SlipState.SENT, SlipState.QUEUED) and file.slip is not None
        self.printed.setVisible(asks)
        self.spoilt.setVisible(asks)

    # --- doing

    def _reprint(self) -> None:
        if self.file is not None and self.file.dossier.code:
            self.paper.start(self.file.dossier.code)

    def _paper_moved(self) -> None:
        match self.paper.state:
            case PaperState.PRINTING:
                self.slip.setText(self.words("dossier.printing"))
            case PaperState.SENT:
                self.noticed.emit(None)
                self._done()
            case PaperState.NOT_PRINTED:
                self.noticed.emit(Notice(self.paper.why(self.words.language), "red"))
                self._done()

    def _confirm(self, outcome: SlipOutcome) -> None:
        if self.file is None or self.file.slip is None:
            return
        work = partial(self._deeds.confirm_slip, self.file.slip.id, outcome)
        self._background.run(Lane.WRITE, work, owner=self, done=self._done, failed=self._complain)

    def _ask_correction(self) -> None:
        if self.file is not None and self.file.repairable:
            self.wants_correction.emit(self.file)

    def _ask_hand_over(self) -> None:
        from desk.ui.hand_over_dialog import HandOverDialog  # made when the first result goes out

        if self.file is None or self.file.voided or self.file.hand_overs:
            return
        dossier = self.file.dossier
        HandOverDialog.ask(dossier, self._deeds.now(), self.words, self, partial(self._hand_over, dossier.code))

    def _hand_over(self, code: str, given: HandOver) -> None:
        work = partial(self._deeds.hand_over, code, given)
        self._background.run(Lane.WRITE, work, owner=self, done=self._done, failed=self._complain)

    def _ask_void(self) -> None:
        if self.file is None or self.file.voided:
            return
        code = self.file.dossier.code
        ReasonDialog.ask_why_void(code, self.words, self, partial(self._void, code))

    def _void(self, code: str, reason: str) -> None:
        work = partial(self._deeds.void, code, reason)
        self._background.run(Lane.WRITE, work, owner=self, done=self._done, failed=self._complain)

    def _done(self, _: object = None) -> None:
        self.refresh()
        self.changed.emit()

    def _complain(self, error: Exception) -> None:
        self.noticed.emit(Notice(explain(error).in_(self.words.language), "red"))
