"""A desk that was enrolled at a real province over real HTTP, with days of dossiers still waiting to be sent."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from desk.services.enrolment import enrol
from desk.services.people import set_pin
from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.cycle import Road
from sync.ports import Settlement
from sync.runner import Line, Runner
from sync.transport import HttpTransport
from tests.bench.days import Days
from tests.bench.people import populate
from tests.servers import Province

KEY = bytes(range(32))
"""Nobody in these stores exists."""
PIN = "271828"
SOFTWARE = "desk/0.1.0"


class Remembering(WireJournal):
    """The store's own, and what it was told to settle."""

    settled: tuple[Settlement, ...] = ()

    def settle(self, settlement: Settlement) -> None:
        self.settled += (settlement,)
        super().settle(settlement)


@dataclass(frozen=True)
class Enrolled:
    store: Store
    days: Days
    province: Province
    journal: Remembering = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "journal", Remembering(self.store, self.province.clock))

    def drain(self, road: Road) -> Line:
        """Send and read all there is."""
        return runner(self.journal, road, self.province).drain()


def runner(journal: WireJournal, road: Road, province: Province) -> Runner:
    return Runner(journal, lambda: road, clock=province.clock, software=SOFTWARE, listener=lambda _: None)


@contextmanager
def enrolled(province: Province, home: Path, *, begin: datetime, seed: int) -> Iterator[Enrolled]:
    """A new desk that has read the feed and whose supervisor has set a PIN."""
    with closing(Store.create(home, KEY)) as store, closing(HttpTransport(province.url)) as road:
        facts = enrol(
            province.code(),
            province.url,
            ask=road.enrol,
            open_work=store.open_work,
            clock=province.clock,
            new_id=uuid4,
            software=SOFTWARE,
        )
        runner(WireJournal(store, province.clock), road, province).drain()
        clerk = set_pin(facts.first_supervisor, "", PIN, open_work=store.open_work, clock=province.clock)
        yield Enrolled(store, Days(store, clerk, populate(2_000, seed=seed), begin=begin, seed=seed), province)
