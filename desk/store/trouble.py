"""Driver errors, renamed once, at the border: which of them mean a full disk, and which a wrong key."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy.exc import DBAPIError, StatementError
from sqlcipher3 import dbapi2

from desk.domain.errors import DiskFull, FileTrouble, StoreDamaged, StoreLocked, StoreReadOnly, StoreTrouble, WrongKey

NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What an operating system says when a disk, a share of it, or what a file system allows one file is full."""

_TROUBLES: dict[int, Callable[[], StoreTrouble]] = {
    5: StoreLocked,  # SQLITE_BUSY
    6: StoreLocked,  # SQLITE_LOCKED
    8: StoreReadOnly,  # SQLITE_READONLY
    10: partial(StoreDamaged, "disk"),  # SQLITE_IOERR; the driver does not tell reading from writing
    11: partial(StoreDamaged, "file"),  # SQLITE_CORRUPT
    13: DiskFull,  # SQLITE_FULL
    14: StoreReadOnly,  # SQLITE_CANTOPEN: the file was there a moment ago; its folder is closed to us
    26: WrongKey,  # SQLITE_NOTADB: SQLCipher could not decrypt the first page
}


def classify(error: BaseException) -> StoreTrouble | None:
    """The failure in our words, or None for one that is nobody's disk: a broken rule of the schema is a bug.

    Without room SQLite undoes the whole transaction by itself. That no savepoint of it can be undone then is raised
    over the reason, so the reason is looked for behind it.
    """
    original = error.orig if isinstance(error, StatementError) else error
    code = getattr(original, "sqlite_errorcode", None) or 0
    trouble = _TROUBLES.get(code & 0xFF)
    if trouble is not None:
        return trouble()
    return classify(error.__context__) if error.__context__ is not None else None


@contextmanager
def renamed() -> Iterator[None]:
    """Inside, failures of disk and file are raised as the StoreTrouble they are."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        trouble = classify(error)
        if trouble is None:
            raise
        raise trouble from error


@contextmanager
def disk_named() -> Iterator[None]:
    """The same for files beside the store."""
    try:
        yield
    except OSError as error:
        raise (DiskFull() if error.errno in NO_ROOM else FileTrouble()) from error
