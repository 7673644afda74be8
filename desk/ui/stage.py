"""A window with what moves it, for whoever shows it or works it by hand."""

import signal
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desk.ui.background import Background
from desk.ui.deeds import Deeds
from desk.ui.window import DeskWindow

_HEARTBEAT_MS = 500


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
        self.window.activateWindow()
        self.application.processEvents()

    def run(self) -> int:
        """Until the window is closed, or the system asks the program to end."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.application.quit())
        # Python hears of a signal only when it runs, and Qt's loop may not let it for seconds.
        heartbeat = QTimer(self.window, interval=_HEARTBEAT_MS)
        heartbeat.timeout.connect(_let_python_run)
        heartbeat.start()
        return self.application.exec()


def _let_python_run() -> None:
    """Being called is all it is for."""
