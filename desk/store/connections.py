"""How a connection to the encrypted file is opened: the key first, then everything pinned."""

import errno
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from desk.domain.errors import StoreDamaged, StoreReadOnly
from desk.store.trouble import classify, renamed

KEY_BYTES = 32
BUSY_MS = 5_000
WRITER_CACHE_KIB, READER_CACHE_KIB = 16 * 1024, 8 * 1024
"""An old PC has 4 GB for everything."""

# A later SQLCipher may change its defaults; a store must open for thirty years with those it was written with.
CIPHER = (
    "PRAGMA cipher_page_size = 4096",
    "PRAGMA cipher_hmac_algorithm = HMAC_SHA512",
    "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512",
    "PRAGMA kdf_iter = 256000",
    "PRAGMA cipher_use_hmac = ON",
    "PRAGMA cipher_plaintext_header_size = 0",
)
MANNERS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
)
WRITING = (
    f"PRAGMA cache_size = -{WRITER_CACHE_KIB}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 1000",
    "PRAGMA journal_size_limit = 67108864",
)
READING = (f"PRAGMA cache_size = -{READER_CACHE_KIB}", "PRAGMA query_only = ON")


def connect(path: Path, key: bytes, *, writing: bool, create: bool = False) -> Any:
    """A driver connection, proven to read the file. Raises WrongKey and the other StoreTrouble.

    SQLite reads no store with a log from a folder it may not write to, since it could not tell others that it reads.
    Where nobody can write, nobody needs to be told: such a store is read as it lies, if it was closed properly.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a store's key has {KEY_BYTES} bytes")
    mode = "rwc" if create else "rw"
    if not writing and _is_on_read_only_disk(path):
        mode = "ro&immutable=1"
    with renamed():
        connection = dbapi2.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            cached_statements=256,
        )
        try:
            _prepare(connection, key, writing=writing)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: Any, key: bytes, *, writing: bool) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write about a wrong key on the terminal
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in (*CIPHER, *MANNERS):
        connection.execute(pragma)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for pragma in WRITING if writing else READING:
        connection.execute(pragma)


def _is_on_read_only_disk(path: Path) -> bool:
    """Raises StoreReadOnly where a log with newer deeds lies beside the file: without it the store is an older one."""
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        if error.errno != errno.EROFS:
            return False
    else:
        return False
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreReadOnly
    return True


def writing_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """One connection, used by whoever has the turn."""
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, writing=True, create=create),
        poolclass=StaticPool,
    )


def reading_engine(path: Path, key: bytes) -> Engine:
    """A few connections that cannot write."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, writing=False),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
    )
    event.listen(engine, "handle_error", _give_up_at_a_broken_page)
    return engine


def _give_up_at_a_broken_page(context: ExceptionContext) -> None:
    """SQLCipher reads nothing more on a connection that met one: the next look gets another, and reads what it can."""
    if isinstance(classify(context.original_exception), StoreDamaged):
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False
