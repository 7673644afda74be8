"""The program: `main` reads the call, puts together what it needs, and sees to it that every failure is a sentence.

Nothing imports this module. A call without a verb opens the window and loads nothing of the other verbs: a counter that
opens in the morning should not wait for what it will not do.
"""

import argparse
import logging
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from desk import logs
from desk.complaint import complain
from desk.domain.errors import DeskError
from desk.settings import VERSION, Settings, usual_home
from desk.staging import show_window
from sync.protocol.problems import Problem
from sync.troubles import Trouble

log = logging.getLogger(__name__)

FAILED = 1


def main(words: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 not done and said why, 2 a wrong call."""
    multiprocessing.freeze_support()  # printing runs in a process of its own, also in the bundle
    _speak_utf8()
    words = sys.argv[1:] if words is None else words
    common, rest = _common().parse_known_args(words)
    if not rest:
        settings = _settings(vars(common))
        return _guarded(lambda: show_window(settings), settings)
    return _verb(words)


def _verb(words: Sequence[str]) -> int:
    from desk.commands.verb import Call
    from desk.workshop import Workshop

    options = _grammar().parse_args(words)
    settings = _settings(vars(options))
    return _guarded(lambda: int(options.verb.run(Call(options, settings, Workshop(settings)))), settings)


def _guarded(work: Callable[[], int], settings: Settings) -> int:
    """Nobody at a counter ever sees a traceback: it goes to the log, without a word of what was typed."""
    with _logged(settings.home):
        try:
            return work()
        except (DeskError, Problem, Trouble) as error:
            log.info("%s", type(error).__name__)
            complain(error, settings)
        except KeyboardInterrupt:
            log.info("interrupted")
        except BrokenPipeError:
            sys.stdout = None  # whoever read our lines has gone; Python would complain once more at the end
        except Exception as error:  # the process's edge
            log.exception("nobody foresaw this")
            complain(error, settings)
        return FAILED


def _grammar() -> argparse.ArgumentParser:
    """Every verb with its options; the common ones may stand before the verb or behind it."""
    from desk.commands import VERBS

    parser = argparse.ArgumentParser(
        prog="desk", description="The reception desk of a commune. Without a verb: the window.", parents=[_common()]
    )
    parser.add_argument("--version", action="version", version=VERSION)
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for verb in VERBS:
        own = verbs.add_parser(verb.name, help=verb.help, description=verb.help, parents=[_common()])
        own.set_defaults(verb=verb)
        if verb.writes:
            own.add_argument("--as", dest="clerk", metavar="CLERK", help="who does it: staff id or full name")
        verb.add_options(own)
    return parser


def _common() -> argparse.ArgumentParser:
    """Without defaults, so that neither place undoes what the other one said."""
    parser = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS, allow_abbrev=False)
    add = parser.add_argument
    add("--home", type=_folder, metavar="DIR", help="the desk's folder")
    add("--json", dest="as_json", action="store_true", help="for machines, a line each")
    add("--lang", dest="language", choices=("vi", "en"), help="vi if nothing is said")
    add("--passphrase-file", type=Path, metavar="FILE", help="guards the store's key where there is no keystore")
    return parser


def _settings(said: dict[str, Any]) -> Settings:
    known = {field.name for field in fields(Settings)}
    return Settings(**{"home": usual_home()} | {name: value for name, value in said.items() if name in known})


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
