"""`accept`: take dossiers from a file, a line each; what is wrong with one line never stops the next."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from desk.commands.verb import Call, Verb, Working, sign_in
from desk.domain.clock import civil
from desk.domain.dossier import Dossier
from desk.domain.errors import DeskError, DuplicateClientId, FileTrouble, Malformed, Reason
from desk.domain.intake import read_intake
from desk.services import reception
from desk.services.ports import Clerk
from desk.ui.messages import explain

LONGEST_LINE = 256 * 1024
"""Bytes; a dossier with fifty papers and every field full has a tenth of it."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", required=True, metavar="F.jsonl", help="JSON lines, one dossier each; - for input")


def run(call: Call) -> int:
    """0 when every line was taken, 1 when any was not."""
    with _input(call.options.file) as file, call.tools.work() as desk:
        clerk = sign_in(call, desk)
        failed = 0
        for line in read_lines(file):
            answer = _answer(line, call, desk, clerk)
            _say(answer, call)
            failed += not answer["ok"]
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


def _answer(line: bytes | None, call: Call, desk: Working, clerk: Clerk) -> dict[str, Any]:
    document: object = None
    try:
        document = _read(line)
        dossier = reception.accept_dossier(
            read_intake(document),
            clerk=clerk,
            open_work=desk.open_work,
            clock=call.tools.clock,
            new_id=call.tools.new_id,
        )
    except DeskError as error:
        return _failed(document, error)
    return _taken(dossier)


def _read(line: bytes | None) -> object:
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
    return answer | ({"code": error.code} if isinstance(error, DuplicateClientId) else {})


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
