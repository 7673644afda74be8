"""A window with what moves it, for whoever shows it or works it by hand."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from desk.ui.background import Background
from desk.ui.deeds import Deeds
from desk.ui.window import DeskWindow


@dataclass(frozen=True)
class Stage:
    application: QApplication
    window: DeskWindow
    background: Background
    deeds: Deeds
