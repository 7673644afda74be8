"""Real processes that are killed without warning, and what must be true of the disk they leave behind."""

import json
import os
import random
import re
import selectors
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from desk.home import found_store, open_store
from desk.services import lamp, people
from desk.services.enrolment import enrol
from desk.services.ports.values import LampReason, LampState
from desk.services.verify import verify
from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.province.database import open_database
from sync.runner import Runner
from sync.schedule import Why
from sync.transport import HttpTransport
from tests import make
from tests.faults.marks import Doing, Marks
from tests.servers import Hands, Province, found

PIN = "246810"
SECONDS = 60
OFFSCREEN = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
LONGEST_LIFE = 0.5
"""Seconds of work before a kill, at most, when it is not aimed."""
LONGEST_AIM = 2.0
"""Seconds to wait for the moment that was aimed at; then it is killed wherever it is."""
PAPER = re.compile(r"(.+?-\d{6}-\d+)(?:-\d+)?\.pdf")


class FarEnd:
    """`desk-province serve` on a port of its own, killed and started again as often as anybody likes."""

    def __init__(self, folder: Path) -> None:
        self.database_url, self._folder = f"sqlite:///{folder / 'province.db'}", folder
        found(self.database_url, folder / "root-key.pem")
        self._listen = "127.0.0.1:0"
        self.start()

    def start(self) -> None:
        words = ["serve", "--listen", self._listen, "--database", self.database_url]
        words += ["--root-key", str(self._folder / "root-key.pem")]
        with (self._folder / "province.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sync.province", *words], stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said.startswith("listening on "), (self._folder / "province.log").read_text()
        self.url = said.removeprefix("listening on ").strip()
        self._listen = self.url.removeprefix("http://")

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=SECONDS)

    def rows(self, question: str) -> list[Any]:
        with closing(open_database(self.database_url, Hands())) as database, database.reading() as work:
            return [tuple(row) for row in work.session.connection().exec_driver_sql(question)]


@dataclass
class Seen:
    """What people saw with their own eyes over all lives of one desk."""

    taken: list[str] = field(default_factory=list)
    green: list[str] = field(default_factory=list)
    """Codes of dossiers the lamp was green behind."""
    hashes: list[str] = field(default_factory=list)
    """The journal as it was after the last death."""


@dataclass(frozen=True)
class Death:
    """Where it hit, and in whose life."""

    who: str
    doing: tuple[Doing, ...]
    """Known of the window only, which we start ourselves; the commands are started as they are."""
    province_died: bool = False


class Scene:
    """A desk, its papers, a province; `live_and_die` is one life of the desk's process."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.home, self.papers = folder / "desk", folder / "papers"
        self.papers.mkdir()
        self.marks = Marks.new(folder / "marks")
        self.far_end = FarEnd(folder)
        self.seen = Seen()

    def close(self) -> None:
        self.far_end.kill()

    def enrol(self) -> None:
        far = self.far_end
        code = Province(far.url, far.database_url, self.folder / "root-key.pem").code()
        with found_store(self.home, None, plain=True) as store, closing(HttpTransport(far.url)) as road:
            facts = enrol(
                code, far.url, ask=road.enrol, open_work=store.open_work, clock=_now, new_id=uuid4, software="test"
            )
            _drain(store, road)
            people.set_pin(facts.first_supervisor, "", PIN, open_work=store.open_work, clock=_now)

    def live_and_die(self) -> Death:
        """One of three programs, killed somewhere; sometimes the province dies first and comes back."""
        who = self.chance.choice(("window", "window", "window", "accept", "sync"))
        death = {"window": self._window, "accept": self._accept, "sync": self._sync}[who]()
        self.check()
        return death

    def _window(self) -> Death:
        with self._started("tests.faults.desk_at_work", str(self.home), PIN) as desk:
            said = _Lines(desk)
            said.until("begins")
            province_dies = self.chance.random() < 0.2
            if province_dies:
                self._kill_the_province(said)
            self._wait_for_the_moment(said)
            self._end(desk, said)
        return Death("window", self.marks.on(), province_dies)

    def _accept(self) -> Death:
        """`desk accept`, fed as fast as it reads."""
        people_waiting = self.folder / "people.jsonl"
        lines = (make.intake_json(received_at=None) for _ in range(300))
        text = (json.dumps({k: v for k, v in line.items() if v is not None}, ensure_ascii=False) for line in lines)
        people_waiting.write_text("\n".join(text), encoding="utf-8")
        with self._started("desk", "accept", "--file", str(people_waiting), "--home", str(self.home), "--json") as desk:
            said = _Lines(desk)
            said.until("{")
            said.listen(self.chance.uniform(0, LONGEST_LIFE))
            self._end(desk, said)
        return Death("accept", ())

    def _sync(self) -> Death:
        with self._started("desk", "sync", "--home", str(self.home), "--json") as desk:
            said = _Lines(desk)
            said.listen(self.chance.uniform(0.3, 0.3 + LONGEST_LIFE))
            self._end(desk, said)
        return Death("sync", ())

    @contextmanager
    def _started(self, module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        for mark in Doing:
            self.marks.set(mark, on=False)
        command = [sys.executable, "-m", module, *words]
        with (self.folder / "desk.log").open("ab") as log:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=OFFSCREEN)
        with process:
            try:
                yield process
            except AssertionError as error:
                error.add_note((self.folder / "desk.log").read_text()[-3000:])
                raise
            finally:
                process.kill()

    def _kill_the_province(self, said: "_Lines") -> None:
        said.listen(self.chance.uniform(0, LONGEST_LIFE))
        self.far_end.kill()
        said.listen(self.chance.uniform(0, 0.1))
        self.far_end.start()

    def _wait_for_the_moment(self, said: "_Lines") -> None:
        """Anywhere, or in the middle of something: it is looked for without resting, because it is over in a moment."""
        aim = self.chance.choice((None, *Doing))
        said.listen(self.chance.uniform(0, LONGEST_LIFE))
        if aim is None:
            return
        end = time.monotonic() + LONGEST_AIM
        while not self.marks.is_on(aim) and time.monotonic() < end:
            said.listen(0)
        further = time.perf_counter() + self.chance.uniform(0, 0.002)
        while time.perf_counter() < further:
            pass

    def _end(self, desk: subprocess.Popen[bytes], said: "_Lines") -> None:
        desk.kill()
        desk.wait(SECONDS)
        for line in said.rest():
            self._hear(line)

    def _hear(self, line: str) -> None:
        word, *rest = line.split()
        if line.startswith("{"):
            answer = json.loads(line)
            self.seen.taken += [answer["code"]] if "code" in answer else []
        elif word == "taken":
            self.seen.taken += rest
        elif word == "green":
            self.seen.green += rest

    # --- what must be true

    def check(self) -> None:
        """With the store as the next start finds it. The words say which promise is broken."""
        with open_store(self.home, None, writing=True) as store:
            self._check_journal(store)
            self._check_dossiers(store)
            self._check_papers(store)
            self._check_lamp(store)

    def _check_journal(self, store: Store) -> None:
        assert verify(open_reading=store.open_reading).findings == (), "the journal and the tables disagree"
        hashes = _hashes(store)
        known = len(self.seen.hashes)
        assert hashes[:known] == self.seen.hashes, "an entry that was written is gone or altered"
        assert self._held() <= set(hashes), "the province holds what the desk lost"
        self.seen.hashes = hashes

    def _check_dossiers(self, store: Store) -> None:
        codes = [code for (code,) in _rows(store, "SELECT code FROM dossiers")]
        assert len(set(codes)) == len(codes), "a code was given twice"
        assert len(set(self.seen.taken)) == len(self.seen.taken), "two people were told one code"
        assert set(self.seen.taken) <= set(codes), "a dossier that was said to be taken is gone"

    def _check_papers(self, store: Store) -> None:
        papers = Counter(_code_on(paper) for paper in self.papers.iterdir())
        issued = Counter(code for (code,) in _rows(store, "SELECT code FROM slips"))
        assert papers <= issued, "there is a paper without a record"
        pairs = _rows(store, "SELECT code, issue FROM slips")
        assert len(set(pairs)) == len(pairs), "two papers say they are the same issue"

    def _check_lamp(self, store: Store) -> None:
        """Whatever the province lacks stands in the outbox, and what was seen under a green lamp is there."""
        held = self._held()
        lacking = [name for name in _hashes(store) if name not in held]
        shown = lamp.look(open_reading=store.open_reading, line=LampReason.NONE)
        assert shown.unsent_entries >= len(lacking), "something the province lacks is not shown as unsent"
        assert shown.state is not LampState.GREEN or not lacking, "the lamp is green and the province lacks something"
        taken = _rows(store, "SELECT d.code, h.hash FROM heads h JOIN dossiers d ON d.dossier = h.dossier")
        missing = {code for code, name in taken if name not in held}
        assert not missing.intersection(self.seen.green), "the lamp was green before the province held it"

    def settle(self) -> None:
        """In the end the line is good, and both sides are equal, once the province has judged what it holds."""
        with open_store(self.home, None, writing=True) as store, closing(HttpTransport(self.far_end.url)) as road:
            end = time.monotonic() + SECONDS
            _drain(store, road)
            while lamp.look(open_reading=store.open_reading, line=LampReason.NONE).state is not LampState.GREEN:
                assert time.monotonic() < end, "all is sent, and the lamp never turns green"
                _drain(store, road)
            assert self._held() == set(_hashes(store))
            codes = sorted(code for (code,) in _rows(store, "SELECT code FROM dossiers"))
            assert codes == sorted(code for (code,) in self.far_end.rows("SELECT code FROM dossiers"))

    def _held(self) -> set[str]:
        return {name for (name,) in self.far_end.rows("SELECT hash FROM entries")}


class _Lines:
    """What a process says, read as it comes so that it never has to wait for us."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self._pipe = process.stdout.fileno()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._pipe, selectors.EVENT_READ)
        self._heard = b""

    def listen(self, seconds: float) -> bool:
        """For so long; False when there is nobody any more."""
        end = time.monotonic() + seconds
        while self._selector.select(max(0.0, end - time.monotonic())):
            if not (piece := os.read(self._pipe, 65536)):
                return False
            self._heard += piece
        return True

    def until(self, beginning: str) -> None:
        """Until a line begins so."""
        wanted, end = beginning.encode(), time.monotonic() + SECONDS
        while not any(line.startswith(wanted) for line in self._heard.splitlines()):
            assert self.listen(0.02), "it ended by itself"
            assert time.monotonic() < end, "it never began"

    def rest(self) -> list[str]:
        """All whole lines, after its death."""
        self.listen(SECONDS)
        self._selector.close()
        return [line.decode() for line in self._heard.split(b"\n")[:-1]]


def _drain(store: Store, road: HttpTransport) -> None:
    runner = Runner(WireJournal(store, _now), lambda: road, clock=_now, software="test", listener=lambda _: None)
    assert runner.drain().why is Why.IDLE, "the line is good and sync does not come to its end"


def _rows(store: Store, question: str) -> list[Any]:
    with store.open_reading() as memory:
        return [tuple(row) for row in memory.connection.exec_driver_sql(question)]


def _hashes(store: Store) -> list[str]:
    return [name for (name,) in _rows(store, "SELECT hash FROM heads ORDER BY epoch, seq")]


def _code_on(paper: Path) -> str:
    """A reprint has the code's name and a number."""
    found = PAPER.fullmatch(paper.name)
    assert found is not None, paper.name
    return found[1]


def _now() -> datetime:
    return datetime.now(UTC)
