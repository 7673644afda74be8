"""Puts the pieces together; nothing imports it. `main` is the command, and without a verb the window.

What only one verb needs is imported when that verb runs: a counter that opens in the morning should not wait for what
draws papers or speaks HTTP.
"""

import argparse
import logging
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from desk import logs
from desk.commands import VERBS
from desk.commands.verb import Call, Looking, Rehearsal, Road, Verb, Working
from desk.domain.errors import DeskError
from desk.domain.units import Units
from desk.home import check_free, found_store, open_store, read_passphrase
from desk.known import Known
from desk.memento import Memento
from desk.settings import VERSION, Settings, usual_home
from desk.ui.words import Language
from sync.protocol.problems import Problem
from sync.troubles import Trouble

if TYPE_CHECKING:
    from desk.devices.printer import Printer
    from desk.ui.stage import Stage

log = logging.getLogger(__name__)

OK, FAILED = 0, 1


def main(words: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 not done and said why, 2 a wrong call."""
    multiprocessing.freeze_support()  # printing runs in a process of its own, also in the bundle
    _speak_utf8()
    options = _grammar().parse_args(words)
    settings = _settings(vars(options))
    call = Call(options, settings, Workshop(settings))
    with _logged(settings.home):
        return _run(options.verb, call)


def _run(verb: Verb, call: Call) -> int:
    """Nobody at a counter ever sees a traceback: it goes to the log, without a word of what was typed."""
    try:
        return verb.run(call)
    except (DeskError, Problem, Trouble) as error:
        log.info("%s: %s", verb.name, type(error).__name__)
        call.complain(error)
    except KeyboardInterrupt:
        log.info("%s: interrupted", verb.name)
    except BrokenPipeError:
        # Whoever read our lines has gone; Python would complain once more at the end.
        sys.stdout = None
    except Exception as error:  # the process's edge
        log.exception("%s", verb.name)
        call.complain(error)
    return FAILED


class Workshop:
    """Everything the verbs borrow, made for one home."""

    def __init__(self, settings: Settings, *, plain_key: bool = False) -> None:
        self._settings, self._plain_key = settings, plain_key

    @staticmethod
    def clock() -> datetime:
        return datetime.now(UTC)

    @staticmethod
    def new_id() -> UUID:
        return uuid4()

    @staticmethod
    def units() -> Units:
        return Known.units()

    @contextmanager
    def look(self) -> Iterator[Looking]:
        with open_store(self._settings.home, self._passphrase(), writing=False) as store:
            yield Looking(store.open_reading)

    @contextmanager
    def work(self) -> Iterator[Working]:
        from desk.store.wire import WireJournal

        with open_store(self._settings.home, self._passphrase(), writing=True) as store:
            yield Working(store.open_work, store.open_reading, WireJournal(store, self.clock))

    @contextmanager
    def found(self) -> Iterator[Working]:
        from desk.store.wire import WireJournal

        with found_store(self._settings.home, self._passphrase(), plain=self._plain_key) as store:
            yield Working(store.open_work, store.open_reading, WireJournal(store, self.clock))

    @staticmethod
    def road(url: str, *, allow_plain: bool) -> Road:
        from sync.transport import HttpTransport

        return HttpTransport(url, allow_plain=allow_plain)

    def window(self) -> int:
        return show_window(self._settings, self._passphrase())

    @staticmethod
    def rehearse(plan: Rehearsal, call: Call) -> int:
        from desk.rehearsal import rehearse

        return rehearse(plan, call, partial(Workshop, plain_key=True), stage_window)

    def _passphrase(self) -> str | None:
        return read_passphrase(self._settings.passphrase_file)


def show_window(settings: Settings, passphrase: str | None) -> int:
    """The window, until it is closed; the exit code."""
    with stage_window(settings, passphrase) as stage:
        stage.window.show()
        return stage.application.exec()


@contextmanager
def stage_window(
    settings: Settings,
    passphrase: str | None,
    printer: "Printer | None" = None,
    road: Callable[[str], Road] | None = None,
) -> Iterator["Stage"]:
    """A window on its desk, not shown yet. Raises NotEnrolled, AnotherWindow and the like before there is one.

    The window comes first and takes the keys of the PIN; store and line come up in a thread of their own.
    """
    check_free(settings.home)
    from PySide6.QtWidgets import QApplication

    from desk.counter import Counter
    from desk.devices.printer import SystemPrinter
    from desk.opening import Opening
    from desk.ui.background import Background
    from desk.ui.stage import Stage
    from desk.ui.window import build_window

    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication([])
    memento = Memento(settings.home)
    opening = Opening(settings.home, passphrase, road=road, clock=Workshop.clock)
    counter = Counter(
        opening.store,
        opening.runner,
        printer or SystemPrinter(),
        memento,
        known=Known(),
        clock=Workshop.clock,
        new_id=Workshop.new_id,
    )
    background = Background()
    window = build_window(counter.deeds(), Language(settings.language or memento.language or "vi"), background)
    window.language_changed.connect(memento.keep_language)
    opening.begin(listener=lambda _: window.province_spoke())
    try:
        yield Stage(application, window, background, counter.deeds())
    finally:
        # First whoever asks, then what they ask: a write under way is finished before the store closes.
        window.close()
        background.stop()
        opening.close()


def _grammar() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desk", description="The reception desk of a commune.")
    parser.add_argument("--version", action="version", version=VERSION)
    parser.set_defaults(verb=VERBS[0])
    _add_common(parser)
    verbs = parser.add_subparsers(metavar="VERB")
    for verb in VERBS:
        own = verbs.add_parser(verb.name, help=verb.help, description=verb.help)
        own.set_defaults(verb=verb)
        _add_common(own)
        if verb.writes:
            own.add_argument("--as", dest="clerk", metavar="CLERK", help="who does it: staff id or full name")
        verb.add_options(own)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    """Before the verb or behind it; without defaults, so that neither place undoes what the other one said."""
    add = parser.add_argument
    add("--home", type=_folder, default=argparse.SUPPRESS, metavar="DIR", help=f"the desk's folder ({usual_home()})")
    add("--json", dest="as_json", action="store_true", default=argparse.SUPPRESS, help="for machines, a line each")
    add("--lang", dest="language", choices=("vi", "en"), default=argparse.SUPPRESS, help="vi if nothing is said")
    add(
        "--passphrase-file",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="FILE",
        help="guards the store's key where there is no keystore",
    )


def _settings(said: dict[str, Any]) -> Settings:
    return Settings(**{field.name: said[field.name] for field in fields(Settings) if field.name in said})


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


@contextmanager
def _logged(home: Path) -> Iterator[None]:
    """A folder that is not there yet gets no log: `status` on a fresh computer leaves no trace."""
    try:
        handler = logs.begin(home) if home.is_dir() else logs.begin_nowhere()
    except OSError:
        handler = logs.begin_nowhere()  # a full or read-only disk is said by whoever meets it
    try:
        yield
    finally:
        logs.end(handler)


def _speak_utf8() -> None:
    """Windows may still think in a code page without Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
