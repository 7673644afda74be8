"""`accept`: take dossiers from a file, a line each; what is wrong with one line never stops the next.

With `--paper` they stand in the paper book, one line after another from the number given; with `--at` they were
received at that hour. A line that says either for itself is believed before the options.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from desk.commands.moments import moment_at
from desk.commands.verb import Call, Verb, Working, sign_in
from desk.domain import paper_book
from desk.domain.clock import civil
from desk.domain.dossier import Dossier, PaperPlace
from desk.domain.errors import DeskError, DuplicateClientId, DuplicatePaper, FileTrouble, Malformed, Reason
from desk.domain.intake import read_intake
from desk.services import clocks, reception
from desk.services.ports import Clerk
from desk.settings import built_at
from desk.ui.messages import explain
from desk.ui.words import Words

LONGEST_LINE = 256 * 1024
"""Bytes; a dossier with fifty papers and every field full has a tenth of it."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", required=True, metavar="F.jsonl", help="JSON lines, one dossier each; - for input")
    parser.add_argument("--paper", metavar="BOOK/NUMBER", help="where the first stands in the paper book")
    parser.add_argument("--at", type=moment_at, metavar='"2026-11-20 09:15"', help="the hour written there")
    parser.add_argument("--clock-confirmed", action="store_true", help="the day this computer shows is right")


def run(call: Call) -> int:
    """0 when every line was taken, 1 when any was not."""
    place = paper_book.place(call.options.paper) if call.options.paper else None
    with _input(call.options.file) as file, call.tools.work() as desk:
        clerk = sign_in(call, desk)
        doubt = clocks.look(open_reading=desk.open_reading, clock=call.tools.clock, built=built_at()).doubt
        failed = 0
        for line in read_lines(file):
            answer = _answer(line, place, call, desk, clerk) | ({"clock": doubt.value} if doubt else {})
            _say(answer, call)
            failed += not answer["ok"]
            place = paper_book.following(place) if place and answer["ok"] else place
        if doubt is not None:
            print(Words(call.language)(f"clock.{doubt.value}"), file=sys.stderr)
    return 1 if failed else 0


def read_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Every line without its end; None for one that is longer than any dossier, whose rest is skipped."""
    first = True
    while line := file.readline(LONGEST_LINE):
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        if not whole:
            _skip_rest(file)
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        yield line.rstrip(b"\r\n") if whole else None


def _skip_rest(file: BinaryIO) -> None:
    while (more := file.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
        pass


def _input(name: str) -> Any:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise FileTrouble from error


def _answer(line: bytes | None, place: PaperPlace | None, call: Call, desk: Working, clerk: Clerk) -> dict[str, Any]:
    document: object = None
    try:
        document = _dated(_read(line), place, call.options.at)
        dossier = reception.accept_dossier(
            read_intake(document),
            clerk=clerk,
            open_work=desk.open_work,
            clock=call.tools.clock,
            new_id=call.tools.new_id,
            clock_confirmed=call.options.clock_confirmed,
            built=built_at(),
        )
    except DeskError as error:
        return _failed(document, error)
    return _taken(dossier)


def _dated(document: dict[str, object], place: PaperPlace | None, at: datetime | None) -> dict[str, object]:
    """What the options say of every line that does not say it for itself."""
    said: dict[str, object] = {}
    if place is not None:
        said["paper"] = {"book": place.book, "number": place.number}
    if at is not None:
        said["received_at"] = civil(at).isoformat()
    return said | document


def _read(line: bytes | None) -> dict[str, object]:
    """Raises Malformed for what is too long or not JSON; a key said twice is not JSON that anybody meant."""
    if line is None:
        raise Malformed("line", "line", Reason.TOO_LONG)
    try:
        document = json.loads(line.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("line", "line", Reason.BAD_SHAPE) from error
    if not isinstance(document, dict):
        raise Malformed("line", "line", Reason.BAD_SHAPE)
    return document


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key said twice")
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _taken(dossier: Dossier) -> dict[str, Any]:
    due_at = None if dossier.due_at is None else civil(dossier.due_at).isoformat()
    return {
        "client_id": str(dossier.client_id),
        "ok": True,
        "code": dossier.code,
        "provisional": dossier.provisional,
        "received_at": civil(dossier.received_at).isoformat(),
        "due_at": due_at,
        "fee": dossier.fee,
    }


def _failed(document: object, error: DeskError) -> dict[str, Any]:
    message = explain(error)
    answer = {
        "client_id": _client_id(document),
        "ok": False,
        "error": type(error).__name__,
        "field": error.field,
        "message": {"vi": message.vi, "en": message.en},
    }
    return answer | ({"code": error.code} if isinstance(error, DuplicateClientId | DuplicatePaper) else {})


def _client_id(document: object) -> str | None:
    """What the line called itself, as long as it can be an id."""
    said = document.get("client_id") if isinstance(document, dict) else None
    return said if isinstance(said, str) and len(said) <= 64 else None


def _say(answer: dict[str, Any], call: Call) -> None:
    """At once, so that whoever waits at the other end of a pipe sees each line as it is decided."""
    if call.settings.as_json or not answer["ok"] or not sys.stdout.isatty():
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    else:
        fee = f"{answer['fee']:,} đ".replace(",", ".")
        print(f"{answer['code']}  {answer['due_at'] or ''}  {fee}", flush=True)


VERB = Verb("accept", "take dossiers from a file of JSON lines", run, add_options, writes=True)
