"""What stands behind the lamp: what is unsent, refused, waiting, since when, and what to do about it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.services.ports.values import FoundDossier, Lamp, LampState, Outbox
from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import Dot, button, column, empty, label, line, row, scrolling, tab_in_reading_order
from desk.ui.deeds import Deeds
from desk.ui.formats import as_ago, as_moment
from desk.ui.lamp_words import lamp_words
from desk.ui.messages import explain
from desk.ui.words import Words

DOTS = {LampState.GREEN: theme.ACCENT, LampState.AMBER: theme.AMBER_DOT, LampState.RED: theme.RED}
WIDTH = 420


class OutboxPanel(QFrame):
    """Floats under the lamp; Esc puts it away. `wants_dossier` asks for one that is named here."""

    wants_dossier = Signal(str)
    closed = Signal()
    answered = Signal()

    def __init__(self, deeds: Deeds, words: Words, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drawer")
        self.setAccessibleName(words("outbox.title"))
        self._deeds, self._words, self._background = deeds, words, background
        self._now: Callable[[], datetime] = deeds.now
        self.dot = Dot(theme.ACCENT, 12)
        self.sentence = label("", "strong", wrap=True)
        self.heard = label("", "note", wrap=True)
        self.advice = label("", wrap=True)
        self.lists = QVBoxLayout()
        self.lists.setSpacing(6)
        self.ask = button(words("outbox.ask_now"), "primary", key="F5")
        self.shut = button(words("outbox.close"), key="Esc")
        self._lay_out()
        self.ask.clicked.connect(self.ask_now)
        self.shut.clicked.connect(self.close_panel)
        self.hide()

    def open_panel(self) -> None:
        self.refresh()
        self.show()
        self.raise_()
        self.ask.setFocus()

    def close_panel(self) -> None:
        self.hide()
        self.closed.emit()

    def refresh(self) -> None:
        self._background.run(Lane.READ, self._deeds.outbox, owner=self, done=self._show_outbox, failed=self._complain)

    def ask_now(self) -> None:
        """Do not wait for the next turn."""
        self.heard.setText(self._words("outbox.asking"))
        self._background.run(Lane.READ, self._deeds.ask_now, owner=self, failed=self._complain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        head = row(self.dot, self.sentence, space=10)
        head.setStretch(1, 1)
        head.setAlignment(self.dot, Qt.AlignmentFlag.AlignVCenter)
        inside = QWidget()
        inside.setLayout(column(self.lists, -1))
        keys = row(self.ask, -1, self.shut)
        self.setLayout(column(head, self.advice, self.heard, line(), scrolling(inside), keys, space=12, margin=20))
        tab_in_reading_order(self)

    def _show_outbox(self, outbox: Outbox) -> None:
        lamp, words = outbox.lamp, self._words
        self.dot.show_colour(DOTS[lamp.state])
        self.sentence.setText(lamp_words(words, lamp, self._now()))
        number = words(f"unnumbered.{lamp.unnumbered}") if lamp.unnumbered else ""
        self.advice.setText("\n".join(filter(None, (number, words(f"outbox.advice_{lamp.reason.value}")))))
        self.heard.setText(self._heard(lamp))
        empty(self.lists)
        self._list("outbox.refused", [(one.code, self._reason(one.vi, one.en), "error") for one in outbox.refused])
        self._list("outbox.unsent", [self._line(one) for one in outbox.unsent])
        self._list("outbox.waiting", [self._line(one) for one in outbox.waiting])
        if outbox.waiting_elsewhere:
            text = words.count("outbox.waiting_elsewhere", outbox.waiting_elsewhere)
            self.lists.addWidget(label(text, "note", wrap=True))
        if not self.lists.count():
            self.lists.addWidget(label(words("outbox.nothing"), "note", wrap=True))
        tab_in_reading_order(self)
        self.answered.emit()

    def _heard(self, lamp: Lamp) -> str:
        if lamp.last_heard_at is None:
            return self._words("outbox.never_heard")
        return self._words("outbox.heard", when=as_moment(lamp.last_heard_at))

    def _reason(self, vi: str, en: str) -> str:
        return vi if self._words.language == "vi" else en

    def _line(self, dossier: FoundDossier) -> tuple[str, str, str]:
        ago = as_ago(self._words, dossier.received_at, self._now())
        return dossier.code, f"{dossier.full_name} · {self._words('outbox.since', ago=ago)}", "note"

    def _list(self, key: str, lines: Sequence[tuple[str, str, str]]) -> None:
        if not lines:
            return
        self.lists.addWidget(label(self._words(key), "section"))
        for code, text, look in lines:
            opens = button(code, "quiet")
            opens.clicked.connect(lambda _=False, code=code: self.wants_dossier.emit(code))
            self.lists.addLayout(column(row(opens, -1), row(8, label(text, look, wrap=True)), space=0))
        self.lists.addSpacing(6)

    def _complain(self, error: Exception) -> None:
        self.advice.setText(explain(error).in_(self._words.language))
