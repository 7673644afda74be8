"""`desk-province`: the reference province at the command line.

Each thing said is a line for people or, with `--json`, an object on a line of its own. Errors go to standard error in
both languages; the exit code is then 1, as where a part of what was asked could not be done, and 2 for a wrong call.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path

from platformdirs import user_data_path

from sync.province.clock import Clock, system_clock
from sync.province.database import open_database
from sync.province.errors import ProvinceError
from sync.province.foundation import RESOURCES, Founding, default_root_key, found_if_new
from sync.province.verbs import VERBS
from sync.province.verbs.said import Grammar, Office, Said

DATA = "commune-desk-province"


def main(words: Sequence[str] | None = None, *, clock: Clock = system_clock) -> int:
    """The exit code."""
    _speak_utf8()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    args = _grammar().parse_args(words)
    try:
        return 0 if _run(args, clock) else 1
    except ProvinceError as error:
        print(f"Lỗi: {error.sentence.vi}\nError: {error.sentence.en}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`); Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _run(args: argparse.Namespace, clock: Clock) -> bool:
    """Whether all was done."""
    if "run_alone" in args:
        return _say_all(args.run_alone(args), as_json=args.json)
    data = user_data_path(DATA, appauthor=False)
    url = args.database or f"sqlite:///{(data / 'province.db').as_posix()}"
    files = args.files or (None if url.startswith("sqlite") else data / "files")
    database = open_database(url, clock, files)
    try:
        founding = Founding(args.root_key or default_root_key(url, data), args.resources)
        office = Office(database, founding, new=found_if_new(database, founding), say=_say_now)
        return _say_all(args.run(args, office), as_json=args.json)
    finally:
        database.close()


def _grammar() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://…")
    common.add_argument("--root-key", type=Path, metavar="FILE", help="where the offline root key is, or will be made")
    common.add_argument("--files", type=Path, metavar="DIR", help="where files of dossiers lie; one for all workers")
    common.add_argument("--resources", type=Path, default=RESOURCES, metavar="DIR", help="what a new province knows")
    common.add_argument("--json", action="store_true", help="for machines")
    parser = argparse.ArgumentParser(prog="desk-province", description="The reference province.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for add_to in VERBS:
        add_to(Grammar(common), verbs)
    return parser


def _say_all(sayings: Iterable[Said], *, as_json: bool) -> bool:
    """Each as it comes; whether all was done."""
    done = True
    for said in sayings:
        _say(said, as_json=as_json)
        done = done and said.done
    return done


def _say(said: Said, *, as_json: bool) -> None:
    print(json.dumps(said.data, ensure_ascii=False) if as_json else said.text, flush=True)


def _say_now(line: str) -> None:
    print(line, flush=True)


def _speak_utf8() -> None:
    """Windows may still think in a code page without Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
