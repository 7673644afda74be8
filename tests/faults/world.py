"""A small province to play any history in: desks with real stores, a real province, and a clock that tests move.

Everything runs in one thread and nothing waits. Between a desk and its province lies a `Way`, on which parcels
meet whatever fate a test chose for them.
"""

import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

from desk.resources import resource
from desk.services.enrolment import enrol
from desk.services.epochs import begin_restored
from desk.services.ports.values import Clerk, Role
from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.protocol.problems import Problem
from sync.protocol.signing import Signed
from sync.province import enrol as enrolments
from sync.province.database import Database, open_database
from sync.province.errors import DatabaseTrouble
from sync.province.exchange import exchange
from sync.province.foundation import Founding, found_if_new
from sync.runner import Line, Runner
from sync.schedule import Why
from sync.troubles import AnswerLost, Busy, NotTheProvince, Offline, Refused, TooLarge
from tests.make import TUESDAY
from tests.servers import Hands, Province

KEY = bytes(range(32))
SOFTWARE = "test"
DESKS = {"one": "H05.09.169", "two": "H05.09.169", "three": "H05.00"}
"""Two desks of one commune, and one of an agency beside it."""
AGENCIES = tuple(sorted(set(DESKS.values())))


class Fate(StrEnum):
    """What becomes of one parcel on its way."""

    WHOLE = "whole"
    TWICE = "twice"
    """It arrives twice; the second answer comes back."""
    OFFLINE = "offline"
    LOST = "lost"
    """It never arrives, and the desk cannot know."""
    UNANSWERED = "unanswered"
    """It arrives; the answer does not."""
    LATE = "late"
    """It arrives, but not before somebody lets it; the desk has given up by then."""
    PORTAL = "portal"
    """A log-in page answers in the province's place."""
    SPOILT = "spoilt"
    """It arrives; the answer loses a bit on its way."""
    TOO_LARGE = "too_large"
    BUSY = "busy"


@dataclass(frozen=True)
class Held:
    """What the province had of a desk's journal at one moment, by the hashes of entries."""

    entries: frozenset[str]
    open: frozenset[str]
    """Of these, the ones that were refused or waited."""


class World:
    """Everything in one folder, which `morning` made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Hands(TUESDAY)
        self.database = self._open_province()
        self.parcels: list[bytes] = []
        """Every parcel that ever left a desk."""
        self.late: list[bytes] = []
        self.machines: list[Machine] = []
        for name, clerk in json.loads((folder / "clerks.json").read_text("utf-8")).items():
            self.machines.append(Machine(self, folder / name, name, Clerk(**clerk | {"role": Role(clerk["role"])})))

    @property
    def now(self) -> datetime:
        return self.clock()

    def passes(self, time: timedelta) -> None:
        self.clock.moment = self.now + time

    @property
    def officer(self) -> Province:
        """Where the commands of `desk-province` can be called."""
        return Province("", _url(self.folder), self.folder / "root-key.pem", self.clock)

    def back_up_province(self) -> None:
        """As of now, beside it."""
        files = (self.folder / "province.db", self.folder / "backup.db")
        with closing(sqlite3.connect(files[0])) as source, closing(sqlite3.connect(files[1])) as copy:
            source.backup(copy)

    def restore_province(self) -> None:
        """The last backup in its place, and the word to the desks that it is one."""
        self.database.close()
        for rest in ("-wal", "-shm"):
            (self.folder / f"province.db{rest}").unlink(missing_ok=True)
        shutil.copy(self.folder / "backup.db", self.folder / "province.db")
        self.database = self._open_province()
        self.officer.command("restored")

    def another(self, like: "Machine", home: Path, name: str) -> "Machine":
        """A machine with a copy of a desk's home, switched on."""
        machine = Machine(self, home, name, like.clerk)
        machine.known = like.known
        self.machines.append(machine)
        return machine

    def receive(self, parcel: bytes) -> bytes:
        """The province's door, as it answers over HTTP. Raises Refused, Busy."""
        try:
            return exchange(self.database, parcel)
        except Problem as problem:
            raise Refused(problem.code, problem.facts()) from problem
        except DatabaseTrouble as trouble:
            raise Busy(1.0) from trouble

    def rows(self, question: str, **values: object) -> list[tuple[Any, ...]]:
        with self.database.reading() as work:
            found = work.session.connection().exec_driver_sql(question, values or None)
            return [tuple(row) for row in found]

    def held_of(self, desk: UUID) -> Held:
        entries = self.rows("SELECT hash FROM entries WHERE desk = :desk", desk=desk.hex)
        judged = self.rows("SELECT entry FROM verdicts WHERE desk = :desk AND verdict <> 'applied'", desk=desk.hex)
        return Held(frozenset(row[0] for row in entries), frozenset(row[0] for row in judged))

    def close(self) -> None:
        for machine in self.machines:
            machine.close()
        self.database.close()

    def _open_province(self) -> Database:
        return open_database(_url(self.folder), self.clock)


@dataclass
class Way:
    """The way from one machine to the province. Each parcel meets the next fate; with none left it arrives whole."""

    world: World
    desk: UUID
    fates: list[Fate] = field(default_factory=list)
    heard: Held | None = None
    """What the province had when it gave the answer that came last."""

    def exchange(self, parcel: bytes) -> bytes:
        self.world.parcels.append(parcel)
        fate = self.fates.pop(0) if self.fates else Fate.WHOLE
        match fate:
            case Fate.OFFLINE:
                raise Offline("ConnectionRefusedError")
            case Fate.LOST:
                raise AnswerLost("ConnectionResetError")
            case Fate.LATE:
                self.world.late.append(parcel)
                raise AnswerLost("ReadTimeoutError")
            case Fate.PORTAL:
                raise NotTheProvince("content type", 200, "text/html")
            case Fate.TOO_LARGE:
                raise TooLarge
            case Fate.BUSY:
                raise Busy(30.0)
            case _:
                return self._arrives(parcel, fate)

    def _arrives(self, parcel: bytes, fate: Fate) -> bytes:
        answer = self.world.receive(parcel)
        if fate is Fate.TWICE:
            answer = self.world.receive(parcel)
        self.heard = self.world.held_of(self.desk)
        if fate is Fate.UNANSWERED:
            raise AnswerLost("ConnectionResetError")
        if fate is Fate.SPOILT:
            middle = len(answer) // 2
            return answer[:middle] + bytes([answer[middle] ^ 1]) + answer[middle + 1 :]
        return answer


class Machine:
    """One computer with the home of a desk on it, and what its clerk remembers having done there."""

    def __init__(self, world: World, home: Path, name: str, clerk: Clerk) -> None:
        self.world, self.home, self.name, self.clerk = world, home, name, clerk
        self.skew = timedelta()
        """How wrong its clock is."""
        self._last_turn: object = None
        self._open()
        self.way = Way(world, self.journal.identity().desk)
        self.known = world.held_of(self.desk)
        """What the province had when this machine last understood an answer; it has rested since."""
        self.runner = self._runner()

    def clock(self) -> datetime:
        return self.world.now + self.skew

    @property
    def desk(self) -> UUID:
        return self.way.desk

    def sync(self, *fates: Fate) -> Line:
        """Turn the wheel until it rests, each parcel meeting the next fate."""
        self.way.fates = list(fates)
        line = self.runner.drain()
        self.way.fates = []
        return line

    def sync_until_quiet(self) -> Line:
        """With a good line, and somebody who presses the button again."""
        for _ in range(20):
            line = self.sync()
            if line.why is Why.IDLE and not self.journal.unsent():
                return line
        raise AssertionError(f"{self.name} never comes to rest: {line}")

    def copy_home(self, to: Path) -> None:
        """As a copy of the whole disk has it: between two deeds, with whatever the store left beside itself."""
        self.store.close()
        shutil.copytree(self.home, to)
        self._open()
        self.runner = self._runner()

    def begin_restored(self) -> None:
        """What `desk restore` does to a store that it brought back, before anybody works with it."""
        begin_restored({}, open_work=self.store.open_work, clock=self.clock, software=SOFTWARE)

    def restart(self) -> Self:
        """Close the program and open it again."""
        self.close()
        self._open()
        self.runner = self._runner()
        return self

    def close(self) -> None:
        self.store.close()

    def _open(self) -> None:
        self.store = Store.open(self.home, KEY)
        self.journal = WireJournal(self.store, self.clock)

    def _runner(self) -> Runner:
        return Runner(self.journal, lambda: self.way, clock=self.clock, software=SOFTWARE, listener=self._hear)

    def _hear(self, line: Line) -> None:
        """An answer was understood and written down whenever there is a new turn to speak of."""
        if line.last_turn is not None and line.last_turn is not self._last_turn:
            self._last_turn = line.last_turn
            heard = self.way.heard
            assert heard is not None
            # What was refused is told by the feed: of the rest of a page that was cut the desk knows nothing yet.
            self.known = replace(heard, open=self.known.open) if line.last_turn.more else heard


def morning(folder: Path, desks: Mapping[str, str] = DESKS) -> Path:
    """Found a province, enrol the desks and let them read the feed; a folder to copy worlds from."""
    clock = Hands(TUESDAY)
    with closing(open_database(_url(folder), clock)) as database:
        found_if_new(database, Founding(folder / "root-key.pem"))
        clerks = {name: _enrolled(database, folder / name, agency, clock) for name, agency in desks.items()}
    (folder / "clerks.json").write_text(json.dumps(clerks), "utf-8")
    with closing(World(folder)) as world:
        for machine in world.machines:
            machine.sync_until_quiet()
    return folder


def copied(start: Path, folder: Path) -> World:
    """The same morning again, in another folder."""
    shutil.copytree(start, folder, dirs_exist_ok=True)
    return World(folder)


def next_catalogue(version: int) -> str:
    """The shipped catalogue under a later version."""
    document = json.loads(resource("catalogue/bac-ninh.json").read_text("utf-8"))
    return json.dumps(document | {"version": f"2026.{version}"})


def _enrolled(database: Database, home: Path, agency: str, clock: Hands) -> dict[str, str]:
    """A desk with its store closed again, and the person who works at it."""
    with database.telling() as work:
        made = enrolments.make_code(work, agency, None)

    def ask(signed: Signed) -> Any:
        with database.telling() as work:
            return enrolments.enrol(work, signed)

    with Store.create(home, KEY) as store:
        enrol(
            str(made.code),
            "http://127.0.0.1:9",
            ask=ask,
            open_work=store.open_work,
            clock=clock,
            new_id=uuid4,
            software=SOFTWARE,
        )
    person = made.supervisor
    return {"id": person.id, "full_name": person.full_name, "role": "supervisor", "agency": agency}


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'province.db'}"
