"""A window standing on a counter, told what to do by keys. For tests and for pictures."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desk.ui.background import Background
from desk.ui.window import DeskWindow, build_window
from desk.ui.words import Language
from tests.ui import hands
from tests.ui.counter import Counter

Key = Qt.Key
PIXELS = (1366, 768)
CARD = "027180001234|122334455|Nguyễn Thị Hồng Nhung|03021980|Nữ|Khu 3, phường Vũ Ninh, tỉnh Bắc Ninh|12092024"
LAYOUT_ROUNDS = 24
"""A change of size goes up one layout in each round."""


class Scene:
    """A window on a counter, with a language; told what to do by keys."""

    def __init__(self, counter: Counter, language: Language) -> None:
        self.counter = counter
        self.background = Background()
        self.window: DeskWindow = build_window(counter.deeds(), language, self.background)
        scale = self.window.devicePixelRatioF()
        self.window.resize(round(PIXELS[0] / scale), round(PIXELS[1] / scale))
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way on any lane and every layout has come to rest."""
        for _ in range(LAYOUT_ROUNDS):
            QApplication.processEvents()
        while self.background.busy:
            loop = QEventLoop()
            self.background.idle.connect(loop.quit)
            loop.exec()
            for _ in range(LAYOUT_ROUNDS):
                QApplication.processEvents()

    def then(self, *deeds: Callable[[], object]) -> "Scene":
        for deed in deeds:
            deed()
            self.settle()
        return self

    def close(self) -> None:
        self.window.close()
        self.background.stop()
        shiboken6.delete(self.window)


def sign_in() -> None:
    hands.types("246810")
    hands.enter()


def choose_procedure(words: str) -> tuple[Callable[[], None], ...]:
    return (lambda: hands.types(words), hands.enter)


def scan(card: str = CARD) -> tuple[Callable[[], None], ...]:
    return (lambda: hands.presses(Key.Key_F6), lambda: hands.scans(card))


def tick_papers(scene: Scene) -> None:
    for row in scene.window.intake.form.papers.rows:
        row.tick.setFocus()
        hands.presses(Key.Key_Space)


def copies(scene: Scene, pages: str, copies: str) -> None:
    row = scene.window.intake.form.papers.rows[0]
    row.counts["copies"].setFocus()
    hands.types(copies)
    row.counts["pages"].setFocus()
    hands.types(pages)
    row.tick.setFocus()


def picture_of(window: QWidget) -> QPixmap:
    """The window with the dialogs over it, as they stand on the screen."""
    picture = window.grab()
    painter = QPainter(picture)
    for dialog in QApplication.topLevelWidgets():
        if dialog.isVisible() and dialog.parent() is not None and dialog is not window:
            painter.drawPixmap(window.mapFromGlobal(dialog.pos()), dialog.grab())
    painter.end()
    return picture
