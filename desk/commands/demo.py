"""`demo`: a throw-away desk with a province of its own; at a screen to try, without one to prove."""

import argparse
import sys
from functools import partial
from pathlib import Path

from desk.commands.verb import Call, Rehearsal, Verb


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="no screen: do a morning's work and compare both sides")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="where slips and pictures go")
    parser.add_argument("--dossiers", type=_count, default=8, metavar="N", help="how many to take without a screen")
    parser.add_argument("--province", metavar="URL", help="another province than the demo's own; needs --code")
    parser.add_argument("--code", help="an enrolment code of that province")


def run(call: Call) -> int:
    """0 only if desk and province agree."""
    options = call.options
    plan = Rehearsal(
        headless=options.headless,
        out=options.out,
        dossiers=options.dossiers,
        province=options.province,
        code=options.code,
        say=partial(print, flush=True),
        complain=partial(print, file=sys.stderr),
    )
    return call.tools.rehearse(plan, call)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 500:
        raise argparse.ArgumentTypeError("1 … 500")
    return number


VERB = Verb("demo", "a throw-away desk with a province of its own", run, add_options)
