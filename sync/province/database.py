"""One database, SQLite or PostgreSQL, and the two ways to stand in it: reading, and writing under a lock.

Every transaction that tells the desks something locks the feed's counter first. So numbers are committed in the
order they are given, and a desk that has read up to n can never miss a smaller one that commits later; and whoever
tells may count on what it read, for nobody else decides anything meanwhile. Holding takes no part in that.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from sync.province.clock import Clock
from sync.province.columns import Row
from sync.province.errors import Crowded, DatabaseTrouble, NotPossible, OtherSchema
from sync.province.recall import RecallingSession
from sync.province.rows import CounterRow, ProvinceRow
from sync.province.telling import FEED, Words
from sync.province.upgrade import FIRST_SCHEMA, SCHEMA, upgrade

T = TypeVar("T")

_SNAPSHOT = "REPEATABLE READ"
"""What SQLite gives anyway: an answer made of several questions must not be half of before and half of after."""
_FOUNDING, _JUDGING = 0x0C0117E, 0x0C0117F  # any numbers of our own, for PostgreSQL's advisory locks
_LOCK_NOT_AVAILABLE = "55P03"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000")


@dataclass(frozen=True)
class Work:
    """One transaction and the moment it happens at."""

    session: Session
    now: datetime
    words: Words = field(default_factory=Words)
    """What it tells, written when it commits."""
    _answers: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """The answer to what nothing in this transaction changes, asked the first time only."""
        if question not in self._answers:
            self._answers[question] = ask()
        return cast(T, self._answers[question])


class Database:
    """Where a province keeps everything."""

    def __init__(self, engine: Engine, clock: Clock, files: Path | None) -> None:
        """`files` is the folder for files of dossiers, the same for every worker; None where there is none."""
        self.clock, self.files = clock, files
        self._readers = (
            engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level=_SNAPSHOT)
        )
        self._writers = engine.execution_options(writes=True)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """Look, and leave no trace."""
        with _named_troubles(), Session(self._readers, expire_on_commit=False) as session:
            yield Work(session, self.clock())

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """Write without telling anybody; committed when left without an error."""
        with self._transaction(Session) as work:
            yield work

    @contextmanager
    def telling(self, patience: float | None = None) -> Iterator[Work]:
        """Write and tell: one such transaction at a time in the whole province.

        With `patience`, in seconds, raises Crowded where others tell for longer than that; SQLite has its own.
        """
        with self._transaction(RecallingSession) as work:
            _lock_feed(work.session, patience)
            yield work

    @contextmanager
    def judging(self) -> Iterator[Work | None]:
        """As `telling`, for judging that is nobody's request; None while another worker is at it."""
        with self._transaction(RecallingSession) as work:
            if _is_alone(work.session.connection()):
                _lock_feed(work.session, None)
                yield work
            else:
                yield None

    @contextmanager
    def _transaction(self, kind: type[Session]) -> Iterator[Work]:
        with _named_troubles(), kind(self._writers, expire_on_commit=False) as session, session.begin():
            work = Work(session, self.clock())
            yield work
            session.flush()
            work.words.write(session)

    def shared_url(self) -> str:
        """For another process at the same database. Raises NotPossible where that would only stand in its way."""
        if self._writers.dialect.name == "sqlite":
            raise NotPossible(
                "Nhiều tiến trình cần PostgreSQL: SQLite chỉ cho một tiến trình ghi.",
                "Several workers need PostgreSQL: SQLite has one writer at a time.",
            )
        return self._writers.url.render_as_string(hide_password=False)

    def close(self) -> None:
        self._readers.dispose()


def open_database(url: str, clock: Clock, files: Path | None = None) -> Database:
    """Open a database, making the tables of an empty one. Raises DatabaseTrouble, OtherSchema.

    Files of dossiers lie beside an SQLite database unless `files` says where.
    """
    engine = create_engine(_with_driver(url), pool_size=10, max_overflow=10, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _behave(engine)
    database = Database(engine, clock, files or _beside(engine.url))
    try:
        with database.writing() as work:
            _make_tables(work.session.connection())
            _check_schema(work.session)
    except DatabaseTrouble:
        database.close()
        raise
    return database


def _beside(url: URL) -> Path | None:
    return Path(url.database).with_suffix(".files") if url.drivername == "sqlite" and url.database else None


def _with_driver(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise DatabaseTrouble("not a database address") from error
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        _make_file(Path(url.database))
        return url
    if url.drivername == "postgresql+psycopg":
        return url
    raise DatabaseTrouble(f"no driver for {url.drivername}")


def _make_file(file: Path) -> None:
    """Keys and persons will be in it: nobody else may read it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise DatabaseTrouble(error.strerror or "the file cannot be made") from error


def one_at_a_time(connection: Connection) -> None:
    """Two workers may start on an empty PostgreSQL at once; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FOUNDING})


def _lock_feed(session: Session, patience: float | None) -> None:
    """Raises Crowded."""
    impatient = patience is not None and session.get_bind().dialect.name == "postgresql"
    if impatient:
        session.execute(text(f"SET LOCAL lock_timeout = {int((patience or 0) * 1000)}"))
    try:
        session.execute(select(CounterRow.n).where(CounterRow.name == FEED).with_for_update())
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise Crowded("others are telling") from None
    if impatient:
        session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def _is_alone(connection: Connection) -> bool:
    """Nobody else judges until this transaction ends."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _JUDGING}))


def _make_tables(connection: Connection) -> None:
    one_at_a_time(connection)
    if _schema(connection) == FIRST_SCHEMA:
        upgrade(connection)
    Row.metadata.create_all(connection)


def _schema(connection: Connection) -> int | None:
    """None where there is no province yet."""
    if not inspect(connection).has_table(ProvinceRow.__tablename__):
        return None
    return connection.execute(select(ProvinceRow.schema)).scalar()


def _check_schema(session: Session) -> None:
    found = session.scalar(select(ProvinceRow.schema))
    if found not in {None, SCHEMA}:
        raise OtherSchema("made by another version of this program", found or 0, SCHEMA)


def _behave(engine: Engine) -> None:
    """Make SQLite wait for its turn, and say BEGIN itself, so that writers queue instead of meeting half-way."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _named_troubles() -> Iterator[None]:
    """The driver's words for "not now", without the statement: its values may be somebody's data."""
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseTrouble("all its connections are in use") from error
    except DatabaseError as error:
        if isinstance(error, OperationalError) or error.connection_invalidated or type(error) is DatabaseError:
            raise DatabaseTrouble(str(error.orig).strip().partition("\n")[0]) from None
        raise
