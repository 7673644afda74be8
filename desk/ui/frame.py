"""The frame around the pages: rail, title, lamp, person, notice, hints. Built anew for the other language."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.services.ports.values import Clerk, Lamp
from desk.ui import theme
from desk.ui.bricks import Dot, Elided, LayoutButton, column, empty, holding, icon, key_cap, label, picture, row
from desk.ui.deeds import Here
from desk.ui.lamp_words import lamp_words
from desk.ui.outbox_panel import DOTS
from desk.ui.page import Hint, Notice, Page
from desk.ui.strip import Strip
from desk.ui.words import Words

LAMP_LEAST = 180
PERSON_MOST = 200


class RailButton(LayoutButton):
    """A place: its drawing, its name, its key."""

    def __init__(self, name: str, drawing: str, key: str, *, place: bool) -> None:
        super().__init__(name, "rail")
        self.setAccessibleDescription(key)
        self.setCheckable(place)
        self.setFixedWidth(theme.RAIL_WIDTH - 12)
        self._name, self._key = label(name, "rail"), label(key, "note")
        sign = picture(drawing, 22, theme.INK)
        inside = column(sign, self._name, self._key, space=1)
        inside.setContentsMargins(2, 8, 2, 6)
        for piece in (sign, self._name, self._key):
            inside.setAlignment(piece, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(inside)


class LampButton(LayoutButton):
    """A dot and a sentence; says the sentence to the screen reader too."""

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__(words("lamp.name"), "lamp")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words, self._now = words, now
        self._dot = Dot(theme.EDGE, 12)
        self._sentence = Elided(words("lamp.looking"), "label")
        inside = row(self._dot, self._sentence, key_cap("F12"), space=8)
        inside.setContentsMargins(10, 6, 10, 6)
        self.setLayout(inside)

    @property
    def sentence(self) -> str:
        return self._sentence.whole()

    def minimumSizeHint(self) -> QSize:
        return QSize(LAMP_LEAST, self.sizeHint().height())

    def show_lamp(self, lamp: Lamp) -> None:
        sentence = lamp_words(self._words, lamp, self._now(), short=True)
        self._dot.show_colour(DOTS[lamp.state])
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{self._words('lamp.name')}: {sentence}")
        self.updateGeometry()


class NoticeBar(QFrame):
    """A quiet word at the top; stays until it is put away."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._text = label("", "label", wrap=True)
        self.shut = QPushButton(icon("close", theme.INK), "")
        self.shut.setIconSize(QSize(16, 16))
        self.shut.setFixedSize(36, 36)
        self.shut.setProperty("look", "quiet")
        self.shut.setAccessibleName(words("frame.read"))
        self.shut.setToolTip(words("frame.read"))
        self.shut.clicked.connect(self.hide)
        inside = row(self._text, self.shut, space=12)
        inside.setStretch(0, 1)
        inside.setContentsMargins(24, 4, 12, 4)
        self.setLayout(inside)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def say(self, notice: Notice | None) -> None:
        self.setVisible(notice is not None)
        if notice is not None:
            self._text.setText(notice.text)
            self.setAccessibleName(notice.text)
            theme.look(self, notice.look)


class HintBar(QFrame):
    """The keys that work here and now."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hints")
        self.setFixedHeight(36)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(18)
        inside = row(self._keys, -1)
        inside.setContentsMargins(16, 0, 16, 0)
        self.setLayout(inside)

    def show_hints(self, hints: tuple[Hint, ...]) -> None:
        empty(self._keys)
        for hint in hints:
            self._keys.addLayout(row(key_cap(hint.key), label(hint.text, "note"), space=6))


class Frame(QWidget):
    """Everything around the pages. Says where somebody wants to go; goes nowhere by itself."""

    wants = Signal(str)
    """The name of a place: "intake", "search", "recover", "notices", "clock", "outbox", "language", "leave"."""

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("frame")
        self._words = words
        self.places = {
            "intake": RailButton(words("frame.intake"), "intake", "F2", place=True),
            "search": RailButton(words("frame.search"), "search", "F3", place=True),
            "recover": RailButton(words("frame.recover"), "card", "F4", place=True),
            "outbox": RailButton(words("frame.outbox"), "send", "F12", place=False),
            "language": RailButton(words("frame.other_language"), "language", "F9", place=False),
            "leave": RailButton(words("frame.leave"), "leave", "F10", place=False),
        }
        self.title = label("", "heading")
        self.lamp = LampButton(words, now)
        self.person = Elided("", "label", most=PERSON_MOST)
        self.desk = Elided("", "note", most=PERSON_MOST)
        self.notice = NoticeBar(words)
        self.clock = Strip(words("clock.confirm"), "Ctrl+T")
        self.told = Strip(words("notices.look"), "F8")
        self.hints = HintBar()
        self.pages = QStackedWidget()
        self._lay_out()
        for name, place in self.places.items():
            place.clicked.connect(lambda _=False, name=name: self.wants.emit(name))
        self.lamp.clicked.connect(lambda: self.wants.emit("outbox"))
        self.told.act.clicked.connect(lambda: self.wants.emit("notices"))
        self.clock.act.clicked.connect(lambda: self.wants.emit("clock"))

    def show_clerk(self, clerk: Clerk) -> None:
        self.person.setText(clerk.full_name)

    def show_desk(self, here: Here) -> None:
        """The desk by its number, and the commune it stands in."""
        desk = self._words("frame.desk", number=here.number) if here.number else self._words("frame.desk_unnumbered")
        self.desk.setText(f"{desk} · {here.commune.titled}" if here.commune else desk)

    def add(self, page: Page) -> None:
        self.pages.addWidget(page)
        page.noticed.connect(self.notice.say)
        page.hints_changed.connect(lambda: self._show_hints(page))

    def show_page(self, page: Page, place: str, title: str) -> None:
        self.pages.setCurrentWidget(page)
        self.title.setText(title)
        for name, button in self.places.items():
            if button.isCheckable():
                button.setChecked(name == place)
        self._show_hints(page)

    def _show_hints(self, page: Page) -> None:
        if page is self.pages.currentWidget():
            self.hints.show_hints(page.hints())

    def _lay_out(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for widget in (self._top(), self.clock, self.told, self.notice, self.pages):
            body.addWidget(widget)
        body.setStretch(4, 1)
        upper = row(self._rail(), body, space=0)
        upper.setStretch(1, 1)
        layout = column(upper, self.hints, space=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _rail(self) -> QFrame:
        first, rest = ("intake", "search", "recover", "outbox"), ("language", "leave")
        pieces = [self.places[name] for name in first], [self.places[name] for name in rest]
        inside = column(*pieces[0], -1, *pieces[1], space=4)
        inside.setContentsMargins(6, 8, 6, 8)
        rail = holding(inside, "rail")
        rail.setFixedWidth(theme.RAIL_WIDTH)
        return rail

    def _top(self) -> QFrame:
        who: list[QLabel] = [self.person, self.desk]
        inside = row(self.title, -1, self.lamp, column(-1, *who, -1, space=0), space=16)
        inside.setContentsMargins(24, 0, 20, 0)
        top = holding(inside, "top")
        top.setFixedHeight(56)
        return top
