"""The frame with its pages and its panel, in one language, before anybody works in it.

Built while the PIN is typed: by the time somebody is signed in, it only has to be shown.
"""

from PySide6.QtWidgets import QWidget

from desk.ui.background import Background
from desk.ui.deeds import Deeds
from desk.ui.dossier_page import DossierPage
from desk.ui.frame import Frame
from desk.ui.intake_page import IntakePage
from desk.ui.outbox_panel import OutboxPanel
from desk.ui.page import Page
from desk.ui.search_page import SearchPage
from desk.ui.words import Words


class Workplace:
    """All pieces of one language. The window connects them when somebody comes.

    Pages that a usual day does not need are made when somebody first goes there.
    """

    def __init__(self, deeds: Deeds, words: Words, background: Background, parent: QWidget) -> None:
        self._made_of = deeds, words, background
        self.frame = Frame(words, deeds.now)
        self.frame.setParent(parent)
        self.intake = IntakePage(deeds, words, background)
        self.search = SearchPage(deeds, words, background)
        self.dossier = DossierPage(deeds, words, background)
        self.outbox = OutboxPanel(deeds, words, background, self.frame)
        self.pages: dict[str, Page] = {"intake": self.intake, "search": self.search, "dossier": self.dossier}
        for page in self.pages.values():
            self.frame.add(page)

    def late_page(self, place: str) -> Page:
        """Imported only now: the window is open all day, and these are needed on few of them."""
        if place not in self.pages:
            self.pages[place] = _LATE[place](*self._made_of)
            self.frame.add(self.pages[place])
        return self.pages[place]


def _recover(deeds: Deeds, words: Words, background: Background) -> Page:
    from desk.ui.recover_page import RecoverPage

    return RecoverPage(deeds, words, background)


def _notices(deeds: Deeds, words: Words, background: Background) -> Page:
    from desk.ui.notices_page import NoticesPage

    return NoticesPage(deeds, words, background)


def _correct(deeds: Deeds, words: Words, background: Background) -> Page:
    from desk.ui.correct_page import CorrectPage

    return CorrectPage(deeds, words, background)


_LATE = {"recover": _recover, "notices": _notices, "correct": _correct}
