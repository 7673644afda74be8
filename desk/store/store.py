"""The desk's encrypted memory: one file, one writer, any number of lookers-on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, event

from desk.domain.errors import DiskFull, NotEnrolled, ReserveGivenUp, StoreDamaged
from desk.store.connections import reading_engine, writing_engine
from desk.store.lock import WriterLock
from desk.store.reserve import Reserve
from desk.store.trouble import renamed
from desk.store.turns import Turns
from desk.store.versions import check_version
from desk.store.work import Remembered, SqlReading, SqlWork

log = logging.getLogger(__name__)

FILE = "desk.db"


class Store:
    """Open with `create` or `open`; close it, or leave it as a context manager."""

    def __init__(self, home: Path, reader: Engine, writer: Connection | None, lock: WriterLock | None) -> None:
        self.reserve = Reserve(home)
        self._reader = reader
        self._writer = writer
        self._lock = lock
        self.turns = Turns()
        self.remembered = Remembered()

    @classmethod
    def create(cls, home: Path, key: bytes) -> Self:
        """A new, empty store in a folder, encrypted with 32 random bytes. Raises StoreDamaged where there is one."""
        home.mkdir(parents=True, exist_ok=True)
        if (home / FILE).exists():
            raise StoreDamaged("there is one already")
        return cls._open_writing(home, key, create=True)

    @classmethod
    def open(cls, home: Path, key: bytes, *, writing: bool = True) -> Self:
        """The store of a folder, brought to this version first when it is opened for writing.

        Raises NotEnrolled without a file, AnotherWindow for a second writer, WrongKey, StoreTooNew, StoreDamaged …
        Lookers-on (`writing=False`) need no lock and work beside a window.
        """
        if not (home / FILE).is_file():
            raise NotEnrolled
        return cls._open_writing(home, key, create=False) if writing else cls._open_reading(home, key)

    @classmethod
    def _open_writing(cls, home: Path, key: bytes, *, create: bool) -> Self:
        Reserve(home).give_up_when_tight()  # opening takes room, too
        lock = WriterLock(home)
        if create:
            (home / FILE).touch(mode=0o600)  # the log beside it takes over who may read
        try:
            writer = _begin_immediately(writing_engine(home / FILE, key, create=create)).connect()
            with renamed():
                _bring_up_to_date(writer)
            return cls(home, _begin_together(reading_engine(home / FILE, key)), writer, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_reading(cls, home: Path, key: bytes) -> Self:
        reader = _begin_together(reading_engine(home / FILE, key))
        with renamed(), reader.connect() as connection:
            if not check_version(connection):
                raise StoreDamaged("version")
        return cls(home, reader, None, None)

    @contextmanager
    def open_work(self) -> Iterator[SqlWork]:
        """A deed at the counter. Leaving without `commit()` undoes everything.

        Only deeds open the reserve of a full disk, before they fail where that can be seen coming: the feed can wait.
        Raises ReserveGivenUp where it could not; the same deed again has room.
        """
        self.reserve.give_up_when_tight()
        try:
            with self.turns.counter(), self.writing() as connection:
                yield SqlWork(connection, self.remembered)
        except DiskFull as error:
            if self.reserve.give_up():
                raise ReserveGivenUp from error
            raise

    @contextmanager
    def open_reading(self) -> Iterator[SqlReading]:
        """A look that never waits for a writer."""
        with renamed(), self._reader.connect() as connection, connection.begin():
            yield SqlReading(connection, self.remembered, self.reserve)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The writing connection inside a transaction, for whoever has the turn."""
        if self._writer is None:
            raise ValueError("this store was opened for reading")
        with renamed():
            try:
                self._writer.begin()
                yield self._writer
            finally:
                self._end(self._writer)

    def _end(self, writer: Connection) -> None:
        """Undo what was not committed. A COMMIT that failed (a full disk) leaves a transaction at SQLAlchemy that is
        neither active nor gone, and a ROLLBACK that failed one at the driver: both end here, or nothing could be
        written any more.
        """
        left = writer.get_transaction()
        try:
            if left is not None:
                self.remembered.forget_desk()
                left.close()
        finally:
            driver: Any = writer.connection.dbapi_connection
            if driver.in_transaction:
                driver.rollback()

    def close(self) -> None:
        """Closing again does nothing."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.close()
            self._writer.engine.dispose()
            self._writer = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _begin_immediately(engine: Engine) -> Engine:
    """A deed reads before it writes; beginning as a writer spares it the failure to become one later."""

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _begin_together(engine: Engine) -> Engine:
    """The driver begins nothing by itself for a SELECT; without this, two questions could see two states."""
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _bring_up_to_date(writer: Connection) -> None:
    with writer.begin():
        if check_version(writer):
            return
        from desk.store.upgrade import upgrade  # Alembic takes a tenth of a second to load, once in a store's life

        upgrade(writer)
