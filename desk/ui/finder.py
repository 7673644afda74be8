"""Find one thing among many by a few letters: a field, its own list under it, and what was chosen.

The list is a list, not a completion: nothing is ever written into the field. While an input method still composes, the
letters composed so far are searched for as well, since no commit may come before the clerk looks at the list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import ENTER, column, holding, label, row
from desk.ui.fields import Editor, Field
from desk.ui.words import Words

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

MOST_SHOWN = 5
OFFER_HEIGHT = 46


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """How a thing reads in the list: a title, and a note in smaller letters."""

    title: str
    note: str
    thing: T


class Offers(QAbstractListModel):
    """What the list offers at the moment."""

    NOTE = Role.UserRole + 1
    THING = Role.UserRole + 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offers: Sequence[Offer[Any]] = ()

    def show(self, offers: Sequence[Offer[Any]]) -> None:
        self.beginResetModel()
        self._offers = offers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._offers)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        offer = self._offers[index.row()]
        texts = {
            Role.DisplayRole: offer.title,
            Role.ToolTipRole: offer.title,
            Role.AccessibleTextRole: f"{offer.title}, {offer.note}" if offer.note else offer.title,
            self.NOTE: offer.note,
            self.THING: offer.thing,
        }
        return texts.get(role)


class OfferPainter(QStyledItemDelegate):
    """Two lines: the title, and under it the note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, OFFER_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen or hovered:
            painter.fillRect(rect, QColor(theme.ACCENT_SOFT if chosen else theme.SUNKEN))
        if chosen:
            painter.fillRect(rect.adjusted(0, 0, 3 - rect.width(), 0), QColor(theme.ACCENT))
        inside = rect.adjusted(12, 4, -12, -4)
        top, bottom = inside.adjusted(0, 0, 0, -18), inside.adjusted(0, 20, 0, 0)
        self._line(painter, top, index.data(Role.DisplayRole), theme.TEXT, theme.INK)
        self._line(painter, bottom, index.data(Offers.NOTE), theme.NOTE, theme.INK_SOFT)
        painter.restore()

    def _line(self, painter: QPainter, rect: Any, text: str, size: int, colour: str) -> None:
        painter.setFont(theme.font(size))
        painter.setPen(QColor(colour))
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)


class Finder(QWidget):
    """The field with its list, or, once something is chosen, what was chosen with a way to change it."""

    chosen = Signal(object)
    """The thing, or None when the choice was taken back."""

    opened = Signal(QWidget)
    """The list stands open and wants to be seen."""

    def __init__(
        self,
        text: str,
        find: Callable[[str], Sequence[Any]],
        describe: Callable[[Any], Offer[Any]],
        words: Words,
        background: Background,
    ) -> None:
        super().__init__()
        self._find, self._describe, self._words, self._background = find, describe, words, background
        self._thing: Any = None
        self._asked = ""
        self.editor = _Search()
        self.field = Field(text, self.editor)
        self.offers = QListView()
        self._model = Offers(self)
        self._nothing = label(words("finder.nothing"), "note", wrap=True)
        self.change = _Change(words("finder.change"))
        self._title, self._note = label("", "strong", wrap=True), label("", "note", wrap=True)
        self._build(text)
        self.editor.asks.connect(self._search)
        self.editor.steps.connect(self._step)
        self.editor.takes.connect(self._take)
        self.editor.left.connect(self._hide_list)
        self.offers.clicked.connect(self._take_index)
        self.change.clicked.connect(self.reopen)
        self.change.typed.connect(self._reopen_with)

    @property
    def thing(self) -> Any:
        return self._thing

    def choose(self, thing: Any, *, aloud: bool = True) -> None:
        """Show a thing as chosen; `aloud` says so to whom it concerns."""
        self._thing = thing
        offer = self._describe(thing)
        self._title.setText(offer.title)
        self._note.setText(offer.note)
        self._note.setVisible(bool(offer.note))
        self.change.setAccessibleDescription(f"{self.field.label.text()}: {offer.title}")
        self._show_chosen(chosen=True)
        if aloud:
            self.chosen.emit(thing)

    def clear(self) -> None:
        self._thing = None
        self.editor.clear()
        self._show_chosen(chosen=False)

    def reopen(self) -> None:
        """Choose again, with the cursor in the field."""
        self.clear()
        self.chosen.emit(None)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        (self.editor if self._thing is None else self.change).setFocus(reason)

    def show_error(self, text: str) -> None:
        self.field.show_error(text)

    def _build(self, text: str) -> None:
        self.offers.setObjectName("offers")
        self.offers.setModel(self._model)
        self.offers.setItemDelegate(OfferPainter(self.offers))
        self.offers.setMouseTracking(True)
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers.setAccessibleName(text)
        self._card = holding(_beside(column(self._title, self._note, space=0), self.change), "chosen")
        self._card_label = label(text, "label")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.field, self.offers, self._nothing, self._card_label, self._card):
            layout.addWidget(widget)
        self._show_chosen(chosen=False)

    def _show_chosen(self, *, chosen: bool) -> None:
        self.field.show_error("")
        self.field.setVisible(not chosen)
        self._card.setVisible(chosen)
        self._card_label.setVisible(chosen)
        self._hide_list()

    def _hide_list(self) -> None:
        self.offers.hide()
        self._nothing.hide()

    def _search(self, text: str) -> None:
        self._asked = text
        self._background.run(
            Lane.READ,
            partial(self._find, text),
            owner=self,
            done=partial(self._show_offers, text),
            failed=self._say_nothing_found,
        )

    def _show_offers(self, text: str, things: Sequence[Any]) -> None:
        if text != self._asked or self._thing is not None:  # an older question, or nobody asks any more
            return
        self._model.show([self._describe(thing) for thing in things])
        shown = min(len(things), MOST_SHOWN)
        self.offers.setFixedHeight(shown * OFFER_HEIGHT + 2)
        self.offers.setVisible(shown > 0 and self.editor.hasFocus())
        self._nothing.setVisible(shown == 0 and bool(text))
        if shown:
            self.offers.setCurrentIndex(self._model.index(0))
        if self.offers.isVisible():
            self.opened.emit(self.offers)

    def _say_nothing_found(self, _: Exception) -> None:
        self._show_offers(self._asked, ())

    def _step(self, step: int) -> None:
        row = self.offers.currentIndex().row() + step
        if 0 <= row < self._model.rowCount():
            self.offers.setCurrentIndex(self._model.index(row))

    def _take(self) -> None:
        if self.offers.isVisible() and self.offers.currentIndex().isValid():
            self._take_index(self.offers.currentIndex())

    def _take_index(self, index: QModelIndex) -> None:
        self.choose(index.data(Offers.THING))

    def _reopen_with(self, letter: str) -> None:
        self.reopen()
        self.editor.setText(letter)


def _beside(wide: QLayout, narrow: QWidget) -> QLayout:
    made = row(wide, narrow, margin=8)
    made.setStretch(0, 1)
    return made


class _Search(Editor):
    """The field: tells every question, the arrow keys and Enter."""

    asks = Signal(str)
    steps = Signal(int)
    takes = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.textChanged.connect(self._ask)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self._ask()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():
            self.asks.emit((self.text() + event.preeditString()).strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.steps.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.takes.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self.asks.emit(self.text().strip())


class _Change(QPushButton):
    """ "Change": Space or a click, or simply typing the first letter of something else. Enter moves on."""

    typed = Signal(str)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(text)
        self.setProperty("look", "quiet")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and letter.isalnum():
            self.typed.emit(letter)
        else:
            super().keyPressEvent(event)
