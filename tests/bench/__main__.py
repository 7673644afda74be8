"""`python -m tests.bench [NAME]`: measure all, or one; print, and write out/bench.json. `--record` renews README.md.

NAME may stand in the variable BENCH as well, which is how `make bench BENCH=slip` says it.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import accept, fleet, goodput, growth, link, search, slip, start, waiting, wire
from tests.bench.figure import Figure
from tests.bench.machine import machine
from tests.bench.report import line, record, write_json

OUT = Path("out/bench.json")
BENCHES: dict[str, Callable[[], tuple[Figure, ...]]] = {
    "accept": accept.measure,
    "slip": slip.measure,
    "start": start.measure,
    "search": search.measure,
    "growth": growth.measure,
    "wire": wire.measure,
    "goodput": goodput.measure,
    "link": link.measure,
    "waiting": waiting.measure,
    "fleet": fleet.measure,
}
"""One file a bench; some find out two figures in the same run."""


def main(arguments: list[str]) -> int:
    """0 when all figures are met, 1 when one is missed."""
    asked = _asked(arguments)
    facts = machine()
    print(*facts, sep="\n", flush=True)
    figures: list[Figure] = []
    for name in asked.names:
        for figure in BENCHES[name]():
            print(line(figure), flush=True)
            figures.append(figure)
        write_json(figures, OUT)  # again after each, so that an interrupted run leaves what it found
    if asked.record:
        record(figures, facts)
    return 0 if all(figure.met for figure in figures) else 1


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", type=_bench, metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--record", action="store_true", help="put the results into tests/bench/README.md")
    asked = parser.parse_args([*arguments, *os.environ.get("BENCH", "").split()])
    asked.names = asked.names or list(BENCHES)
    return asked


def _bench(name: str) -> str:
    if name not in BENCHES:
        raise argparse.ArgumentTypeError(f"there is {', '.join(BENCHES)}")
    return name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
