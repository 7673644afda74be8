"""How a dossier reads on a line. Where dossiers come from is not known here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desk.services.ports.values import FoundDossier, Need
from desk.ui import theme
from desk.ui.bricks import ENTER
from desk.ui.formats import as_day_from
from desk.ui.words import Words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

CODE, RECEIVED, DUE = 1, 4, 5
LEAST_SHARE = 120
WIDE_ENOUGH = 1_050
"""Below this many pixels there is no room for the day of receipt."""

RED_NEEDS = frozenset((Need.REFUSED, Need.LATE))


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, how a dossier reads under it, and its width in pixels; 0 takes what is left."""

    key: str
    text: Callable[[FoundDossier], str]
    width: int


class DossierTable(QAbstractTableModel):
    """Lines of dossiers."""

    DOSSIER = Role.UserRole + 1

    def __init__(self, words: Words, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._now = words, now
        self._rows: Sequence[FoundDossier] = ()
        self.columns = (
            Column("need", self._need, 128),
            Column("code", lambda one: one.code, 1),  # as wide as the widest one
            Column("person", lambda one: one.full_name or words("dossier.erased"), 0),
            Column("procedure", lambda one: one.procedure_name, 0),
            Column("received", lambda one: as_day_from(words, one.received_at, now()), 118),
            Column("due", self._due, 118),
            Column("status", self._status, 128),
        )

    def show(self, dossiers: Sequence[FoundDossier]) -> None:
        self.beginResetModel()
        self._rows = dossiers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._words(f"table.{self.columns[section].key}")
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        dossier, column = self._rows[index.row()], self.columns[index.column()]
        if role == self.DOSSIER:
            return dossier
        if role == Role.AccessibleTextRole:
            return ", ".join(text for one in self.columns if (text := one.text(dossier)))
        return column.text(dossier) if role in (Role.DisplayRole, Role.ToolTipRole) else None

    def _need(self, dossier: FoundDossier) -> str:
        return "" if dossier.need is None else self._words(f"needs.{dossier.need.value}")

    def _due(self, dossier: FoundDossier) -> str:
        return "—" if dossier.due_at is None else as_day_from(self._words, dossier.due_at, self._now())

    def _status(self, dossier: FoundDossier) -> str:
        return self._words("status.void" if dossier.voided else f"status.{int(dossier.status)}")


class DossierRows(QTableView):
    """The table on the screen: whole rows, Enter opens, arrows move, nothing else."""

    opened = Signal(object)

    def __init__(self, table: DossierTable, name: str) -> None:
        super().__init__()
        self.setModel(table)
        self.setAccessibleName(name)
        self.setItemDelegate(LinePainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT + 4)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(34)
        self.activated.connect(self._open)
        self._columns = table.columns
        table.modelReset.connect(self._share_room)

    def choose_first(self) -> None:
        index = self.model().index(0, 0)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """A code or a date is always whole; what is left goes to the names."""
        width = self.viewport().width()
        self.setColumnHidden(RECEIVED, width < WIDE_ENOUGH)  # the code has its day
        widths = [self._code_width() if number == CODE else one.width for number, one in enumerate(self._columns)]
        fixed = sum(one for number, one in enumerate(widths) if not self.isColumnHidden(number))
        share = max(LEAST_SHARE, (width - fixed) // widths.count(0))
        for number, one in enumerate(widths):
            self.setColumnWidth(number, one or share)

    def _code_width(self) -> int:
        metrics = QFontMetrics(theme.font(theme.TEXT))
        model = self.model()
        codes = (model.index(row, CODE).data() for row in range(model.rowCount()))
        return 24 + max((metrics.horizontalAdvance(code) for code in codes), default=LEAST_SHARE)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(DossierTable.DOSSIER))


class LinePainter(QStyledItemDelegate):
    """A cell: the need as a badge, figures in columns of equal width, the rest as text that ends in … where it must.

    The letters of the screen have no figures of equal width, so a column of dates would dance; here each figure gets
    the room of a nought.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme.ROW_HEIGHT + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        active = bool(option.state & QStyle.StateFlag.State_Active)
        view = self.parent()
        focused = chosen and isinstance(view, QTableView) and view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, QColor(theme.ACCENT_SOFT if focused or not active else theme.SUNKEN))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.PAPER))
        if focused and index.column() == 0:
            painter.fillRect(rect.adjusted(0, 0, 3 - rect.width(), 0), QColor(theme.ACCENT))
        painter.setPen(QColor(theme.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._text(painter, QRectF(rect).adjusted(10, 0, -6, 0), index)
        painter.restore()

    def _text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        text = index.data(Role.DisplayRole)
        dossier: FoundDossier = index.data(DossierTable.DOSSIER)
        if index.column() == 0:
            if dossier.need is not None:
                _badge(painter, rect, text, red=dossier.need in RED_NEEDS)
            return
        painter.setFont(theme.font(theme.TEXT))
        painter.setPen(QColor(theme.INK_SOFT if dossier.voided else theme.INK))
        if index.column() in (RECEIVED, DUE):
            _figures(painter, rect, text)
        else:
            fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, fitting)


def _badge(painter: QPainter, rect: QRectF, text: str, *, red: bool) -> None:
    painter.setFont(theme.font(theme.NOTE, theme.BADGE_WEIGHT))
    width = painter.fontMetrics().horizontalAdvance(text) + 16
    box = QRectF(rect.left(), rect.center().y() - 11, min(width, rect.width()), 22)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.RED_SOFT if red else theme.AMBER_SOFT))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(theme.RED if red else theme.AMBER))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _figures(painter: QPainter, rect: QRectF, text: str) -> None:
    metrics = painter.fontMetrics()
    equal = metrics.horizontalAdvance("0")
    left = rect.left()
    for letter in text:
        width = equal if letter.isdigit() else metrics.horizontalAdvance(letter)
        cell = QRectF(left, rect.top(), width, rect.height())
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, letter)
        left += width
