"""Six desks at work over a line that breaks, cuts, hangs, lies and slows down: in the end both sides are equal."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from typing import Literal
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from desk.domain.dossier import Dossier
from desk.services.reception import accept_dossier
from desk.services.verify import verify
from sync.runner import Line, Runner
from sync.schedule import Why
from sync.transport import HttpTransport
from tests import make, relay
from tests.faults.world import Machine, World, morning
from tests.relay import Mishap, Way, kbit
from tests.servers import listening
from tests.sync.servers import Said, serving

DESKS = {f"desk-{n}": "H05.09.169" for n in range(6)}
BAD_DELAY = 0.02
_ODDS = (5, 5, 3, 1)
PORTAL = Said(200, {"Content-Type": "text/html"}, b"<html>Please log in to the network</html>")

Tell = Callable[[str], None]


def test_120_dossiers_arrive_over_a_bad_line(tmp_path: Path, seed: int, tell: Tell) -> None:
    _a_bad_day(tmp_path, seed, tell, dossiers=120, bad_connections=60, rate=kbit(4_000))


@pytest.mark.soak
def test_2000_dossiers_arrive_over_a_bad_line(tmp_path: Path, seed: int, tell: Tell) -> None:
    _a_bad_day(tmp_path, seed, tell, dossiers=2_000, bad_connections=600, rate=kbit(4_000))


def _a_bad_day(folder: Path, seed: int, tell: Tell, *, dossiers: int, bad_connections: int, rate: float) -> None:
    begun = monotonic()
    with closing(World(morning(folder, DESKS))) as world, _bad_line(world, seed, bad_connections, rate) as weather:
        counters = [_Counter(machine, weather.line.url) for machine in world.machines]
        with ThreadPoolExecutor(len(counters)) as pool:
            list(pool.map(lambda counter: counter.receives(dossiers // len(counters)), counters))
        weather.clears_up()
        for _ in range(2):  # what one brings last is news for the others
            for counter in counters:
                counter.rests()

        _both_sides_are_equal(world, counters)
        tell(
            f"bad line: {dossiers} dossiers of {len(counters)} desks in {monotonic() - begun:.0f} s over"
            f" {weather.line.connections} connections, {weather.befallen} of them with a mishap, {weather.lied_to} to a"
            f" log-in page; {sum(counter.failures for counter in counters)} turns came to nothing"
        )
        assert weather.befallen > len(counters)
        assert weather.lied_to


@dataclass
class _Weather:
    """What befalls each connection, by dice; after `bad` of them, or when it clears up, nothing does."""

    dice: Random
    bad: int
    province: tuple[str, int]
    portal: tuple[str, int]
    befallen: int = 0
    lied_to: int = 0
    _line: list[relay.Line] = field(default_factory=list)

    @property
    def line(self) -> relay.Line:
        return self._line[0]

    def befalls(self, n: int) -> Mishap | None:
        fair = n > self.bad
        at_portal = not fair and n % 20 in (10, 11, 12)
        self.line.upstream = self.portal if at_portal else self.province
        self.lied_to += at_portal
        if fair or at_portal:
            return None
        self.befallen += 1
        kind: Literal["reset", "cut", "junk", "hang"] = self.dice.choices(("reset", "cut", "junk", "hang"), _ODDS)[0]
        way: Literal["up", "down"] = self.dice.choice(("up", "down"))
        at = self.dice.choice((0, 200, self.dice.randrange(6_000), self.dice.randrange(40_000)))
        return Mishap(kind, way, at)

    def clears_up(self) -> None:
        self.bad = 0
        self.line.upstream = self.province
        self.line.becomes(Way(), Way())


@contextmanager
def _bad_line(world: World, seed: int, bad: int, rate: float) -> Iterator[_Weather]:
    with ExitStack() as stack:
        province = stack.enter_context(listening(world.database))
        portal = stack.enter_context(serving(lambda _: PORTAL))
        weather = _Weather(Random(seed), bad, _place(province), _place(portal))
        way = Way(BAD_DELAY, rate)
        weather._line.append(stack.enter_context(relay.relaying(province, way, way, mishap=weather.befalls)))
        yield weather


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


class _Counter:
    """A desk at work: somebody who takes dossiers, and the runner in its own thread."""

    def __init__(self, machine: Machine, url: str) -> None:
        self.machine, self._url = machine, url
        self.taken: list[Dossier] = []
        self.failures = 0
        self._quiet = threading.Event()
        self._runner = self._new_runner()

    def receives(self, dossiers: int) -> None:
        """All of them, while the runner does what it can; then until it has brought them home."""
        self._runner.start()
        for n in range(dossiers):
            self.taken.append(self._takes(n))
            self._runner.entry_written()
        while self.machine.journal.unsent():
            self._quiet.clear()
            self._runner.ask_now()
            assert self._quiet.wait(120), f"{self.machine.name}: nothing moves any more: {self._runner.line}"
        assert self._runner.stop(60)

    def rests(self) -> None:
        """Over a good line, until there is nothing to send and nothing to read."""
        line = self._new_runner().drain()
        assert line.why is Why.IDLE, line
        assert line.last_turn is not None
        assert not line.last_turn.more

    def _takes(self, n: int) -> Dossier:
        machine = self.machine
        return accept_dossier(
            make.intake(applicant=make.party(f"Nguyễn Thị {n}"), fees=(make.fee_line(),) if n % 2 else ()),
            clerk=machine.clerk,
            open_work=machine.store.open_work,
            clock=machine.clock,
            new_id=uuid4,
        )

    def _new_runner(self) -> Runner:
        return Runner(
            self.machine.journal,
            lambda: HttpTransport(self._url, read_seconds=1.0),
            clock=self.machine.clock,
            software="test",
            listener=self._hears,
        )

    def _hears(self, line: Line) -> None:
        """Whoever stands at the counter presses the button whenever the runner wants to wait after a failure."""
        if line.next_try_at is None:
            return
        if line.why is Why.IDLE:
            self._quiet.set()
        else:
            self.failures += 1
            self._quiet.set()
            self._runner.ask_now()


def _both_sides_are_equal(world: World, counters: list[_Counter]) -> None:
    held = {row[0]: row[1:] for row in world.rows("SELECT hash, head, body, salt, signature FROM entries")}
    written: dict[str, tuple[object, ...]] = {}
    for counter in counters:
        with counter.machine.store.open_reading() as memory:
            entries = list(memory.journal.entries())
        written |= {e.hash: (e.head_text, e.body_text, e.salt, e.signature) for e in entries}
    assert held == written

    everything = [dossier for counter in counters for dossier in counter.taken]
    assert len({dossier.code for dossier in everything}) == len(everything)
    assert world.rows("SELECT DISTINCT verdict FROM verdicts") == [("applied",)]
    for counter in counters:
        assert verify(open_reading=counter.machine.store.open_reading).findings == ()
        with counter.machine.store.open_reading() as memory:
            for dossier in everything:
                assert memory.dossiers.by_code(dossier.code).dossier == dossier
