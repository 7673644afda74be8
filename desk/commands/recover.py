"""`recover`: bring dossiers back from their slips, scanned as numbers or as pages."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desk.commands.verb import Call, Verb, Working, sign_in
from desk.domain.errors import DeskError
from desk.services import recovery
from desk.services.ports import Clerk
from desk.ui.messages import explain

LONGEST_LINE = 4096


@dataclass(frozen=True)
class _Asked:
    """A number and where it came from; a file that gave none, or could not be read, is asked with its error."""

    origin: str
    digits: str = ""
    error: DeskError | None = None


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="scanned from slips; without any, lines of input")
    parser.add_argument(
        "--from", dest="files", nargs="+", type=Path, default=[], metavar="FILE", help="pages: PDF or pictures"
    )
    parser.add_argument("--clock-confirmed", action="store_true", help="the day this computer shows is right")


def run(call: Call) -> int:
    """0 when every number led to a dossier and every file had one, 1 when any did not."""
    with call.tools.work() as desk:
        clerk = sign_in(call, desk)
        outcomes = [_answer(one, call, desk, clerk) for one in _asked(call.options)]
    return 0 if all(outcomes) else 1


def _asked(options: argparse.Namespace) -> Iterator[_Asked]:
    for number in options.numbers or (() if options.files else _lines()):
        yield _Asked("number", number)
    for place, file in enumerate(options.files, start=1):
        yield from _in_file(f"file {place}", file)


def _lines() -> Iterator[str]:
    while line := sys.stdin.readline(LONGEST_LINE):
        if line.strip():
            yield line.strip()


def _in_file(origin: str, file: Path) -> Iterator[_Asked]:
    from desk.devices.slip_reader import read_slips  # reading pictures is for those who bring some

    try:
        numbers = read_slips(file)
    except DeskError as error:
        yield _Asked(origin, error=error)
        return
    yield from (_Asked(origin, number) for number in numbers) if numbers else (_Asked(origin),)


def _answer(asked: _Asked, call: Call, desk: Working, clerk: Clerk) -> bool:
    try:
        if asked.error is not None:
            raise asked.error
        scanned = recovery.recover(
            asked.digits,
            clerk=clerk,
            open_work=desk.open_work,
            clock=call.tools.clock,
            clock_confirmed=call.options.clock_confirmed,
        )
    except DeskError as error:
        message = explain(error)
        call.say(
            f"{asked.origin}: {message.in_(call.language)}",
            ok=False,
            origin=asked.origin,
            error=type(error).__name__,
            reason=str(error.facts.get("reason", "")),
            message={"vi": message.vi, "en": message.en},
        )
        return False
    told = (
        call.in_words("lập lại từ giấy", "brought back") if scanned.recovered else call.in_words("đã có", "was there")
    )
    call.say(f"{scanned.code}  {told}", ok=True, origin=asked.origin, code=scanned.code, recovered=scanned.recovered)
    return True


VERB = Verb("recover", "bring dossiers back from their slips", run, add_options, writes=True)
