"""Pictures of every screen in every state, for people to look at.

    python -m tests.ui.pictures [FOLDER]

writes PNG files of 1366×768 pixels. With QT_SCALE_FACTOR=1.25 they show what a screen set to 125 % shows.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desk.domain.errors import PrinterTrouble
from desk.services.ports.values import Lamp, LampReason, LampState
from desk.ui import theme
from desk.ui.background import Background
from desk.ui.window import DeskWindow, build_window
from desk.ui.words import Language
from tests.ui import hands
from tests.ui.counter import Counter, a_busy_desk, an_ordinary_desk

Key = Qt.Key
CARD = "027180001234|122334455|Nguyễn Thị Hồng Nhung|03021980|Nữ|Khu 3, phường Vũ Ninh, tỉnh Bắc Ninh|12092024"
GARBLED = CARD.replace("Nguyễn Thị Hồng", "Nguyeexn Thij Hoongf")
PIXELS = (1366, 768)
LAYOUT_ROUNDS = 8
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
        self.window.deleteLater()
        QApplication.processEvents()


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


def scenes(language: Language) -> Iterator[tuple[str, Scene]]:
    """Every state worth a look, named; each is closed when the next is asked for."""
    makers = (
        _signing,
        _first_time,
        _empty_intake,
        _finding,
        _filled,
        _owner,
        _bad_field,
        _garbled,
        _accepted,
        _not_printed,
        _needs,
        _found,
        _nothing_found,
        _dossier,
        _voiding,
        _lamp_red,
        _lamp_green,
        _draft_back,
    )
    for make in makers:
        scene = make(language)
        try:
            yield make.__name__.strip("_"), scene
        finally:
            scene.close()


def _signing(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language)


def _first_time(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(lambda: hands.presses(Key.Key_Down, Key.Key_Down))


def _empty_intake(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in)
    return scene.then(lambda: scene.window.intake.form.person.full_name.editor.setFocus())


def _finding(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(sign_in, lambda: hands.types("ban sao"))


def _filled(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("2.000815"), *scan())
    return scene.then(lambda: hands.types("0912 345 678"), lambda: tick_papers(scene), lambda: copies(scene, "4", "5"))


def _owner(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("1.004873"), *scan())
    form = scene.window.intake.form
    return scene.then(form.differs.setFocus, lambda: hands.presses(Key.Key_Space), hands.enter, hands.enter)


def _bad_field(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("1.001193"))
    person = scene.window.intake.form.person
    return scene.then(
        person.full_name.editor.setFocus,
        lambda: hands.types("Công Tằng Tôn Nữ Nguyễn Phước Hoàng Bảo Ngọc Phương Anh"),
        person.personal_id.editor.setFocus,
        lambda: hands.types("099180001234"),
        person.born.editor.setFocus,
        lambda: hands.types("31/02/1981"),
        lambda: hands.presses(Key.Key_Return, ctrl=True),
    )


def _garbled(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("2.000884"), *scan(GARBLED))


def _accepted(language: Language) -> Scene:
    scene = _filled(language)
    return scene.then(lambda: hands.presses(Key.Key_Return, ctrl=True))


def _not_printed(language: Language) -> Scene:
    scene = _filled(language)
    scene.counter.breaks["send_slip"] = PrinterTrouble("HP LaserJet P1102", "timeout")
    return scene.then(lambda: hands.presses(Key.Key_Return, ctrl=True))


def _needs(language: Language) -> Scene:
    return Scene(a_busy_desk(), language).then(sign_in, lambda: hands.presses(Key.Key_F3))


def _found(language: Language) -> Scene:
    scene = _needs(language)
    return scene.then(lambda: hands.types("n"), lambda: hands.presses(Key.Key_Down))


def _nothing_found(language: Language) -> Scene:
    return _needs(language).then(lambda: hands.types("khong co ai"))


def _dossier(language: Language) -> Scene:
    scene = _needs(language)
    return scene.then(lambda: hands.presses(Key.Key_Down), hands.enter)


def _voiding(language: Language) -> Scene:
    return _dossier(language).then(lambda: hands.presses(Key.Key_D, ctrl=True))


def _lamp_red(language: Language) -> Scene:
    return Scene(a_busy_desk(), language).then(sign_in, lambda: hands.presses(Key.Key_F12))


def _lamp_green(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(sign_in, lambda: hands.presses(Key.Key_F12))


def _draft_back(language: Language) -> Scene:
    before = _filled(language)
    before.then(before.window.intake.leave)
    counter = before.counter
    before.close()
    counter.lamp = Lamp(LampState.AMBER, LampReason.OFFLINE, 3, 5, counter.now)
    return Scene(counter, language).then(sign_in)


def picture_of(window: QWidget) -> QPixmap:
    """The window with the dialogs over it, as they stand on the screen."""
    picture = window.grab()
    painter = QPainter(picture)
    for dialog in QApplication.topLevelWidgets():
        if dialog.isVisible() and dialog.parent() is not None and dialog is not window:
            painter.drawPixmap(window.mapFromGlobal(dialog.pos()), dialog.grab())
    painter.end()
    return picture


def main(folder: Path) -> None:
    app = QApplication(["pictures"])
    theme.dress(app)
    folder.mkdir(parents=True, exist_ok=True)
    for language in Language:
        for number, (name, scene) in enumerate(scenes(language), start=1):
            picture_of(scene.window).save(str(folder / f"{language}-{number:02}-{name}.png"))
    print(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/pictures"))
