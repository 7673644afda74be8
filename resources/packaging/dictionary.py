"""Train the dictionary parcels are compressed with: `.venv/bin/python resources/packaging/dictionary.py NUMBER`.

Two desks of one agency take dossiers by the real services and exchange with a real province; what they say and hear
is cut into parcels as large as they really are: single deeds mostly, some batches, pages of the feed. The people in it
are made up. A number that is there already is never written again, since parcels out there may need it; ids, salts and
signatures are new in every run and stay out of the result, for none of them is ever said twice.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import zstandard

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))  # a script's own folder is what Python would look in

from sync.ports import Settlement  # noqa: E402
from sync.protocol.entry import Entry  # noqa: E402
from sync.protocol.exchange import Down, Up, carry, write_lines  # noqa: E402
from sync.protocol.instant import write_instant  # noqa: E402
from sync.transport import HttpTransport  # noqa: E402
from tests.bench.enrolled import Enrolled, enrolled  # noqa: E402
from tests.servers import province_in_thread  # noqa: E402

SEED = 19_450_902
"""Of no test and no bench."""
SIZE = 32 * 1024
"""Larger ones made single deeds larger again: what lies far from the end costs more to point to."""
LEVEL = 15
DESKS, ROUNDS, DOSSIERS = 2, 15, 40
LONGEST = 64 * 1024
"""Longer samples say nothing new, and would outvote the small ones."""


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    file = ROOT / "sync" / "protocol" / "dictionaries" / str(parser.parse_args(words).number)
    if file.exists():
        print(f"{file} is there and stays as it is", file=sys.stderr)
        return 1
    payloads: list[bytes | bytearray | memoryview[int]] = [payload[:LONGEST] for payload in _payloads()]
    Random(SEED).shuffle(payloads)
    trained = zstandard.train_dictionary(SIZE, payloads, level=LEVEL)
    file.write_bytes(trained.as_bytes())
    print(f"{len(payloads)} parcels of {sum(map(len, payloads)):,} bytes gave {file} of {len(trained):,} bytes")
    return 0


def _payloads() -> Iterator[bytes]:
    with TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        province = stack.enter_context(province_in_thread(f"sqlite:///{folder / 'province.db'}", folder))
        begin = datetime.now(UTC).replace(hour=1, minute=0) + timedelta(days=1)
        province.clock.moment = begin
        desks = [
            stack.enter_context(enrolled(province, folder / f"desk-{n}", begin=begin, seed=SEED + n))
            for n in range(DESKS)
        ]
        road = stack.enter_context(closing(HttpTransport(province.url)))
        for _ in range(ROUNDS):
            for desk in desks:
                desk.days.take(DOSSIERS)
                province.clock.moment = desk.days.clock()
                desk.drain(road)
        for desk in desks:
            yield from _ups(desk)
            yield from (_down(settlement) for settlement in desk.journal.settled)


def _ups(desk: Enrolled) -> Iterator[bytes]:
    with desk.store.open_reading() as memory:
        entries = tuple(memory.journal.entries())
    last = desk.journal.settled[-1]
    for some in (*_deeds(entries), *(entries[n : n + 50] for n in range(0, len(entries), 50))):
        up = Up(
            certificate=desk.journal.identity().certificate,
            software="desk/0.1.0",
            tip=some[-1].tip,
            unsent=len(some),
            incarnation=last.incarnation,
            cursor=last.cursor,
            feed_limit=200,
        )
        yield write_lines(up, tuple(carry(entry) for entry in some))


def _deeds(entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    deed: list[Entry] = []
    for entry in entries:
        deed.append(entry)
        if entry.signature is not None:
            yield tuple(deed)
            deed = []


def _down(settlement: Settlement) -> bytes:
    down = Down(
        certificate=settlement.province,
        desk_certificate=settlement.desk,
        held=settlement.held,
        incarnation=settlement.incarnation,
        cursor=settlement.cursor,
        more=False,
        time=write_instant(datetime.now(UTC)),
    )
    return write_lines(down, settlement.items)


if __name__ == "__main__":
    sys.exit(main())
