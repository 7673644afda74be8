"""Slips that come back: scanned one after another, each opens its dossier or brings it back from the paper."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desk.services.ports.values import ScannedDossier
from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import button, column, holding, label, row, scrolling, tab_in_reading_order
from desk.ui.deeds import Deeds
from desk.ui.messages import explain
from desk.ui.page import Hint, Notice, Page
from desk.ui.scan_box import ScanBox
from desk.ui.words import Words

MOST_SHOWN = 200
FILES = "*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp"


class RecoverPage(Page):
    """`wants_dossier` asks for the page of one that was scanned; `changed` says that one came back."""

    wants_dossier = Signal(str)
    changed = Signal()
    answered = Signal()
    """A scanned number has its line."""

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__(words)
        self._deeds, self._background = deeds, background
        self._outcomes: list[ScannedDossier | Exception] = []
        self.scan = ScanBox(words, "scan_slip")
        self.files = button(words("recover.files"), key="Ctrl+O")
        self.count = label("", "section")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(6)
        self._lay_out()
        self.scan.scanned.connect(self.take)
        self.scan.garbled.connect(self._garbled)
        self.scan.named.connect(self._garbled)
        self.files.clicked.connect(self._ask_files)
        QShortcut(QKeySequence("Ctrl+O"), self, self._ask_files, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("F6"), self, self.arrive, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def hints(self) -> tuple[Hint, ...]:
        keys = (("F6", "scan_slip"), ("Ctrl+O", "slip_files"), ("Tab", "to_list"), ("Enter", "open"))
        return tuple(Hint(key, self.words(f"hints.{name}")) for key, name in keys)

    def arrive(self) -> None:
        self.scan.setFocus()

    def state(self) -> Any:
        return self._outcomes

    def restore(self, state: Any) -> None:
        for outcome in state:
            self._add(outcome)

    def take(self, digits: str) -> None:
        """A number from a slip, however it came here."""
        self._background.run(
            Lane.WRITE,
            partial(self._deeds.recover, digits),
            owner=self,
            done=self._found,
            failed=self._add,
        )

    def take_files(self, files: Sequence[Path]) -> None:
        """Scanned pages; what is on them is taken as if it were scanned one by one."""
        for file in files:
            self._background.run(
                Lane.PRINT,
                partial(self._deeds.slips_in, file),
                owner=self,
                done=self._take_all,
                failed=self._complain,
            )

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(column(holding(column(self.lines, margin=12), "card"), -1))
        self._list = scrolling(inside)
        self._list.hide()
        about = label(self.words("recover.about"), wrap=True)
        upper = QWidget()
        upper.setLayout(column(about, self.scan, row(self.files, -1), space=12))
        upper.setMaximumWidth(theme.FORM_WIDTH + 80)
        layout = column(upper, self.count, self._list, -1, space=16, margin=24)
        layout.setStretch(2, 100)
        self.setLayout(layout)
        tab_in_reading_order(self)

    def _ask_files(self) -> None:
        title, kinds = self.words("recover.files"), f"{self.words('recover.pages')} ({FILES})"
        chosen, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        self.take_files([Path(one) for one in chosen])

    def _take_all(self, numbers: Sequence[str]) -> None:
        for digits in numbers:
            self.take(digits)
        if not numbers:
            self.noticed.emit(Notice(self.words("recover.no_slip"), "amber"))

    def _garbled(self, *_: object) -> None:
        self.scan.show_error(self.words("recover.garbled"))

    def _found(self, scanned: ScannedDossier) -> None:
        self.scan.show_read(scanned.full_name)
        self._add(scanned)
        if scanned.recovered:
            self.changed.emit()

    def _add(self, outcome: ScannedDossier | Exception) -> None:
        """The newest stands first."""
        self._outcomes.append(outcome)
        found = isinstance(outcome, ScannedDossier)
        if not found:
            self.scan.show_error(self.words("recover.refused"))
        line = self._found_line(outcome) if isinstance(outcome, ScannedDossier) else self._refused_line(outcome)
        self.lines.insertWidget(0, line)
        self._list.show()
        oldest = self.lines.takeAt(MOST_SHOWN) if self.lines.count() > MOST_SHOWN else None
        if oldest is not None and (widget := oldest.widget()) is not None:
            widget.deleteLater()
        back = sum(isinstance(one, ScannedDossier) and one.recovered for one in self._outcomes)
        self.count.setText(self.words("recover.count", all=len(self._outcomes), back=back))
        tab_in_reading_order(self)
        self.answered.emit()

    def _found_line(self, scanned: ScannedDossier) -> QWidget:
        opens = button(scanned.code, "quiet")
        opens.clicked.connect(partial(self.wants_dossier.emit, scanned.code))
        badge = label(self.words("recover.back" if scanned.recovered else "recover.known"), "badge")
        if scanned.recovered:
            theme.look(badge, "badge-amber")
        return _line(badge, opens, label(scanned.full_name))

    def _refused_line(self, error: Exception) -> QWidget:
        text = label(explain(error).in_(self.words.language), wrap=True)
        made = _line(label(self.words("recover.not_taken"), "badge-red"), text)
        layout = made.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(1, 1)
        return made

    def _complain(self, error: Exception) -> None:
        self.noticed.emit(Notice(explain(error).in_(self.words.language), "red"))


def _line(badge: QWidget, *pieces: QWidget) -> QWidget:
    made = QWidget()
    badge.setFixedSize(150, 26)
    inside = row(badge, *pieces, space=12)
    inside.setStretch(len(pieces), 1)
    made.setLayout(inside)
    return made
