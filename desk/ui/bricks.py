"""The small pieces every screen is built of: labels, key caps, buttons that say their key, icons, hairlines."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk.resources import resource
from desk.ui import theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def label(text: str, look: str = "", *, wrap: bool = False) -> QLabel:
    """A text in one of the looks of the style sheet. Always plain: what people typed is never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    return made


def key_cap(text: str) -> QLabel:
    """A key as it looks on a keyboard."""
    made = label(text, "key")
    made.setFixedHeight(22)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def button(text: str, look: str = "", *, key: str = "") -> QPushButton:
    """A button; its key, if it has one, stands on it and works wherever its screen is."""
    made = ActionButton(f"{text}   {key}" if key else text)
    made.setAccessibleName(text)
    if look:
        made.setProperty("look", look)
    if key:
        made.setAccessibleDescription(key)
    return made


class ActionButton(QPushButton):
    """A button that Enter presses too, as people expect outside of forms."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.click()
        else:
            super().keyPressEvent(event)


class LayoutButton(QPushButton):
    """A button made of other pieces; as large as they ask for."""

    def __init__(self, name: str, look: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("look", look)

    def sizeHint(self) -> QSize:
        inside = self.layout()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Elided(QLabel):
    """One line that ends in … where the room ends, and shows all of itself to the mouse and the screen reader."""

    def __init__(self, text: str = "", look: str = "", *, most: int = 16_777_215) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setMaximumWidth(most)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def whole(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        super().setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 40)))


class Dot(QWidget):
    """A coloured dot; never the only sign of anything."""

    def __init__(self, colour: str, size: int = 10) -> None:
        super().__init__()
        self._colour = QColor(colour)
        self.setFixedSize(size, size)

    def show_colour(self, colour: str) -> None:
        self._colour = QColor(colour)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(self.rect())


def line() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made


@cache
def _drawing(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def icon(name: str, colour: str = theme.INK) -> QIcon:
    """One of our own drawings in any colour."""
    return QIcon(_pixmap(name, colour, 48))


def picture(name: str, size: int = 20, colour: str = theme.INK) -> QLabel:
    """The same as a label, sharp at any scale; silent for screen readers, the words beside it speak."""
    made = QLabel()
    pixmap = _pixmap(name, colour, size * 2)
    pixmap.setDevicePixelRatio(2)
    made.setPixmap(pixmap)
    made.setFixedSize(size, size)
    return made


def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap


def column(*pieces: QWidget | QLayout | int, space: int = theme.SPACE, margin: int = 0) -> QVBoxLayout:
    """Pieces under one another; a number is a gap, -1 one that stretches."""
    made = QVBoxLayout()
    _fill(made, pieces, space, margin)
    return made


def row(*pieces: QWidget | QLayout | int, space: int = theme.SPACE, margin: int = 0) -> QHBoxLayout:
    """Pieces beside one another."""
    made = QHBoxLayout()
    _fill(made, pieces, space, margin)
    return made


def holding(layout: QLayout, name: str = "") -> QFrame:
    """A frame around a layout, with a name the style sheet knows."""
    made = QFrame()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


def _fill(layout: QBoxLayout, pieces: tuple[QWidget | QLayout | int, ...], space: int, margin: int) -> None:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(space)
    for piece in pieces:
        if isinstance(piece, QWidget):
            layout.addWidget(piece)
        elif isinstance(piece, QLayout):
            layout.addLayout(piece)
        elif piece < 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(piece)


def scrolling(inside: QWidget) -> QScrollArea:
    """Room that scrolls up and down only, and leaves the focus to what is inside."""
    made = QScrollArea()
    made.setWidget(inside)
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, gone from the screen at once."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            empty(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def tab_in_reading_order(root: QWidget) -> None:
    """Let Tab follow the order in which the pieces were laid out, also after rows came and went."""
    stops = [widget for widget in _in_layout_order(root) if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def _in_layout_order(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _of_layout(layout)
    elif isinstance(inside := getattr(widget, "widget", lambda: None)(), QWidget):
        yield from _in_layout_order(inside)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from _in_layout_order(widget)
        elif inner is not None:
            yield from _of_layout(inner)
