"""Walks over every widget of every state and names what is wrong with it.

    python -m tests.ui.walk

prints one line a fault and ends with 1 if there is any. With QT_SCALE_FACTOR=1.25 it walks what a screen of 1366×768
set to 125 % shows: 1093×614.
"""

import os
import sys
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from desk.ui import theme
from desk.ui.bricks import Elided, LayoutButton
from desk.ui.dossier_table import DossierRows
from desk.ui.words import Language
from tests.ui.scene import Scene, picture_of
from tests.ui.states import scenes

INKS = {theme.INK, theme.INK_SOFT, theme.ACCENT, theme.ON_ACCENT, theme.RED, theme.AMBER}
SIZES = {theme.NOTE, theme.TEXT, theme.HEADING, theme.NUMBER}


def faults(scene: Scene) -> Iterator[str]:
    """What is cut off, unnamed, of a strange colour or size, or out of the window, in the state the scene is in."""
    for window in _windows(scene):
        for widget in window.findChildren(QWidget):
            if widget.isVisibleTo(window) and widget.width() and not _is_inside_of_a_part(widget):
                for fault in _faults_of(widget, window):
                    yield f"{fault}: {type(widget).__name__} «{_text(widget)[:60]}»"


def _windows(scene: Scene) -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def _is_inside_of_a_part(widget: QWidget) -> bool:
    """Scroll bars, viewports and the like are Qt's own and come with their owner."""
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QScrollBar | QHeaderView)
        or isinstance(widget.parent(), QAbstractItemView)
    )


def _faults_of(widget: QWidget, window: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label_faults(widget)
    elif (isinstance(widget, QPushButton) and not isinstance(widget, LayoutButton)) or isinstance(widget, QCheckBox):
        if widget.text() and widget.sizeHint().width() > widget.width():
            yield "cut off"
    elif isinstance(widget, QLineEdit):
        yield from _line_faults(widget)
    elif isinstance(widget, DossierRows):
        yield from _table_faults(widget)
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget, QAbstractScrollArea | QLabel):
        yield from _name_faults(widget)
    if not _inside(widget, window):
        yield "out of the window"


def _label_faults(label: QLabel) -> Iterator[str]:
    text, metrics, room = label.text(), QFontMetrics(label.font()), label.contentsRect()
    if not text:
        return
    if isinstance(label, Elided):
        if label.accessibleName() != label.whole():
            yield "whole text unreachable"
    elif label.wordWrap():
        widest = max(metrics.horizontalAdvance(word) for word in text.split())
        if widest > room.width() or label.heightForWidth(label.width()) > label.height() + 1:
            yield "cut off"
    elif metrics.horizontalAdvance(text) > room.width() + 1 or metrics.height() > label.height() + 1:
        yield "cut off"
    if label.palette().color(label.foregroundRole()).name().upper() not in INKS:
        yield "strange colour"
    if label.font().pixelSize() not in SIZES:
        yield "strange size"


def _line_faults(line: QLineEdit) -> Iterator[str]:
    margins = 2 * (10 if line.property("look") != "count" else 8)
    if QFontMetrics(line.font()).horizontalAdvance(line.displayText()) > line.width() - margins:
        yield "cut off"
    if line.height() < theme.FIELD_HEIGHT:
        yield "too low"


def _table_faults(rows: DossierRows) -> Iterator[str]:
    model, metrics = rows.model(), QFontMetrics(theme.font(theme.TEXT))
    for column in (0, 1, 4, 5, 6):  # a name or a procedure may end in …, a code or a date never
        if rows.isColumnHidden(column):
            continue
        for row in range(model.rowCount()):
            text = model.index(row, column).data()
            if metrics.horizontalAdvance(text) > rows.columnWidth(column) - 16:
                yield f"cut off in column {column} ({text})"


def _name_faults(widget: QWidget) -> Iterator[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None or not interface.text(QAccessible.Text.Name).strip():
        yield "no name for the screen reader"


def _inside(widget: QWidget, window: QWidget) -> bool:
    """In the window; in something that scrolls up and down, only to the left and right."""
    rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    scroll = _scroll_area(widget)
    if scroll is None:
        return window.rect().contains(rect)
    view = QRect(scroll.viewport().mapTo(window, QPoint(0, 0)), scroll.viewport().size())
    return rect.left() >= view.left() and rect.right() <= view.right()


def _scroll_area(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else widget.accessibleName() or widget.objectName()


def main() -> int:
    app = QApplication(["walk"])
    theme.dress(app)
    found = 0
    for language in Language:
        for name, scene in scenes(language):
            for fault in faults(scene):
                found += 1
                print(f"{language} {name}: {fault}")
            picture_of(scene.window)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
