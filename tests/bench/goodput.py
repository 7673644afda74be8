"""How much of a slow line is used: 5,000 dossiers waiting, 300 ms there and back, first byte to last answer.

The desk is a real one with its own store, the province a process of its own, the line a relay with a rate both ways.
The connection is open before the clock starts. What is counted are the bytes that went up until everything was held,
against what the line could have carried in that time.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.cycle import Kind, Load, take_turn
from sync.runner import Line as State
from sync.runner import Runner
from sync.schedule import Why
from sync.transport import HttpTransport
from tests.bench.enrolled import KEY, SOFTWARE, enrolled
from tests.bench.figure import Figure, at_least
from tests.bench.fill import scratch
from tests.relay import Line, kbit, relaying, slow_line
from tests.servers import province_process

DOSSIERS = 5_000
ROUND_TRIP = 0.3
SEED = 47
TARGETS = {64: 0.8, 256: 0.8, 2_000: 0.5}
"""Share of the line that is asked for, by kilobits a second."""


@dataclass
class Watch:
    """The moment at which the province held everything."""

    held_at: float = 0.0
    turns: int = 0

    def hear(self, state: State) -> None:
        turn = state.last_turn
        if state.why is not Why.SENDING and turn is not None and turn.kind is Kind.ENTRIES and not self.held_at:
            self.turns += 1
            if turn.unsent == 0:
                self.held_at = monotonic()


def measure(rates: tuple[int, ...] = tuple(TARGETS)) -> tuple[Figure, ...]:
    with TemporaryDirectory(dir=scratch()) as place, _morning(Path(place)) as morning:
        return tuple(_goodput(morning, Path(place) / str(rate), rate) for rate in rates)


@contextmanager
def _morning(folder: Path) -> Iterator[Path]:
    """A province and a desk that has all those dossiers waiting; to be copied for each line."""
    home = folder / "morning"
    home.mkdir()
    with province_process(_database(home), home) as province:
        begin = datetime.now(UTC) + timedelta(minutes=1)
        with enrolled(province, home / "desk", begin=begin, seed=SEED) as desk:
            with closing(HttpTransport(province.url)) as road:
                desk.drain(road)
            desk.days.take(DOSSIERS)
    yield home


def _goodput(morning: Path, folder: Path, rate: int) -> Figure:
    shutil.copytree(morning, folder)
    with (
        province_process(_database(folder), folder) as province,
        relaying(province.url, *slow_line(rate, ROUND_TRIP)) as line,
        closing(Store.open(folder / "desk", KEY)) as store,
        closing(HttpTransport(line.url)) as road,
    ):
        watch = _sent(WireJournal(store, lambda: datetime.now(UTC)), road, line)
        seconds, passed = watch.held_at - line.up.first_at, line.up.passed
    return Figure(
        name=f"goodput-{rate}",
        value=passed / kbit(rate) / seconds,
        unit="of the line",
        against=f"{rate:,} kbit/s, {ROUND_TRIP * 1000:.0f} ms there and back, {DOSSIERS:,} dossiers",
        target=at_least(TARGETS[rate]),
        spread=f"{passed:,} bytes in {seconds:.1f} s, {watch.turns} turns, {line.connections} connections",
    )


def _sent(journal: WireJournal, road: HttpTransport, line: Line) -> Watch:
    def clock() -> datetime:
        return datetime.now(UTC)

    take_turn(journal, road, Load(Kind.QUESTION, (), 0), software=SOFTWARE, clock=clock)
    line.up.passed, line.up.first_at = 0, 0.0
    watch = Watch()
    Runner(journal, lambda: road, clock=clock, software=SOFTWARE, listener=watch.hear).drain()
    assert watch.held_at, "the line failed"
    return watch


def _database(folder: Path) -> str:
    return f"sqlite:///{folder / 'province.db'}"
