"""`rescue`: what can still be read of a damaged store, in the lines `journal` writes, and what is missing."""

import argparse
from pathlib import Path

from desk.commands.verb import Call, Verb

MOST_NAMED = 50


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="made anew; persons' data will be in it")


def run(call: Call) -> int:
    """0 when everything could be read, 1 when something is missing; the store is left as it is either way."""
    rescued = call.tools.rescue(call.options.file.absolute())
    call.say(
        call.in_words(
            f"Đọc được {rescued.entries} việc ghi; mất {len(rescued.lost)}. Kho dữ liệu được giữ nguyên.",
            f"{rescued.entries} entries could be read; {len(rescued.lost)} are missing. The store is left as it is.",
        ),
        ok=not rescued.lost,
        entries=rescued.entries,
        lost=[{"epoch": one.epoch, "seq": one.seq, "what": one.what} for one in rescued.lost],
    )
    if not call.settings.as_json:
        for one in rescued.lost[:MOST_NAMED]:
            what = call.in_words("nội dung", "body") if one.what == "body" else call.in_words("việc ghi", "entry")
            print(f"  {one.epoch}/{one.seq}  {what}")
    return 1 if rescued.lost else 0


VERB = Verb("rescue", "write down what can be read of a damaged store", run, add_options)
