"""Accepting a dossier through the service against the same rows written by hand, and while a feed is being applied."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory
from threading import Event
from time import sleep

from desk.domain.intake import Intake
from desk.store.store import Store
from desk.store.wire import WireJournal
from tests.bench.by_hand import ByHand
from tests.bench.desks import Window, intakes, open_store, templates
from tests.bench.figure import Figure, at_most
from tests.bench.fill import MORNING_AFTER, copy_of_filled, filled, prove, scratch
from tests.bench.lives import Roster, acceptances
from tests.bench.people import populate
from tests.bench.province import AGENCY, NEWS_FROM, NUMBER, SIBLING_NUMBER, make_province, news
from tests.bench.rounds import Prepared, Timings, alternate, p99, time

IN_THE_STORE = 1_000
ROUNDS, EACH = 9, 150
BUSY_ROUNDS, ARRIVALS = 5, 250
PAGE = 500
BETWEEN = (0.005, 0.025)
"""Seconds between two people at the counter: sync gets its turns in between, and is met at moments nobody chose."""


def measure() -> tuple[Figure, ...]:
    return (_against_sql(), _under_feed())


def _against_sql() -> Figure:
    """Two stores that begin alike, one for each way; at the end both must be what their journals lead to."""
    people = populate(2_000)
    promised = acceptances(Roster(AGENCY, NUMBER, MORNING_AFTER), templates(), people, seed=8)
    asked = intakes(people)
    with _two_copies() as (ours, theirs):
        with open_store(ours) as store, closing(ByHand(theirs)) as hand:
            window = Window(store, MORNING_AFTER)
            ways: dict[str, Prepared] = {
                "service": lambda: partial(window.accept, next(asked)),
                "hand": lambda: partial(hand.accept, next(promised)),
            }
            taken = alternate(ways, rounds=ROUNDS, each=EACH)
        prove(ours)
        prove(theirs)
    return Figure(
        name="accept",
        value=taken["service"].median / taken["hand"].median,
        unit="× hand-written SQL",
        against=f"the same rows by hand: {taken['hand'].told()}",
        target=at_most(2),
        spread=f"service {taken['service'].told()}",
    )


@contextmanager
def _two_copies() -> Iterator[tuple[Path, Path]]:
    home = filled(IN_THE_STORE)
    with TemporaryDirectory(dir=scratch()) as place:
        yield copytree(home, Path(place) / "ours"), copytree(home, Path(place) / "theirs")


def _under_feed() -> Figure:
    """Rounds without and with a feed in turn, people arriving at the same pace in both."""
    asked = intakes(populate(2_000))
    idle: list[tuple[float, ...]] = []
    busy: list[tuple[float, ...]] = []
    with copy_of_filled(IN_THE_STORE) as store:
        window, feed = Window(store, MORNING_AFTER), _Feed(store)
        _arrivals(window, asked)
        for _ in range(BUSY_ROUNDS):
            idle.append(_arrivals(window, asked))
            with feed.flowing():
                busy.append(_arrivals(window, asked))
    calm, pressed = Timings(tuple(idle)), Timings(tuple(busy))
    return Figure(
        name="accept-under-feed",
        value=pressed.percentile(99) / calm.percentile(99),
        unit="× the idle p99",
        against=f"idle p99 {calm.told(p99)}; median {calm.told()}",
        target=at_most(3),
        spread=f"p99 {pressed.told(p99)}, median {pressed.told()}, while {feed.applied} items were applied",
    )


def _arrivals(window: Window, asked: Iterator[Intake]) -> tuple[float, ...]:
    chance = Random(3)
    seconds = []
    for intake in islice(asked, ARRIVALS):
        sleep(chance.uniform(*BETWEEN))
        seconds.append(time(partial(window.accept, intake)))
    return tuple(seconds)


class _Feed:
    """Another counter's dossiers and their statuses, page after page, settled on a thread as sync does."""

    def __init__(self, store: Store) -> None:
        self._wire = WireJournal(store, lambda: MORNING_AFTER)
        self._province = make_province()
        roster = Roster(AGENCY, SIBLING_NUMBER, MORNING_AFTER - timedelta(days=60))
        self._news = news(acceptances(roster, templates(), populate(2_000), seed=9), first_n=2 * NEWS_FROM)
        self._stop = Event()
        self.applied = 0

    @contextmanager
    def flowing(self) -> Iterator[None]:
        """As long as this lasts. What the thread raises is raised here."""
        self._stop.clear()
        with ThreadPoolExecutor(1) as pool:
            settling = pool.submit(self._settle)
            yield
            self._stop.set()
            settling.result()

    def _settle(self) -> None:
        while not self._stop.is_set():
            page = list(islice(self._news, PAGE))
            asked, cursor = self._wire.bookmarks(), str(page[-1].n)
            self._wire.settle(self._province.settlement(page, asked=asked, cursor=cursor, at=MORNING_AFTER))
            self.applied += len(page)
