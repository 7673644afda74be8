"""The window: sign in, then the frame with its pages; one language at a time, the other one key away."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from desk.domain.clock import ClockLook
from desk.services.ports.values import Clerk, DossierFile, Lamp
from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import icon
from desk.ui.deeds import Deeds, Here
from desk.ui.frame import Frame
from desk.ui.messages import explain
from desk.ui.page import Notice, Page
from desk.ui.sign_in_page import SignInPage
from desk.ui.words import Language, Words
from desk.ui.workplace import Workplace

LAMP_EVERY_MS = 5_000
PREPARE_AFTER_MS = 60
"""When the sign-in is drawn and the first digit of a PIN has not been typed yet."""
SMALLEST = (1024, 576)
_KEYS = {
    "F2": "intake",
    "F3": "search",
    "Ctrl+K": "search",
    "F4": "recover",
    "F8": "notices",
    "Ctrl+T": "clock",
    "F12": "outbox",
    "F9": "language",
    "F10": "leave",
}
_LATE = ("recover", "notices", "correct")

log = logging.getLogger(__name__)


class DeskWindow(QWidget):
    """The only window. `ready` says that a signed-in clerk can type into the intake."""

    language_changed = Signal(object)
    signed_in = Signal(object)
    ready = Signal()
    _spoken = Signal()

    def __init__(self, deeds: Deeds, language: Language, background: Background) -> None:
        super().__init__()
        self._deeds, self._background = deeds, background
        self._words = Words(language)
        self._clerk: Clerk | None = None
        self._here: Here | None = None
        self._place = "intake"
        self._clock_look: ClockLook | None = None
        self._stack = QStackedLayout(self)
        self._stack.setSizeConstraint(QStackedLayout.SizeConstraint.SetNoConstraint)  # long words never push the window
        self.frame: Frame | None = None
        self._waiting: Workplace | None = None
        self._place_of_work: Workplace | None = None
        self.setWindowIcon(icon("intake", theme.ACCENT))
        self.setMinimumSize(*SMALLEST)
        self.resize(1366, 768)
        self._spoken.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._lamp_timer = QTimer(self, interval=LAMP_EVERY_MS)
        self._lamp_timer.timeout.connect(self._look)
        for key, place in _KEYS.items():
            QShortcut(QKeySequence(key), self, lambda place=place: self.go(place))
        QShortcut(QKeySequence("F5"), self, self._ask_now)
        self._build_sign_in()

    @property
    def words(self) -> Words:
        return self._words

    def province_spoke(self) -> None:
        """Something was sent or heard: look again. May be called from any thread."""
        self._spoken.emit()

    @Slot(str)
    def go(self, place: str) -> None:
        """To a place of the rail, by key or by click."""
        if place == "language":
            self.switch_language()
        elif self.frame is None:
            return
        elif place == "leave":
            self._leave()
        elif place == "outbox":
            self._toggle_outbox()
        elif place == "clock":
            self._ask_day()
        else:
            self._show(place)

    def open_dossier(self, code: str) -> None:
        self.dossier.open(code)
        self._show("dossier")

    def switch_language(self) -> None:
        """Build every page again in the other language, with what stands on it; not while an answer is awaited."""
        if self._clerk is not None and self.intake.is_accepting:
            return
        self._words = Words(self._words.language.other)
        self.language_changed.emit(self._words.language)
        if self._clerk is None:
            self._build_sign_in()
            return
        states = {name: page.state() for name, page in self._pages.items()}
        panel_open = self.outbox.isVisible()
        self._move_in(self._workplace(), self._clerk)
        for name, state in states.items():
            self._page(name).restore(state)
        self._show(self._place)
        if panel_open:
            self.outbox.open_panel()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.frame is not None:
            self.intake.leave()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.frame is not None:
            self._place_outbox()

    # --- building

    def _build_sign_in(self) -> None:
        self.setWindowTitle(self._words("frame.window"))
        self.sign_in = SignInPage(self._deeds, self._words, self._background)
        self.sign_in.signed_in.connect(self._welcome)
        self.sign_in.language.connect(self.switch_language)
        self._put(self.sign_in)
        self.sign_in.begin()
        self._waiting = None
        QTimer.singleShot(PREPARE_AFTER_MS, self, self._prepare)

    def _prepare(self) -> None:
        """Once the sign-in stands on the screen, and before anybody is signed in."""
        if self._clerk is None and self._waiting is None:
            self._waiting = self._workplace()
            self._stack.addWidget(self._waiting.frame)

    def _workplace(self) -> Workplace:
        return Workplace(self._deeds, self._words, self._background, self)

    def _move_in(self, workplace: Workplace, clerk: Clerk) -> None:
        self.setWindowTitle(self._words("frame.window"))
        self._waiting, self._place_of_work = None, workplace
        self.frame, self.outbox, self._pages = workplace.frame, workplace.outbox, workplace.pages
        self.intake, self.search, self.dossier = workplace.intake, workplace.search, workplace.dossier
        self.frame.show_clerk(clerk)
        self._place_outbox()
        self._put(self.frame)
        self._listen(self.frame)
        if self._here is not None:
            self.frame.show_desk(self._here)
        self._look()

    def _listen(self, frame: Frame) -> None:
        frame.wants.connect(self.go)
        self.intake.taken.connect(self._look)
        self.intake.restored.connect(self.ready)
        self.intake.wants_dossier.connect(self.open_dossier)
        self.search.wants_dossier.connect(self.open_dossier)
        self.dossier.left.connect(self._back_to_list)
        self.dossier.changed.connect(self._look)
        self.dossier.wants_correction.connect(self._correct)
        self.outbox.wants_dossier.connect(self._open_from_outbox)
        self.outbox.closed.connect(self._back_to_page)

    def _put(self, widget: QWidget) -> None:
        """Show one thing only; what was there before is let go."""
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        for number in reversed(range(self._stack.count())):
            before = self._stack.widget(number)
            if before is not None and before is not widget:
                self._stack.removeWidget(before)
                before.hide()
                before.deleteLater()

    # --- people

    def _welcome(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._move_in(self._waiting or self._workplace(), clerk)
        self._show("intake")
        self.intake.begin()
        self._ask_here()
        self._lamp_timer.start()
        self.signed_in.emit(clerk)

    def _leave(self) -> None:
        self.intake.leave()
        self._lamp_timer.stop()
        self._background.run(Lane.WRITE, self._deeds.sign_out, owner=self, failed=_log)
        self._clerk = self.frame = None
        self._build_sign_in()

    def _ask_here(self) -> None:
        self._background.run(Lane.READ, self._deeds.here, owner=self, done=self._show_here, failed=self._complain)

    def _show_here(self, here: Here) -> None:
        self._here = here
        if self.frame is not None:
            self.frame.show_desk(here)

    # --- places

    def _page(self, place: str) -> Page:
        """A page that is there, or one that is made and listened to now."""
        if place in self._pages or place not in _LATE or self._place_of_work is None:
            return self._pages[place]
        page = self._place_of_work.late_page(place)
        for signal, deed in self._late_ears(page):
            signal.connect(deed)
        return page

    def _late_ears(self, page: Page) -> tuple[tuple[Any, Callable[..., Any]], ...]:
        """What the pages that came late say, and who hears it."""
        ears: dict[str, Callable[..., Any]] = {
            "wants_dossier": self.open_dossier,
            "changed": self._look,
            "left": self._back_to_list,
            "corrected": self._was_corrected,
        }
        return tuple((getattr(page, name), deed) for name, deed in ears.items() if hasattr(page, name))

    def _correct(self, file: DossierFile) -> None:
        page = self._page("correct")
        self._show("correct")
        page.open(file)  # type: ignore[attr-defined]  # loaded late, so not known here by its class

    def _was_corrected(self, code: str, slip_changed: bool) -> None:
        """Back to the dossier; the slip goes out anew where it says something else now."""
        self.open_dossier(code)
        if slip_changed:
            self.dossier.print_again(code)
        self._look()

    def _show(self, place: str) -> None:
        if self.frame is None:
            return
        page = self._page(place)
        current = self._pages.get(self._place)
        if current is not None and current is not page:
            current.leave()
        self._place = place
        rail = "search" if place in ("dossier", "correct") else place
        self.frame.show_page(page, rail, self._words(f"{place}.title"))
        page.arrive()

    def _back_to_list(self) -> None:
        self._show("search")

    def _back_to_page(self) -> None:
        self._pages[self._place].arrive()

    def _open_from_outbox(self, code: str) -> None:
        self.outbox.hide()
        self.open_dossier(code)

    # --- the lamp

    @Slot()
    def _look(self) -> None:
        if self.frame is not None:
            self._background.run(Lane.READ, self._deeds.lamp, owner=self.frame, done=self._show_lamp, failed=_log)
            self._background.run(Lane.READ, self._deeds.clock, owner=self.frame, done=self._show_clock, failed=_log)
            if self.outbox.isVisible():
                self.outbox.refresh()

    def _show_lamp(self, lamp: Lamp) -> None:
        if self.frame is not None:
            self.frame.lamp.show_lamp(lamp)
            self.frame.told.say(self._words.count("notices.strip", lamp.notices) if lamp.notices else "")
            self._follow_number(has_one=lamp.unnumbered is None)

    def _follow_number(self, *, has_one: bool) -> None:
        """A number comes with an answer of the province, and goes when another machine is met."""
        if self._here is not None and has_one != (self._here.number is not None):
            self._ask_here()

    def _show_clock(self, look: ClockLook) -> None:
        """Said aloud for as long as it is so; once somebody vouched for the day, there is nothing left to ask."""
        self._clock_look = look
        if self.frame is not None:
            words = self._words(f"clock.{look.doubt.value}") if look.doubt else ""
            self.frame.clock.say(words, acts=not look.confirmed)

    def _ask_day(self) -> None:
        from desk.ui.clock_dialog import ClockDialog  # seldom needed, so not built in

        look = self._clock_look
        if self.frame is not None and look is not None and look.doubt is not None and not look.confirmed:
            ClockDialog.ask(look, self._words, self, self._confirm_day)

    def _confirm_day(self) -> None:
        work = self._deeds.confirm_clock
        self._background.run(Lane.WRITE, work, owner=self, done=lambda _: self._look(), failed=self._complain)

    def _toggle_outbox(self) -> None:
        if self.outbox.isVisible():
            self.outbox.close_panel()
        else:
            self.outbox.open_panel()

    def _ask_now(self) -> None:
        if self.frame is not None:
            self.outbox.ask_now()

    def _place_outbox(self) -> None:
        self.outbox.setFixedHeight(min(520, self.height() - 56 - 36 - 24))
        self.outbox.move(QPoint(self.width() - self.outbox.width() - 16, 60))

    def _complain(self, error: Exception) -> None:
        if self.frame is not None:
            self.frame.notice.say(Notice(explain(error).in_(self._words.language), "red"))


def build_window(deeds: Deeds, language: Language = Language.VI, background: Background | None = None) -> DeskWindow:
    """The dressed window, not shown yet. There must be a QApplication, and it must outlive the lanes.

    Without a `background` one is made as a child of the application, and stopped when it quits.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("make the QApplication first")  # noqa: TRY004  a missing object, not a wrong type
    if app.font().family() != theme.FAMILY:
        theme.dress(app)
    if background is None:
        background = Background(app)
        app.aboutToQuit.connect(background.stop)
    return DeskWindow(deeds, language, background)


def _log(error: Exception) -> None:
    """What the lamp could not find out now, it asks again in a moment."""
    log.info("not answered: %s", type(error).__name__)
