"""One writer a home: a lock the operating system lets go of when the process dies, however it dies."""

import errno
import os
import sys
from pathlib import Path

from desk.domain.errors import AnotherWindow, DiskFull, StoreReadOnly, StoreTrouble

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Held from `__init__` to `release()`. The file stays; only the lock on it means something."""

    def __init__(self, home: Path) -> None:
        """Raises AnotherWindow; StoreReadOnly or DiskFull where not even a lock can be written."""
        try:
            self._handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _trouble(error) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise AnotherWindow from error

    def release(self) -> None:
        os.close(self._handle)


def _trouble(error: OSError) -> StoreTrouble:
    return DiskFull() if error.errno in (errno.ENOSPC, errno.EDQUOT) else StoreReadOnly()
