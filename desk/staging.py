"""The window on its desk.

The window comes first and takes the keys of the PIN; only when it stands do store and line come up, in a thread of
their own. So nothing here may import what only they need.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from desk.domain.ids import new_id
from desk.home import check_free, read_passphrase
from desk.memento import Memento
from desk.settings import Settings
from desk.ui.words import Language

if TYPE_CHECKING:
    from desk.devices.printer import Printer
    from desk.ui.stage import Stage


class Road(Protocol):
    def exchange(self, parcel: bytes) -> bytes: ...


def show_window(settings: Settings) -> int:
    """The window, until it is closed; the exit code."""
    with stage_window(settings) as stage:
        return stage.run()


@contextmanager
def stage_window(
    settings: Settings, printer: "Printer | None" = None, road: Callable[[str], Road] | None = None
) -> Iterator["Stage"]:
    """A window that stands. Raises NotEnrolled, AnotherWindow and the like before anything is shown."""
    passphrase = read_passphrase(settings.passphrase_file)
    check_free(settings.home)
    from desk.ui.unhooked import load_qt

    load_qt()
    from desk.ui.stage import make_application

    application = make_application()
    from desk.counter import Counter
    from desk.devices.printer import SystemPrinter
    from desk.known import Known
    from desk.opening import Opening
    from desk.ui.background import Background
    from desk.ui.stage import Stage
    from desk.ui.window import build_window

    memento = Memento(settings.home)
    opening = Opening(settings.home, passphrase, road=road, clock=_now)
    counter = Counter(
        opening.store,
        opening.runner,
        printer or SystemPrinter(memento.printer),
        memento,
        known=Known(),
        clock=_now,
        new_id=new_id,
    )
    background = Background()
    window = build_window(counter.deeds(), Language(settings.language or memento.language or "vi"), background)
    window.language_changed.connect(memento.keep_language)
    stage = Stage(application, window, background, counter.deeds())
    stage.show()
    opening.begin(listener=lambda _: window.province_spoke())
    try:
        yield stage
    finally:
        # First whoever asks, then what they ask: a write under way is finished before the store closes.
        window.close()
        background.stop()
        opening.close()


def _now() -> datetime:
    return datetime.now(UTC)
