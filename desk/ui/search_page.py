"""Dossiers: what needs somebody first; a few letters or digits find any other."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from desk.services.ports.values import FoundDossier
from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import ENTER, column, label, picture, row, tab_in_reading_order
from desk.ui.deeds import Deeds
from desk.ui.dossier_table import DossierRows, DossierTable
from desk.ui.fields import Editor, Field
from desk.ui.messages import explain
from desk.ui.page import Hint, Notice, Page
from desk.ui.words import Words


class SearchBox(Editor):
    """Asks with every letter, also with those an input method still composes; Down and Enter go to the answers."""

    asks = Signal(str)
    to_answers = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.textChanged.connect(self._ask)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():
            self.asks.emit((self.text() + event.preeditString()).strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, *ENTER):
            self.to_answers.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self.asks.emit(self.text().strip())


class SearchPage(Page):
    """`wants_dossier` asks for the page of the one that was chosen."""

    wants_dossier = Signal(str)
    answered = Signal()
    """The table shows the answer to what stands in the box."""

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__(words)
        self._deeds, self._background = deeds, background
        self._asked = ""
        self.box = SearchBox()
        self.table = DossierTable(words, deeds.now, self)
        self.rows = DossierRows(self.table, words("search.answers"))
        self.heading = label("", "section")
        self.empty_title, self.empty = label("", "strong", wrap=True), label("", "note", wrap=True)
        self._lay_out()
        self.box.asks.connect(self._ask)
        self.box.to_answers.connect(self._to_answers)
        self.rows.opened.connect(self._open)

    def hints(self) -> tuple[Hint, ...]:
        keys = (("↓", "to_list"), ("Enter", "open"), ("Esc", "clear_search"))
        return tuple(Hint(key, self.words(f"hints.{name}")) for key, name in keys)

    def arrive(self) -> None:
        self.refresh()
        self.box.setFocus()
        self.box.selectAll()

    def state(self) -> Any:
        return self.box.text()

    def restore(self, state: Any) -> None:
        self.box.setText(state)

    def refresh(self) -> None:
        """Ask the same again: something has happened meanwhile."""
        self._ask(self.box.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.box.clear()
            self.box.setFocus()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        field = Field(self.words("search.label"), self.box)
        field.setMaximumWidth(theme.FORM_WIDTH)
        sign = picture("empty", 40, theme.EDGE)
        self._empty = column(-1, row(-1, sign, -1), self.empty_title, self.empty, -2, space=8)
        for text in (self.empty_title, self.empty):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._empty_sign = sign
        layout = column(field, self.heading, self.rows, self._empty, space=12, margin=24)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        tab_in_reading_order(self)
        self._show_empty("")

    def _ask(self, text: str) -> None:
        self._asked = text
        work = partial(self._deeds.find, text) if text else self._deeds.needs_me
        self._background.run(Lane.READ, work, owner=self, done=partial(self._show, text), failed=self._complain)

    def _show(self, text: str, found: Sequence[FoundDossier]) -> None:
        if text != self._asked:  # somebody typed on meanwhile
            return
        self.table.show(found)
        self.rows.choose_first()
        waiting = sum(one.need is not None for one in found)
        if text:
            self.heading.setText(self.words.count("search.found", len(found)))
        else:
            self.heading.setText(
                self.words.count("search.needs_me", waiting) if waiting else self.words("search.today")
            )
        self._show_empty("" if found else "search.nothing" if text else "search.empty")
        self.answered.emit()

    def _show_empty(self, key: str) -> None:
        for widget in (self._empty_sign, self.empty_title, self.empty):
            widget.setVisible(bool(key))
        self.heading.setVisible(not key)
        self.rows.setVisible(not key)
        if key:
            self.empty_title.setText(self.words(f"{key}_title"))
            self.empty.setText(self.words(key))

    def _to_answers(self) -> None:
        if self.table.rowCount():
            self.rows.setFocus()

    def _open(self, dossier: FoundDossier) -> None:
        self.wants_dossier.emit(dossier.code)

    def _complain(self, error: Exception) -> None:
        self.noticed.emit(Notice(explain(error).in_(self.words.language), "red"))
