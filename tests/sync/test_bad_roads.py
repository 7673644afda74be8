"""All that somebody on the way can do to a parcel, over real HTTP: nothing is deleted, and nothing is sent blindly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import pytest

from sync.addresses import Addresses
from sync.protocol.entry import Entry
from sync.protocol.exchange import read_up
from sync.protocol.feed import Policy, write_item
from sync.protocol.parcel import open_parcel, read_outside
from sync.runner import Line, Runner
from sync.schedule import Why
from sync.transport import PARCEL_TYPE, PROBLEM_TYPE, HttpTransport
from tests.relay import relaying, slow_line
from tests.sync.far_end import FarEnd
from tests.sync.journals import NOW, Keys, MemoryJournal
from tests.sync.servers import Asked, Said, nobody, serving

HTML = {"Content-Type": "text/html"}
PARCEL = {"Content-Type": PARCEL_TYPE}
PORTAL = Said(200, HTML, b"<html>Please log in to the network</html>")

Mood = Callable[[tuple[Entry, ...]], Said | None]
"""What somebody on the way says to a parcel with these entries; None lets it through."""


@dataclass
class Way:
    """A desk with three entries to send, and somebody between it and the province."""

    far: FarEnd
    journal: MemoryJournal
    url: str = ""
    mood: Mood = lambda _: None
    carried: list[int] = field(default_factory=list)
    """Entries in each parcel that left the desk."""
    answered: bytes = b""

    def __post_init__(self) -> None:
        self.runner = Runner(self.journal, self._road, clock=lambda: NOW, software="test", listener=lambda _: None)

    def _road(self) -> HttpTransport:
        return HttpTransport(self.url, connect_seconds=1, read_seconds=0.3)

    def answer(self, asked: Asked) -> Said:
        _, entries = read_up(open_parcel(read_outside(asked.body), seal=self.far.keys.seal))
        self.carried.append(len(entries))
        said = self.mood(entries)
        if said is not None:
            return said
        self.answered = self.far.exchange(asked.body)
        return Said(200, PARCEL, self.answered)

    def turns(self, count: int = 1) -> Line:
        """As often as somebody presses F5."""
        for _ in range(count):
            line = self.runner.drain()
        return line


@contextmanager
def way() -> Iterator[Way]:
    far = FarEnd(Keys.new())
    way = Way(far, MemoryJournal.enrolled(far.keys))
    with serving(way.answer) as way.url:
        way.turns()
        for n in range(3):
            way.journal.write(note=f"deed {n}")
        way.carried.clear()
        yield way


@pytest.fixture
def bad_way() -> Iterator[Way]:
    with way() as made:
        yield made


IN_THE_WAY = {
    "a log-in page with 200": PORTAL,
    "a redirect to a log-in page": Said(302, HTML | {"Location": "http://127.0.0.1:9/login"}),
    "a proxy's error page": Said(502, HTML, b"<html>squid</html>"),
    "a proxy that wants a password": Said(407, HTML | {"Proxy-Authenticate": "Basic"}),
    "a server's error": Said(500, HTML, b"oops"),
    "a page without a province behind it": Said(503, HTML, b"maintenance"),
    "a province that is busy": Said(503, {"Content-Type": PROBLEM_TYPE, "Retry-After": "7"}, b'{"code":"busy"}'),
    "too many of us": Said(429, HTML | {"Retry-After": "7"}),
    "an empty answer": Said(200, PARCEL, b""),
    "half an answer": Said(200, PARCEL | {"Content-Length": "900"}, b"CDPARCEL"),
    "a line that is cut": Said(raw=b""),
    "another protocol": Said(raw=b"SSH-2.0-OpenSSH_9.2\r\n"),
    "an answer that drips": Said(200, PARCEL, b"x" * 1000, drips=0.05),
}


@pytest.mark.parametrize("said", IN_THE_WAY.values(), ids=IN_THE_WAY.keys())
def test_whoever_answers_in_the_provinces_place_changes_nothing(bad_way: Way, said: Said) -> None:
    settled = len(bad_way.journal.settled)
    bad_way.mood = lambda _: said

    line = bad_way.turns(3)

    assert line.why is not Why.IDLE
    assert (bad_way.journal.unsent(), len(bad_way.journal.written), len(bad_way.journal.settled)) == (3, 3, settled)
    assert bad_way.far.entries == []


@pytest.mark.parametrize("said", IN_THE_WAY.values(), ids=IN_THE_WAY.keys())
def test_when_the_way_is_free_again_everything_arrives_once(bad_way: Way, said: Said) -> None:
    bad_way.mood = lambda _: said
    bad_way.turns(2)
    bad_way.mood = lambda _: None

    line = bad_way.turns(2)

    assert line.why is Why.IDLE
    assert [entry.hash for entry in bad_way.far.entries] == [entry.hash for entry in bad_way.journal.written]
    assert bad_way.journal.unsent() == 0


@pytest.mark.parametrize("doubtful", [PORTAL, IN_THE_WAY["a line that is cut"], IN_THE_WAY["half an answer"]])
def test_after_a_doubtful_answer_the_desk_asks_and_sends_nothing_until_it_is_told(bad_way: Way, doubtful: Said) -> None:
    bad_way.mood = lambda _: doubtful
    bad_way.turns(5)

    assert sum(count > 0 for count in bad_way.carried) == 1
    assert bad_way.carried[-1] == 0


@pytest.mark.parametrize("doubtful", [PORTAL, IN_THE_WAY["a line that is cut"], IN_THE_WAY["half an answer"]])
def test_what_was_held_before_the_answer_was_lost_is_not_sent_again(bad_way: Way, doubtful: Said) -> None:
    said = bad_way.answer

    def held_and_lost(asked: Asked) -> Said:
        answered = said(asked)
        return doubtful if bad_way.carried[-1] else answered

    with serving(held_and_lost) as url:
        road = HttpTransport(url, read_seconds=0.3)
        runner = Runner(bad_way.journal, lambda: road, clock=lambda: NOW, software="t", listener=lambda _: None)
        runner.drain()
        line = runner.drain()

    assert (line.why, bad_way.journal.unsent()) == (Why.IDLE, 0)
    assert sum(bad_way.carried) == 3


def test_an_answer_to_an_earlier_parcel_is_not_taken_for_this_one(bad_way: Way) -> None:
    bad_way.mood = lambda _: Said(200, PARCEL, bad_way.answered)

    line = bad_way.turns(2)

    assert (line.why, bad_way.journal.unsent()) == (Why.NOT_THE_PROVINCE, 3)


def test_an_empty_page_of_the_feed_deletes_nothing(bad_way: Way) -> None:
    bad_way.far.feed = [write_item(1, "policy", "policy", Policy())]
    bad_way.turns()
    bad_way.far.says = {"more": False, "cursor": "", "incarnation": "one"}
    bad_way.far.feed = []

    line = bad_way.turns()

    assert line.why is Why.IDLE
    assert [item.kind for item in bad_way.journal.heard] == ["policy"]
    assert len(bad_way.journal.written) == 3


def refusing(words: str, said: Said) -> Mood:
    """Somebody on the way who looks into parcels, or is believed to, and stops those with these words."""
    return lambda entries: said if any(words in (entry.body_text or "") for entry in entries) else None


@pytest.mark.parametrize(
    "said", [Said(413, HTML), Said(502, HTML), Said(raw=b"")], ids=["too large", "an error page", "a cut"]
)
def test_a_body_somebody_refuses_for_ever_stops_no_other_and_its_head_goes_without_it(bad_way: Way, said: Said) -> None:
    bad_way.mood = refusing("deed 1", said)

    line = bad_way.turns(25)

    assert (line.why, bad_way.journal.unsent()) == (Why.BODIES, 0)
    assert [entry.body_text is not None for entry in bad_way.far.entries] == [True, False, True]

    bad_way.mood = lambda _: None
    line = bad_way.turns(25)

    assert line.why is Why.IDLE
    assert len(bad_way.far.bodies) == 3


def test_only_small_parcels_get_through_and_all_arrive(bad_way: Way) -> None:
    for n in range(60):
        bad_way.journal.write(note=f"deed {n}")
    bad_way.mood = lambda entries: Said(413, HTML) if len(entries) > 8 else None

    line = bad_way.turns(3)

    assert (line.why, bad_way.journal.unsent()) == (Why.IDLE, 0)
    assert sum(bad_way.carried) < 63 * 5


def test_on_the_slowest_line_every_parcel_comes_through(bad_way: Way) -> None:
    """32 kbit/s and a second there and back."""
    chance = Random(5)
    for _ in range(30):
        bad_way.journal.write(note=chance.randbytes(100).hex())

    with relaying(bad_way.url, *slow_line(32, 1.0)) as line:
        runner = Runner(
            bad_way.journal, lambda: HttpTransport(line.url), clock=lambda: NOW, software="t", listener=lambda _: None
        )
        ended = runner.drain()

    assert (ended.why, ended.trouble, bad_way.journal.unsent()) == (Why.IDLE, None, 0)
    assert ended.last_turn is not None
    assert ended.last_turn.seconds >= 1


def test_a_province_that_moved_is_found_at_its_other_address(bad_way: Way) -> None:
    gone = nobody()

    road = Addresses(lambda: (gone, bad_way.url), HttpTransport)
    line = Runner(bad_way.journal, lambda: road, clock=lambda: NOW, software="t", listener=lambda _: None).drain()

    assert (line.why, bad_way.journal.unsent()) == (Why.IDLE, 0)


def test_where_somebody_else_lives_at_the_old_address_the_next_question_goes_to_the_other(bad_way: Way) -> None:
    with serving(lambda _: PORTAL) as taken_over:
        road = Addresses(lambda: (taken_over, bad_way.url), HttpTransport)
        runner = Runner(bad_way.journal, lambda: road, clock=lambda: NOW, software="t", listener=lambda _: None)
        first, second = runner.drain(), runner.drain()

    assert (first.why, second.why, bad_way.journal.unsent()) == (Why.NOT_THE_PROVINCE, Why.IDLE, 0)
    assert bad_way.carried[0] == 0


def test_an_address_the_province_told_is_the_first_choice_from_then_on(bad_way: Way) -> None:
    known = [bad_way.url]
    asked: list[str] = []

    def road_to(url: str) -> HttpTransport:
        asked.append(url)
        return HttpTransport(url)

    road = Addresses(lambda: tuple(known), road_to)
    runner = Runner(bad_way.journal, lambda: road, clock=lambda: NOW, software="t", listener=lambda _: None)
    runner.drain()
    with serving(bad_way.answer) as moved:
        known.insert(0, moved)
        runner.drain()

    assert asked == [known[1], known[0]]


def test_nobody_anywhere_is_said_as_no_line(bad_way: Way) -> None:
    road = Addresses(lambda: (nobody(), "no address at all"), HttpTransport)

    line = Runner(bad_way.journal, lambda: road, clock=lambda: NOW, software="t", listener=lambda _: None).drain()

    assert (line.why, bad_way.journal.unsent()) == (Why.OFFLINE, 3)
