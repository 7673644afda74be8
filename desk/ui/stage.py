"""A window with what moves it, for whoever shows it or works it by hand."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from desk.ui.background import Background
from desk.ui.deeds import Deeds
from desk.ui.window import DeskWindow


def make_application() -> QApplication:
    """The one there is in a process."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


@dataclass(frozen=True)
class Stage:
    application: QApplication
    window: DeskWindow
    background: Background
    deeds: Deeds

    def show(self) -> None:
        """Until it is on the screen, and not only asked for."""
        self.window.show()
        self.application.processEvents()

    def run(self) -> int:
        """Until the window is closed."""
        return self.application.exec()
