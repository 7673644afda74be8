"""The papers on the counter: tick what is there, and how many of each."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.domain.dossier import Requirement
from desk.ui import theme
from desk.ui.bricks import button, empty, label
from desk.ui.fields import Count, Editor
from desk.ui.typed import TypedPaper
from desk.ui.words import Words

MOST = {"originals": 999, "certified": 999, "copies": 999, "pages": 9_999}
COUNTS = tuple(MOST)


class PaperRow(QWidget):
    """One paper. Ticking it takes the numbers the catalogue asks for; writing a number ticks it."""

    changed = Signal()

    def __init__(self, typed: TypedPaper, asked: TypedPaper, *, counts_pages: bool, words: Words) -> None:
        super().__init__()
        self._own, self._asked, self._words = typed.own, asked, words
        self.tick = QCheckBox()
        self.name = label(typed.name, wrap=True)
        self.editor = Editor(typed.name)
        self.counts = {key: Count(f"{typed.name}: {words(f'papers.{key}')}", MOST[key]) for key in COUNTS}
        self._lay_out(typed)
        self.counts["pages"].setVisible(counts_pages)
        self._show(typed)
        self.tick.toggled.connect(self._ticked)
        self.editor.textChanged.connect(self._renamed)
        for count in self.counts.values():
            count.changed.connect(self._counted)

    @property
    def typed(self) -> TypedPaper:
        name = self.editor.text().strip() if self._own else self.name.text()
        counts = {key: count.value for key, count in self.counts.items()}
        return TypedPaper(name, ticked=self.tick.isChecked(), own=self._own, **counts)

    def _lay_out(self, typed: TypedPaper) -> None:
        self.tick.setAccessibleName(typed.name or self._words("papers.own"))
        self.editor.setAccessibleName(self._words("papers.own"))
        self.name.setBuddy(self.tick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.tick, 0)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.editor, 1)
        for count in self.counts.values():
            layout.addWidget(count, 0, Qt.AlignmentFlag.AlignVCenter)
        # Only now: what is shown before it has a parent becomes a window of its own for a moment.
        self.name.setVisible(not typed.own)
        self.editor.setVisible(typed.own)

    def _show(self, typed: TypedPaper) -> None:
        for key, count in self.counts.items():
            count.show_value(getattr(typed, key))
        self.tick.setChecked(typed.ticked)

    def _ticked(self, ticked: bool) -> None:
        if ticked and not any(count.value for count in self.counts.values()):
            for key, count in self.counts.items():
                count.show_value(getattr(self._asked, key))
        self.changed.emit()

    def _counted(self, number: int) -> None:
        if number:
            self.tick.blockSignals(True)
            self.tick.setChecked(True)
            self.tick.blockSignals(False)
        self.changed.emit()

    def _renamed(self, text: str) -> None:
        self.tick.setAccessibleName(text or self._words("papers.own"))
        if text.strip() and not self.tick.isChecked():
            self.tick.setChecked(True)
        self.changed.emit()


class PaperList(QWidget):
    """All papers of the case, and a button for one more. `rebuilt` comes when rows came or went."""

    changed = Signal()
    rebuilt = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._counts_pages = False
        self.rows: list[PaperRow] = []
        self._heads = QHBoxLayout()
        self._heads.setSpacing(theme.SPACE)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.empty = label(words("papers.empty"), "note", wrap=True)
        self.add = button(words("papers.add"), "quiet")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.empty)
        layout.addLayout(self._heads)
        layout.addLayout(self._rows)
        layout.addWidget(self.error)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self._add_own)

    @property
    def typed(self) -> tuple[TypedPaper, ...]:
        return tuple(row.typed for row in self.rows if row.typed.name or row.typed.ticked)

    def ask(self, papers: Sequence[Requirement], *, counts_pages: bool, typed: Sequence[TypedPaper] = ()) -> None:
        """Show what a case asks for, with what was typed already laid over it by name."""
        self._counts_pages = counts_pages
        self.show_error("")
        asked = [_asked(paper, counts_pages=counts_pages) for paper in papers]
        known = {paper.name: paper for paper in typed}
        lines = [(known.get(paper.name) or TypedPaper(paper.name), paper) for paper in asked]
        names = {paper.name for paper in asked}
        own = [(paper, paper) for paper in typed if paper.name not in names and (paper.ticked or paper.own)]
        self._rebuild(lines + [(replace(paper, own=True), paper) for paper, _ in own])

    def show_error(self, text: str, index: int | None = None) -> None:
        """Say it under the list, with the cursor in the ticked paper of that index."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        ticked = [row for row in self.rows if row.tick.isChecked()]
        if index is not None and index < len(ticked):
            (ticked[index].editor if ticked[index].editor.isVisible() else ticked[index].tick).setFocus()
        elif text and self.rows:
            self.rows[0].tick.setFocus()

    def _rebuild(self, lines: Sequence[tuple[TypedPaper, TypedPaper]]) -> None:
        empty(self._rows)
        self.rows = []
        for typed, asked in lines:
            self._add_row(typed, asked)
        self.empty.setVisible(not self.rows)
        self._show_heads()
        self.rebuilt.emit()

    def _add_row(self, typed: TypedPaper, asked: TypedPaper) -> PaperRow:
        row = PaperRow(typed, asked, counts_pages=self._counts_pages, words=self._words)
        row.changed.connect(self._row_changed)
        self.rows.append(row)
        self._rows.addWidget(row)
        return row

    def _add_own(self) -> None:
        blank = TypedPaper("", own=True, originals=0)
        row = self._add_row(blank, TypedPaper("", copies=1, pages=1 if self._counts_pages else 0))
        self.empty.hide()
        self._show_heads()
        self.rebuilt.emit()
        row.editor.setFocus()

    def _row_changed(self) -> None:
        self.show_error("")
        self.changed.emit()

    def _show_heads(self) -> None:
        empty(self._heads)
        if not self.rows:
            return
        self._heads.addStretch(1)
        for key in COUNTS[: None if self._counts_pages else -1]:
            self._heads.addWidget(_head(self._words(f"papers.{key}")))


def _head(text: str) -> QLabel:
    made = label(text, "note", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
    made.setFixedWidth(56)
    return made


def _asked(paper: Requirement, *, counts_pages: bool) -> TypedPaper:
    """What ticking a paper puts into its numbers; something has to be there."""
    nothing = not (paper.originals or paper.certified or paper.copies)
    return TypedPaper(
        paper.name,
        originals=1 if nothing else paper.originals,
        certified=paper.certified,
        copies=paper.copies,
        pages=max(paper.pages, 1) if counts_pages and paper.copies else paper.pages,
    )
