"""What the province wants a person to see to: all may read it, a supervisor takes note."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.ports.values import Notice as ProvinceNotice
from desk.ui.background import Background, Lane
from desk.ui.bricks import button, column, empty, holding, label, row, scrolling, tab_in_reading_order
from desk.ui.deeds import Deeds
from desk.ui.formats import as_moment
from desk.ui.messages import explain
from desk.ui.page import Hint, Notice, Page
from desk.ui.words import Words


class NoticesPage(Page):
    """`wants_dossier` asks for the page of the dossier one is about; `changed` says that one was seen."""

    wants_dossier = Signal(str)
    changed = Signal()
    left = Signal()
    answered = Signal()

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__(words)
        self._deeds, self._background = deeds, background
        self.back = button(words("notices.back"), "quiet", key="Esc")
        self.nothing = label("", "note", wrap=True)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(12)
        self.seen: list[QWidget] = []
        inside = QWidget()
        inside.setLayout(column(self.lines, -1))
        layout = column(row(self.back, -1), self.nothing, scrolling(inside), space=12, margin=24)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.back.clicked.connect(self.left)
        QShortcut(QKeySequence("Esc"), self, self.left.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def hints(self) -> tuple[Hint, ...]:
        return tuple(Hint(key, self.words(f"hints.{name}")) for key, name in (("Tab", "onward"), ("Esc", "leave_page")))

    def arrive(self) -> None:
        self.back.setFocus()
        self.refresh()

    def refresh(self) -> None:
        self._background.run(Lane.READ, self._deeds.notices, owner=self, done=self._show, failed=self._complain)

    def _show(self, notices: Sequence[ProvinceNotice]) -> None:
        empty(self.lines)
        self.seen = []
        for one in notices:
            self.lines.addWidget(self._card(one))
        self.nothing.setText("" if notices else self.words("notices.nothing"))
        self.nothing.setVisible(not notices)
        tab_in_reading_order(self)
        self.answered.emit()

    def _card(self, one: ProvinceNotice) -> QWidget:
        key = f"matters.{one.matter}"
        title = label(self.words(key) if self.words.has(key) else self.words("matters.other"), "section", wrap=True)
        text = label(one.vi if self.words.language == "vi" else one.en, wrap=True)
        seen = button(self.words("notices.seen"))
        seen.clicked.connect(partial(self._see, one.id))
        self.seen.append(seen)
        deeds = row(seen, *([self._opens(one.code)] if one.code else []), -1, label(as_moment(one.at), "note"))
        return holding(column(title, text, deeds, space=8, margin=16), "card")

    def _opens(self, code: str) -> QWidget:
        opens = button(code, "quiet")
        opens.clicked.connect(partial(self.wants_dossier.emit, code))
        return opens

    def _see(self, id: str) -> None:
        self._run(partial(self._deeds.see_notice, id), self._was_seen)

    def _was_seen(self, _: object) -> None:
        self.refresh()
        self.changed.emit()

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._background.run(Lane.WRITE, work, owner=self, done=done, failed=self._complain)

    def _complain(self, error: Exception) -> None:
        self.noticed.emit(Notice(explain(error).in_(self.words.language), "red"))
