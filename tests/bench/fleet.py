"""All desks of a province back at the same moment: two workers on one PostgreSQL, and somebody who works meanwhile.

Four hundred desks send fifty dossiers each, as desks do after a night offline; one that was online all the time takes
a dossier every now and then, and citizens look theirs up. Desks and province share the machine, and PostgreSQL waits
for its disk. At the end every row is counted.
"""

import http.client
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Barrier, Event, Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import psycopg

from sync.province import agencies
from sync.province.database import Database, open_database
from tests.bench.crowd import Bookmark, Recorded, Teller, record
from tests.bench.figure import Figure, Target, at_most
from tests.bench.people import Population, populate
from tests.bench.rounds import percentile
from tests.servers import Hands, found, postgresql, province_process

DESKS, DOSSIERS = 400, 50
WORKERS = 2
AT_COUNTER = 900
"""Dossiers in hand for the desk that is online; more than it needs."""
BETWEEN = 0.25
"""Seconds between two requests of somebody who waits for the answer."""
LONGEST = 600.0
"""Seconds until everything that is held has to be judged, too."""
A_BATCH = 500
"""Rows in one INSERT to compare with."""


@dataclass
class _Sender:
    """A desk on the clock."""

    desk: Teller
    parcels: list[bytes]
    seconds: float = 0.0
    sent_away: int = 0
    last: bytes = b""


@dataclass(frozen=True)
class _Outcome:
    senders: list[_Sender]
    interactive: list[float]
    at_once: float
    """The part of the online desk's dossiers whose verdict was in the very answer."""
    judged: float
    """Seconds until nothing was left to judge."""
    faults: list[str]
    rows: int
    batched: float
    """Rows a second by batched INSERTs."""


def measure() -> tuple[Figure, ...]:
    return figures(run(DESKS, DOSSIERS))


def run(desks: int, dossiers: int) -> _Outcome:
    people, recorded = populate(2_000), record(dossiers)
    with postgresql(durable=True) as new, TemporaryDirectory() as place:
        url = new()
        found(url, Path(place) / "root-key.pem")
        with closing(open_database(url, Hands())) as database:
            counter = _enrolled(database, 1)[0]
            crowd = _enrolled(database, desks)
        with province_process(url, Path(place), workers=WORKERS) as province:
            bookmark = _read_all(province.url, counter)
            senders = [_sender(desk, recorded, dossiers, people, bookmark) for desk in crowd]
            online = _Online(province.url, counter, recorded, people, bookmark)
            with online.working():
                begun = _send_all(province.url, senders)
            judged = _judged(url, begun)
        return _Outcome(
            senders, online.seconds, online.at_once, judged, _faults(url, senders, online), *_by_hand(url, senders)
        )


def figures(outcome: _Outcome) -> tuple[Figure, ...]:
    seconds = [sender.seconds for sender in outcome.senders]
    slowest, median = max(seconds), statistics.median(seconds)
    rows = outcome.rows / slowest
    away = sum(sender.sent_away for sender in outcome.senders)
    held = (
        f"{outcome.rows} entries of {len(seconds)} desks, {rows:.0f} a second: {rows / outcome.batched:.1%} of batched "
        f"INSERTs of the same rows; {away} times sent away; all judged after {outcome.judged:.0f} s"
    )
    waits = f"median {statistics.median(outcome.interactive):.2f} s, longest {max(outcome.interactive):.2f} s of "
    waits += f"{len(outcome.interactive)}; {outcome.at_once:.0%} of the dossiers heard their verdict at once"
    return (
        _figure("fleet", slowest, "s until all is held", at_most(300), held, outcome),
        _figure(
            "fleet-fair", slowest / median, "× the median desk", at_most(2), f"median desk {median:.1f} s", outcome
        ),
        _figure("fleet-interactive", percentile(outcome.interactive, 95), "s, p95", at_most(1), waits, outcome),
    )


def _figure(name: str, value: float, unit: str, target: Target, told: str, outcome: _Outcome) -> Figure:
    """Whatever was lost or is there twice, no speed makes up for it."""
    lost = "; ".join(outcome.faults)
    against = lost or "nothing lost, nothing twice"
    return Figure(name=name, value=None if lost else value, unit=unit, against=against, target=target, spread=told)


def _enrolled(database: Database, count: int) -> list[Teller]:
    """Spread over all agencies of the province."""
    with database.reading() as work:
        places = [agency.id for agency in agencies.all_of(work)]
    return [Teller.enrol(database, places[n % len(places)], Random(n)) for n in range(count)]


def _sender(desk: Teller, recorded: Recorded, dossiers: int, people: Population, bookmark: Bookmark) -> _Sender:
    for nth in range(dossiers):
        desk.tell(recorded, nth, people)
    return _Sender(desk, desk.parcels(desk.journal, bookmark))


def _read_all(url: str, desk: Teller) -> Bookmark:
    """Where the feed stands before the clock starts."""
    bookmark, more = Bookmark(), True
    with closing(_Line(url)) as line:
        while more:
            status, _, data = line.post(desk.ask(bookmark, feed_limit=5_000))
            assert status == http.client.OK, status
            down, _ = desk.hear(data)
            bookmark, more = Bookmark(down.incarnation, down.cursor), down.more
    return bookmark


class _Line:
    """A connection that stays open."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def post(self, parcel: bytes) -> tuple[int, float, bytes]:
        """Status, seconds to stay away, body."""
        self._connection.request("POST", "/v1/parcels", body=parcel)
        return self._answer()

    def look_up(self, code: str) -> tuple[int, float, bytes]:
        self._connection.request("GET", f"/tra-cuu?ma={code}")
        return self._answer()

    def close(self) -> None:
        self._connection.close()

    def _answer(self) -> tuple[int, float, bytes]:
        response = self._connection.getresponse()
        return response.status, float(response.headers.get("Retry-After", 0)), response.read()


def _send_all(url: str, senders: list[_Sender]) -> float:
    """All at the same moment, which is given back."""
    start = Barrier(len(senders) + 1)
    with ThreadPoolExecutor(len(senders)) as pool:
        sending = [pool.submit(_send, url, sender, start) for sender in senders]
        start.wait()
        begun = monotonic()
        for one in sending:
            one.result()
    return begun


def _send(url: str, sender: _Sender, start: Barrier) -> None:
    with closing(_Line(url)) as line:
        start.wait()
        begun = monotonic()
        for parcel in sender.parcels:
            while True:
                status, away, data = line.post(parcel)
                if status == http.client.OK:
                    break
                assert status == http.client.SERVICE_UNAVAILABLE, status
                sender.sent_away += 1
                line.close()  # the province would not keep it open for so long
                time.sleep(away)
        sender.seconds, sender.last = monotonic() - begun, data


@dataclass
class _Online:
    """A clerk and a citizen, in turn, for as long as the others send."""

    url: str
    desk: Teller
    recorded: Recorded
    people: Population
    bookmark: Bookmark
    seconds: list[float] = field(default_factory=list)
    heard: int = 0
    taken: int = 0

    def __post_init__(self) -> None:
        self._parcels, sent = [], 0
        for nth in range(AT_COUNTER):
            self.desk.tell(self.recorded, nth, self.people)
            self._parcels.append(self.desk.parcels(self.desk.journal[sent:], self.bookmark)[1:])
            sent = len(self.desk.journal)

    @property
    def at_once(self) -> float:
        return self.heard / max(self.taken, 1)

    @contextmanager
    def working(self) -> Iterator[None]:
        ended = Event()
        thread = Thread(target=self._work, args=(ended,))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _work(self, ended: Event) -> None:
        with closing(_Line(self.url)) as line:
            for parcels, code in zip(self._parcels, self.desk.codes, strict=True):
                if ended.wait(BETWEEN):
                    return
                self._take(line, parcels)
                if ended.wait(BETWEEN):
                    return
                self._timed(lambda code=code: line.look_up(code))

    def _take(self, line: _Line, parcels: list[bytes]) -> None:
        for parcel in parcels:
            data = self._timed(lambda parcel=parcel: line.post(parcel))
            down, items = self.desk.hear(data)
            self.tip = next(tip for tip in down.held if tip.epoch == 1)
        self.taken += 1
        self.heard += any(item.kind == "verdict" and str(self.desk.id) in item.key for item in items)

    def _timed(self, deed: Any) -> bytes:
        """Being sent away is part of waiting."""
        begun = monotonic()
        status, away, data = deed()
        while status == http.client.SERVICE_UNAVAILABLE:
            time.sleep(away)
            status, away, data = deed()
        self.seconds.append(monotonic() - begun)
        return bytes(data)


def _judged(url: str, begun: float) -> float:
    """Wait for the judges to come to an end; seconds since everybody began."""
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute("SELECT 1 FROM epochs WHERE judged < seq LIMIT 1").fetchone():
            if monotonic() - begun > LONGEST:
                break
            time.sleep(0.5)
    return monotonic() - begun


def _faults(url: str, senders: list[_Sender], online: _Online) -> list[str]:
    """What should be there and is not, or is there twice."""
    faults = [f"desk {one.desk.said.number} was not told" for one in senders if not _knows(one)]
    codes = [code for one in senders for code in one.desk.codes] + online.desk.codes[: online.taken]
    entries = sum(one.desk.tip.seq for one in senders) + online.tip.seq
    expected = {
        "SELECT count(*) FROM entries": entries,
        "SELECT count(DISTINCT hash) FROM entries": entries,
        "SELECT sum(last - first + 1) FROM verdicts": entries,
        "SELECT sum(last - first + 1) FROM verdicts WHERE verdict = 'applied'": entries,
        "SELECT count(*) FROM dossiers": len(codes),
        "SELECT count(DISTINCT code) FROM dossiers": len(set(codes)),
        "SELECT count(*) FROM claims": len(codes),
    }
    with psycopg.connect(url) as connection:
        for question, answer in expected.items():
            found = connection.execute(question.encode()).fetchone()
            if found != (answer,):
                faults.append(f"{question}: {found and found[0]} and not {answer}")
    return faults


def _knows(sender: _Sender) -> bool:
    """Was the desk told that everything is held?"""
    down, _ = sender.desk.hear(sender.last)
    return sender.desk.tip in down.held


def _by_hand(url: str, senders: list[_Sender]) -> tuple[int, float]:
    """The rows that were held, and how many of the very same a second come from one connection that only inserts."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute("SELECT * FROM entries").fetchall()
        connection.execute("CREATE TABLE again (LIKE entries INCLUDING ALL)")
        insert = f"INSERT INTO again VALUES ({', '.join(['%s'] * len(rows[0]))})".encode()
        begun = monotonic()
        for i in range(0, len(rows), A_BATCH):
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(insert, rows[i : i + A_BATCH])
        return sum(one.desk.tip.seq for one in senders), len(rows) / (monotonic() - begun)
