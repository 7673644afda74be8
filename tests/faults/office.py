"""One counter and its province, both real: a store on a disk, HTTP through a relay, a database behind it.

Made once and copied for every try, since each begins from the same morning.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import uvicorn
from fastapi import FastAPI

from desk.counter import Counter
from desk.domain.intake import Intake
from desk.known import Known
from desk.memento import Memento
from desk.services.enrolment import enrol
from desk.services.ports.values import LampState
from desk.store.connections import connect
from desk.store.files import FileBox
from desk.store.store import FILE, Store
from desk.store.wire import WireJournal
from desk.ui.deeds import Deeds
from sync.files import Courier
from sync.province.database import Database, open_database
from sync.province.foundation import Founding, found_if_new
from sync.province.http import make_app
from sync.province.serve import listen_on
from sync.runner import Runner
from sync.transport import HttpTransport
from tests import make
from tests.faults.faults import Faults
from tests.faults.printer import Witness
from tests.faults.relay import Relay, relaying
from tests.servers import Hands, NewDatabase, Province

KEY = bytes(range(32))
PIN = "246810"
MORNING = datetime(2025, 7, 1, 1, 15, tzinfo=UTC)
"""08:15 in Viet Nam. Nobody's clock moves, so that two runs differ in nothing but what failed."""

_SLIPS = "SELECT count(*) FROM slips WHERE code = ?"


class Switchboard:
    """One web server for all provinces of a test, connected to the one whose turn it is."""

    def __init__(self) -> None:
        self.app: FastAPI | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@contextmanager
def switchboard() -> Iterator[tuple[Switchboard, str]]:
    """The switchboard and the address it answers at."""
    board = Switchboard()
    with listen_on("127.0.0.1:0") as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(board, log_config=None, access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="provinces")
        thread.start()
        try:
            yield board, address
        finally:
            server.should_exit = True
            thread.join()


@dataclass(frozen=True)
class Street:
    """What outlives a try: the server, the relay before it, and a desk just enrolled that has heard the feed."""

    board: Switchboard
    relay: Relay
    morning: Path
    supervisor: str
    databases: NewDatabase | None
    """Where there is PostgreSQL, the province lies there; else in a file beside the desk."""
    database_url: str
    """Of the morning's province."""

    @contextmanager
    def office(self, folder: Path, faults: Faults) -> Iterator["Office"]:
        """A copy of the morning, in which nothing has failed yet."""
        shutil.copytree(self.morning, folder)
        with self._province(folder) as url, ExitStack() as stack:
            office = Office(self, folder, url, faults).open()
            stack.callback(office.close)
            yield office
        shutil.rmtree(folder)

    @contextmanager
    def _province(self, folder: Path) -> Iterator[str]:
        if self.databases is None:
            yield _beside(folder)
            return
        url = self.databases(like=self.database_url)
        try:
            yield url
        finally:
            self.databases.drop(url)


@contextmanager
def street(folder: Path, databases: NewDatabase | None = None) -> Iterator[Street]:
    with switchboard() as (board, address), relaying(address) as relay:
        morning = folder / "morning"
        morning.mkdir()
        url = databases() if databases else _beside(morning)
        supervisor = _first_morning(board, relay, morning, url)
        yield Street(board, relay, morning, supervisor, databases, url)


def _beside(folder: Path) -> str:
    return f"sqlite:///{folder / 'province.db'}"


def _first_morning(board: Switchboard, relay: Relay, folder: Path, url: str) -> str:
    """Found a province, enrol a desk, read the feed, set a PIN; who the first supervisor is."""
    clock, root = Hands(MORNING), folder / "root-key.pem"
    with closing(open_database(url, clock)) as database, Store.create(folder / "desk", KEY) as store:
        found_if_new(database, Founding(root))
        board.app = make_app(database)
        code = Province(relay.url, url, root, clock).code()
        with closing(HttpTransport(relay.url)) as road:
            facts = enrol(
                code,
                relay.url,
                ask=road.enrol,
                open_work=store.open_work,
                clock=clock,
                new_id=uuid4,
                software="test",
            )
            _runner(store, road).drain()
        _counter(store, None, Witness(lambda _: 0, Faults()), folder).deeds().set_pin(facts.first_supervisor, "", PIN)
    return facts.first_supervisor


@dataclass
class Office:
    """Open until `close`. What is asked of it in `steps.py` is what a clerk, an officer and the runner do."""

    street: Street
    folder: Path
    database_url: str
    faults: Faults
    intake: Intake = field(default_factory=make.intake)
    codes: list[str] = field(default_factory=list)
    """Every code somebody was ever told."""
    slip: Any = None

    def __post_init__(self) -> None:
        self.home, self.shelf = self.folder / "desk", self.folder / "shelf"
        self.files = FileBox(self.home)
        self.printer = Witness(self._recorded, self.faults)

    def open(self) -> Self:
        self.clock = Hands(MORNING)
        self.database: Database = open_database(self.database_url, self.clock, self.shelf)
        self.street.board.app = make_app(self.database)
        self.street.relay.faults = self.faults
        self._open_desk()
        return self

    def _open_desk(self) -> None:
        self.store = Store.open(self.home, KEY)
        self.road = HttpTransport(self.street.relay.url, read_seconds=10.0)
        self.runner = _runner(self.store, self.road)
        self.counter = _counter(self.store, self.runner, self.printer, self.home)
        self.deeds: Deeds = self.counter.deeds()

    def close(self) -> None:
        self._close_desk()
        self.database.close()

    def _close_desk(self) -> None:
        self.road.close()
        self.store.close()

    def restart(self) -> None:
        """The clerk does what clerks do: closes the program, opens it again and signs in."""
        self.reopen()
        self.deeds.sign_in(self.street.supervisor, PIN)

    def reopen(self) -> None:
        self._close_desk()
        self._open_desk()

    @property
    def code(self) -> str:
        """Of the dossier this is all about."""
        return self.codes[-1]

    def courier(self) -> Courier:
        return Courier(self.road, WireJournal(self.store, self.clock).identity, self.clock)

    def is_green(self) -> bool:
        return self.deeds.lamp().state is LampState.GREEN

    def desk_rows(self, question: str, *values: object) -> list[Any]:
        """What another program would see in the store now."""
        with closing(connect(self.home / FILE, KEY, writing=False)) as connection:
            rows: list[Any] = connection.execute(question, values).fetchall()
        return rows

    def province_rows(self, question: str) -> list[Any]:
        with self.database.reading() as work:
            return [tuple(row) for row in work.session.connection().exec_driver_sql(question)]

    def _recorded(self, code: str) -> int:
        return int(self.desk_rows(_SLIPS, code)[0][0])


def _runner(store: Store, road: HttpTransport) -> Runner:
    journal = WireJournal(store, Hands(MORNING))
    return Runner(journal, lambda: road, clock=Hands(MORNING), software="test", listener=lambda _: None)


def _counter(store: Store, runner: Runner | None, printer: Witness, home: Path) -> Counter:
    remember: Callable[[], Runner | None] = lambda: runner  # noqa: E731
    return Counter(lambda: store, remember, printer, Memento(home), known=Known(), clock=Hands(MORNING), new_id=uuid4)
