"""What a dossier costs on the wire: bytes up on a real connection, against what `zstd -19` makes of all of it at once.

A hundred entries go in each parcel. Counted is everything a relay saw going up: parcels with their certificates and
seals, HTTP's heads, the questions in between. The corpus is the canonical lines of the same entries in one piece, a
favour to the other side: it proves nothing, names nobody and cannot be sent before the last dossier is taken.
"""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import zstandard

from desk.store.wire import WireJournal
from sync.cycle import Portion, pick, take_turn
from sync.protocol import canonical
from sync.protocol.entry import Entry
from sync.protocol.exchange import carry
from sync.schedule import MOST_BYTES
from sync.transport import HttpTransport
from tests.bench.enrolled import SOFTWARE, Enrolled, enrolled
from tests.bench.figure import Figure, at_most
from tests.relay import relaying
from tests.servers import Province, province_in_thread

DOSSIERS = 1_000
A_PARCEL = 100
SEED = 31


class InHundreds(WireJournal):
    """The desk's own journal, asked for a hundred entries at a time."""

    def waiting(self, limit_entries: int, limit_bytes: int) -> tuple[Entry, ...]:
        return super().waiting(min(limit_entries, A_PARCEL), limit_bytes)


def measure() -> tuple[Figure, ...]:
    with TemporaryDirectory() as place:
        folder = Path(place)
        with province_in_thread(f"sqlite:///{folder / 'province.db'}", folder) as province:
            province.clock.moment = datetime.now(UTC).replace(hour=1, minute=0) + timedelta(days=1)
            with enrolled(province, folder / "desk", begin=province.clock.moment, seed=SEED) as desk:
                return (_wire(desk, province),)


def _wire(desk: Enrolled, province: Province) -> Figure:
    with closing(HttpTransport(province.url)) as road:
        desk.drain(road)
    before = desk.journal.tip().seq
    desk.days.take(DOSSIERS)
    with desk.store.open_reading() as memory:
        entries = [entry for entry in memory.journal.entries() if entry.head.seq > before]
    passed, turns = _sent(desk, province)
    corpus = "\n".join(canonical.write(carry(entry)) for entry in entries).encode()
    together = len(zstandard.ZstdCompressor(level=19).compress(corpus))
    return Figure(
        name="wire",
        value=passed / together,
        unit="× zstd -19",
        against=f"zstd -19 of the whole corpus: {together / DOSSIERS:.0f} bytes a dossier",
        target=at_most(2.2),
        spread=f"{passed / DOSSIERS:.0f} bytes a dossier, {len(entries)} entries in {turns} parcels",
    )


def _sent(desk: Enrolled, province: Province) -> tuple[int, int]:
    """Bytes that went up until nothing waited, and parcels they went in."""
    journal = InHundreds(desk.store, province.clock)
    turns = 0
    with relaying(province.url) as line, closing(HttpTransport(line.url)) as road:
        while journal.unsent():
            load = pick(journal, Portion(MOST_BYTES, 200))
            turn = take_turn(journal, road, load, software=SOFTWARE, clock=province.clock)
            assert turn.settled, turn.problem
            turns += 1
        return line.up.passed, turns
