"""Database connections that fail when they are told to: a wrapper round the driver's, put in where a pool opens one.

Opening, executing, committing and rolling back all count, of the desk's store and of the province's database alike. The
drivers' own errors are raised, with the codes a full disk, a broken one and a locked file have.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.pool import Pool
from sqlcipher3 import dbapi2 as sqlcipher

from tests.faults.faults import Fault, Faults, Moment, Site

FULL, WRITING_BROKE, SYNCING_BROKE, LOCKED, READ_ONLY = 13, 778, 1034, 5, 8
SQLITE_WAYS = (FULL, WRITING_BROKE, LOCKED, SYNCING_BROKE, READ_ONLY)
POSTGRESQL_WAYS = (
    psycopg.errors.DiskFull,
    psycopg.errors.SerializationFailure,
    psycopg.errors.IoError,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.AdminShutdown,
    psycopg.errors.TooManyConnections,
)
_MIDDLE = 3
"""Steps of SQLite's machine after which a statement is stopped; the shortest that change anything take more."""


@contextmanager
def wrapping(wrap: Callable[[Any], "Connection"]) -> Iterator[None]:
    """Every connection opened inside the block is what `wrap` makes of the driver's."""

    def put_in(connection: Any, record: Any) -> None:
        wrapped = wrap(connection)
        wrapped.go(lambda: None, "open")
        record.dbapi_connection = wrapped

    event.listen(Pool, "connect", put_in)
    try:
        yield
    finally:
        event.remove(Pool, "connect", put_in)


@contextmanager
def failing_statements(faults: Faults) -> Iterator[None]:
    """Every connection opened inside the block obeys `faults`."""
    with wrapping(lambda connection: _Failing(connection, faults)):
        yield


def is_desks(connection: Any) -> bool:
    """A desk's store, and not a province's database."""
    return isinstance(connection, sqlcipher.Connection)


class Connection:
    """A driver's connection; whatever is not spoken of here is the driver's own. What is, passes through `go`."""

    def __init__(self, real: Any) -> None:
        object.__setattr__(self, "_real", real)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """psycopg looks at what it is handed; this is what it would have been."""
        return type(self._real)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._real, name, value)

    def cursor(self, *words: Any, **options: Any) -> "_Cursor":
        return _Cursor(self._real.cursor(*words, **options), self)

    def commit(self) -> None:
        """Half-way is what SQLite does when a disk breaks under a COMMIT: it takes everything back."""
        self.go(self._real.commit, "COMMIT", half=self._real.rollback)

    def rollback(self) -> None:
        self.go(self._real.rollback, "ROLLBACK")

    def go(self, do: Callable[[], Any], what: str, half: Callable[[], Any] = lambda: None) -> Any:
        """Do `what` in the way of whoever wraps."""
        raise NotImplementedError

    def stopped_half_way(self, do: Callable[[], Any]) -> None:
        """Begin a statement and let SQLite itself stop in the middle; a statement too short for that is done whole.

        PostgreSQL loses the connection over it, and takes back whatever was done on it.
        """
        if isinstance(self._real, psycopg.Connection):
            do()
            self._real.close()
            return
        self._real.set_progress_handler(lambda: 1, _MIDDLE)
        try:
            do()
        except (sqlite3.OperationalError, sqlcipher.OperationalError):
            return
        finally:
            self._real.set_progress_handler(None, _MIDDLE)


class _Failing(Connection):
    def __init__(self, real: Any, faults: Faults) -> None:
        super().__init__(real)
        object.__setattr__(self, "_faults", faults)

    def go(self, do: Callable[[], Any], what: str, half: Callable[[], Any] = lambda: None) -> Any:
        """Do it, unless it is to fail: then nothing, half or all of it is done, and it is said to have failed."""
        fault = self._faults.meet(Site.DESK if is_desks(self._real) else Site.PROVINCE, what)
        if fault is None:
            return do()
        {Moment.BEFORE: lambda: None, Moment.DURING: half, Moment.AFTER: do}[fault.moment]()
        raise self._error(fault)

    def _error(self, fault: Fault) -> Exception:
        if isinstance(self._real, psycopg.Connection):
            return POSTGRESQL_WAYS[fault.way % len(POSTGRESQL_WAYS)]("made to fail by a test")
        driver: Any = sqlcipher if fault.site is Site.DESK else sqlite3
        error: Exception = driver.OperationalError("made to fail by a test")
        error.sqlite_errorcode = SQLITE_WAYS[fault.way % len(SQLITE_WAYS)]  # type: ignore[attr-defined]
        return error


class _Cursor:
    def __init__(self, real: Any, connection: Connection) -> None:
        object.__setattr__(self, "_real", real)
        object.__setattr__(self, "_connection", connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._real, name, value)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._real)

    def execute(self, statement: str, *values: Any) -> Any:
        def do() -> Any:
            return self._real.execute(statement, *values)

        return self._connection.go(do, _shortened(statement), half=lambda: self._connection.stopped_half_way(do))

    def executemany(self, statement: str, values: Sequence[Any]) -> Any:
        """Half of many is the first half of them."""
        return self._connection.go(
            lambda: self._real.executemany(statement, values),
            _shortened(statement),
            half=lambda: self._real.executemany(statement, values[: len(values) // 2]),
        )


def _shortened(statement: str) -> str:
    return " ".join(str(statement).split())[:80]
