"""Driver errors, renamed once, at the border: which of them mean a full disk, and which a wrong key."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, StatementError
from sqlcipher3 import dbapi2

from desk.domain.errors import DeskError, DiskFull, StoreDamaged, StoreLocked, StoreReadOnly, WrongKey

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_DISK_QUOTA = 13 << 0


def classify(error: BaseException) -> DeskError | None:
    """The failure in our words, or None for one that is nobody's disk: a broken rule of the schema is a bug."""
    original = error.orig if isinstance(error, StatementError) else error
    code: int = getattr(original, "sqlite_errorcode", 0) or 0
    match code & 0xFF:
        case 13:
            return DiskFull()
        case 5 | 6:
            return StoreLocked()
        case 8:
            return StoreReadOnly()
        case 10:
            return _input_output(code)
        case 11:
            return StoreDamaged("file")
        case 14:
            return StoreDamaged("open")
        case 26:
            return WrongKey()
    return None


def _input_output(code: int) -> DeskError:
    """A write that fails half-way is a full disk far more often than a broken one (quota, tmpfs, file size limits)."""
    write, fsync, truncate = 3, 4, 6
    return DiskFull() if code >> 8 in {write, truncate} else StoreDamaged("disk" if code >> 8 == fsync else "read")


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
