"""How everything on the screen looks: the tokens, and the one style sheet built from them.

The picture in mind is a well-lit counter: white surfaces on a very light warm grey, ink rather than black, one jade for
what acts, red only for what is lost or late, amber only for what waits. No other file names a colour or a size.
"""

from string import Template

import fontpkg_be_vietnam_pro
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desk.resources import resource

FAMILY = fontpkg_be_vietnam_pro.FAMILY

# Colours.
PAPER = "#F6F5F1"  # behind everything
SURFACE = "#FFFFFF"  # what one works on
SUNKEN = "#EFEDE7"  # hover, the scan box at rest
INK = "#1E292C"
INK_SOFT = "#556066"  # notes, keys, headers of tables
LINE = "#DFDCD4"  # hairlines that only divide
EDGE = "#868F91"  # the border of a field: must be seen, 3 : 1
ACCENT = "#0B6B58"
ACCENT_HOVER = "#095A4A"
ACCENT_DOWN = "#07483C"
ACCENT_SOFT = "#E2F0EC"  # what is chosen
ON_ACCENT = "#FFFFFF"
RED = "#B0261C"
RED_SOFT = "#FBEBE9"
AMBER = "#875200"
AMBER_DOT = "#B87300"  # the lamp; its words stand beside it
GRIP = "#C9C6BE"  # the handle of a scroll bar
AMBER_SOFT = "#FBF1DE"

# Sizes in device independent pixels.
NOTE, TEXT, HEADING, NUMBER = 12, 14, 18, 28
SPACE = 8
RADIUS = 6
FIELD_HEIGHT = 36
ROW_HEIGHT = 32
FORM_WIDTH = 560
PANEL_WIDTH = 320
RAIL_WIDTH = 92
BADGE_WEIGHT = QFont.Weight.DemiBold

TEXT_PAIRS = (
    (INK, PAPER),
    (INK, SURFACE),
    (INK, SUNKEN),
    (INK, ACCENT_SOFT),
    (INK, AMBER_SOFT),
    (INK, RED_SOFT),
    (INK_SOFT, PAPER),
    (INK_SOFT, SURFACE),
    (INK_SOFT, SUNKEN),
    (INK_SOFT, ACCENT_SOFT),
    (ACCENT, SURFACE),
    (ACCENT, PAPER),
    (ACCENT, ACCENT_SOFT),
    (ON_ACCENT, ACCENT),
    (ON_ACCENT, ACCENT_HOVER),
    (ON_ACCENT, ACCENT_DOWN),
    (RED, SURFACE),
    (RED, PAPER),
    (RED, RED_SOFT),
    (ON_ACCENT, RED),
    (AMBER, SURFACE),
    (AMBER, PAPER),
    (AMBER, AMBER_SOFT),
)
"""Every colour of text with every ground it may stand on; a test holds each to 4.5 : 1."""

EDGE_PAIRS = (
    (EDGE, SURFACE),
    (EDGE, PAPER),
    (ACCENT, SURFACE),
    (ACCENT, PAPER),
    (RED, SURFACE),
    (AMBER, SURFACE),
    (AMBER_DOT, SURFACE),
)
"""What shows where a field or the focus is, against its ground: 3 : 1."""


def dress(app: QApplication) -> None:
    """Give the application its letters, colours and style sheet. Once, before the first window."""
    for file in sorted((fontpkg_be_vietnam_pro.ROOT / "files").glob("BeVietnamPro-*.ttf")):
        if file.stem.removeprefix("BeVietnamPro-") in ("Regular", "Medium", "SemiBold", "Bold"):
            QFontDatabase.addApplicationFont(str(file))
    app.setStyle("Fusion")
    app.setFont(font(TEXT))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())


def font(size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The screen's letters in one of the four sizes."""
    letters = QFont(FAMILY)
    letters.setPixelSize(size)
    letters.setWeight(weight)
    return letters


def look(widget: QWidget, name: str) -> None:
    """Give a widget one of the looks the style sheet knows, also after it was shown."""
    if widget.property("look") == name:
        return
    widget.setProperty("look", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def style_sheet() -> str:
    tokens = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, str | int)}
    tokens["TICK"] = resource("icons/tick-white.svg").as_posix()
    return Template(_SHEET).substitute(tokens)


def _palette() -> QPalette:
    colours = {
        QPalette.ColorRole.Window: PAPER,
        QPalette.ColorRole.WindowText: INK,
        QPalette.ColorRole.Base: SURFACE,
        QPalette.ColorRole.AlternateBase: PAPER,
        QPalette.ColorRole.Text: INK,
        QPalette.ColorRole.Button: SURFACE,
        QPalette.ColorRole.ButtonText: INK,
        QPalette.ColorRole.Highlight: ACCENT,
        QPalette.ColorRole.HighlightedText: ON_ACCENT,
        QPalette.ColorRole.ToolTipBase: SURFACE,
        QPalette.ColorRole.ToolTipText: INK,
        QPalette.ColorRole.PlaceholderText: INK_SOFT,
        QPalette.ColorRole.Link: ACCENT,
    }
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(INK_SOFT))
    return palette


_SHEET = """
* { font-family: "$FAMILY"; font-size: ${TEXT}px; color: $INK; }
QWidget#frame, QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget { background: $PAPER; }
QScrollArea { border: none; }
QToolTip { background: $SURFACE; color: $INK; border: 1px solid $LINE; padding: 4px 6px; }

QLabel { background: transparent; }
QLabel[look="note"] { font-size: ${NOTE}px; color: $INK_SOFT; }
QLabel[look="label"] { font-weight: 500; }
QLabel[look="section"] { font-weight: 600; color: $ACCENT; }
QLabel[look="heading"] { font-size: ${HEADING}px; font-weight: 600; }
QLabel[look="value"] { font-size: ${HEADING}px; font-weight: 500; }
QLabel[look="number"] { font-size: ${NUMBER}px; font-weight: 600; color: $ACCENT; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="error"] { font-size: ${NOTE}px; font-weight: 500; color: $RED; }
QLabel[look="amber"] { font-size: ${NOTE}px; font-weight: 500; color: $AMBER; }
QLabel[look="key"] { font-size: ${NOTE}px; font-weight: 500; color: $INK; background: $SURFACE;
    border: 1px solid $LINE; border-radius: 4px; padding: 0 5px; }
QLabel[look="badge"] { font-size: ${NOTE}px; font-weight: 600; color: $ACCENT; background: $ACCENT_SOFT;
    border-radius: 4px; padding: 2px 8px; }
QLabel[look="badge-red"] { font-size: ${NOTE}px; font-weight: 600; color: $RED; background: $RED_SOFT;
    border-radius: 4px; padding: 2px 8px; }
QLabel[look="badge-amber"] { font-size: ${NOTE}px; font-weight: 600; color: $AMBER; background: $AMBER_SOFT;
    border-radius: 4px; padding: 2px 8px; }
QLabel[look="step"] { font-size: ${NOTE}px; font-weight: 600; color: $ON_ACCENT; background: $ACCENT;
    border-radius: 10px; }

QLineEdit { background: $SURFACE; border: 1px solid $EDGE; border-radius: ${RADIUS}px;
    padding: 0 10px; selection-background-color: $ACCENT; selection-color: $ON_ACCENT; }
QLineEdit { min-height: 34px; max-height: 34px; }
QLineEdit[look="count"] { padding: 0 8px; }
QLineEdit[look="count"]:focus { padding: 0 7px; }
QLineEdit:hover { border-color: $INK_SOFT; }
QLineEdit:focus { border: 2px solid $ACCENT; padding: 0 9px; }
QLineEdit[look="wrong"] { border: 2px solid $RED; padding: 0 9px; }
QLineEdit:disabled { background: $PAPER; color: $INK_SOFT; border-color: $LINE; }

QPushButton { background: $SURFACE; border: 1px solid $EDGE; border-radius: ${RADIUS}px; padding: 0 14px;
    min-height: 34px; font-weight: 500; }
QPushButton:hover { background: $SUNKEN; }
QPushButton:pressed { background: $LINE; }
QPushButton:focus { border: 2px solid $ACCENT; padding: 0 13px; }
QPushButton:disabled { color: $INK_SOFT; background: $PAPER; border-color: $LINE; }
QPushButton[look="primary"] { background: $ACCENT; color: $ON_ACCENT; border: 1px solid $ACCENT; min-height: 42px;
    font-weight: 600; }
QPushButton[look="primary"]:hover { background: $ACCENT_HOVER; }
QPushButton[look="primary"]:pressed { background: $ACCENT_DOWN; }
QPushButton[look="primary"]:focus { border: 2px solid $INK; }
QPushButton[look="primary"]:disabled { background: $SUNKEN; color: $INK_SOFT; border-color: $LINE; }
QPushButton[look="danger"] { background: $RED; color: $ON_ACCENT; border: 1px solid $RED; font-weight: 600; }
QPushButton[look="danger"]:focus { border: 2px solid $INK; }
QPushButton[look="danger"]:disabled { background: $SUNKEN; color: $INK_SOFT; border-color: $LINE; }
QPushButton[look="quiet-danger"] { color: $RED; }
QPushButton[look="quiet"] { background: transparent; border: 1px solid transparent; color: $ACCENT; padding: 0 8px; }
QPushButton[look="quiet"]:hover { background: $SUNKEN; }
QPushButton[look="quiet"]:focus { border: 2px solid $ACCENT; padding: 0 7px; }

QPushButton[look="choice"] { background: $SURFACE; border: 1px solid $EDGE; padding: 0 12px; min-height: 34px;
    border-radius: ${RADIUS}px; font-weight: 500; }
QPushButton[look="choice"]:hover { background: $SUNKEN; }
QPushButton[look="choice"]:checked { background: $ACCENT_SOFT; border: 1px solid $ACCENT; color: $ACCENT;
    font-weight: 600; }
QPushButton[look="choice"]:focus { border: 2px solid $ACCENT; padding: 0 11px; }

QPushButton[look="upright"] { text-align: left; background: $SURFACE; border: 1px solid $LINE; padding: 0 12px;
    min-height: 30px; border-radius: ${RADIUS}px; font-weight: 400; }
QPushButton[look="upright"]:hover { background: $SUNKEN; }
QPushButton[look="upright"]:checked { background: $ACCENT_SOFT; border: 1px solid $ACCENT; color: $ACCENT;
    font-weight: 600; }
QPushButton[look="upright"]:focus { border: 2px solid $ACCENT; padding: 0 11px; }

QPushButton[look="rail"] { background: transparent; border: none; border-radius: ${RADIUS}px; }
QPushButton[look="rail"]:hover { background: $SUNKEN; }
QPushButton[look="rail"]:checked { background: $ACCENT_SOFT; }
QPushButton[look="rail"]:focus { border: 2px solid $ACCENT; }

QPushButton[look="lamp"], QPushButton[look="person"] { background: transparent; border: 1px solid transparent;
    padding: 0; }
QPushButton[look="lamp"]:hover { background: $SUNKEN; }
QPushButton[look="lamp"]:focus { border: 2px solid $ACCENT; }

QCheckBox { spacing: 8px; min-height: 28px; }
QCheckBox::indicator { width: 18px; height: 18px; border: 1px solid $EDGE; border-radius: 4px; background: $SURFACE; }
QCheckBox::indicator:hover { border-color: $INK_SOFT; }
QCheckBox::indicator:checked { background: $ACCENT; border-color: $ACCENT; image: url($TICK); }
QCheckBox:focus { color: $ACCENT; }
QCheckBox::indicator:focus { border: 2px solid $ACCENT; }

QFrame#card, QFrame#panel { background: $SURFACE; border: 1px solid $LINE; border-radius: ${RADIUS}px; }
QFrame#chosen { background: $ACCENT_SOFT; border: 1px solid $ACCENT; border-radius: ${RADIUS}px; }
QFrame#rail { background: $SURFACE; border: none; border-right: 1px solid $LINE; }
QFrame#top { background: $SURFACE; border: none; border-bottom: 1px solid $LINE; }
QFrame#hints { background: $SURFACE; border: none; border-top: 1px solid $LINE; }
QFrame#side { background: $SURFACE; border: none; border-left: 1px solid $LINE; }
QFrame#side QScrollArea, QFrame#side QScrollArea > QWidget > QWidget { background: $SURFACE; }
QFrame#drawer { background: $SURFACE; border: 1px solid $EDGE; border-radius: ${RADIUS}px; }
QFrame#drawer QScrollArea, QFrame#drawer QScrollArea > QWidget > QWidget { background: $SURFACE; }
QFrame#notice { background: $ACCENT_SOFT; border: none; border-bottom: 1px solid $LINE; }
QFrame#notice[look="amber"] { background: $AMBER_SOFT; }
QFrame#notice[look="red"] { background: $RED_SOFT; }
QFrame#scan { background: $SUNKEN; border: 1px dashed $EDGE; border-radius: ${RADIUS}px; }
QFrame#scan:focus { background: $SURFACE; border: 2px solid $ACCENT; }
QFrame#scan[look="wrong"] { background: $RED_SOFT; border: 2px solid $RED; }
QFrame#scan[look="right"] { background: $ACCENT_SOFT; border: 1px solid $ACCENT; }
QFrame#line { background: $LINE; border: none; }

QListView, QTableView { background: $SURFACE; border: 1px solid $LINE; border-radius: ${RADIUS}px; outline: none;
    selection-background-color: $ACCENT_SOFT; selection-color: $INK; }
QListView#offers { border: 1px solid $EDGE; }
QListView:focus, QTableView:focus { border: 1px solid $ACCENT; }
QTableView { gridline-color: transparent; }
QHeaderView { background: $SURFACE; }
QHeaderView::section { background: $SURFACE; color: $INK_SOFT; font-size: ${NOTE}px; font-weight: 500; border: none;
    border-bottom: 1px solid $LINE; padding: 0 10px; min-height: 32px; }
QTableCornerButton::section { background: $SURFACE; border: none; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $GRIP; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $EDGE; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $GRIP; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QDialog { background: $SURFACE; border: 1px solid $EDGE; }
"""
