"""Room kept for the day the disk is full: a file that is given up, so that the counter can write on until the evening.

Nobody at a counter can make room on a disk. What they can do is finish the day and call somebody, and for that the
journal needs a few megabytes that nothing else on the computer could take. 300 dossiers and the log of the store take
less than a quarter of it.
"""

import logging
import os
import shutil
from pathlib import Path

log = logging.getLogger(__name__)

RESERVE_BYTES = 64 * 1024 * 1024
TIGHT_BYTES = 8 * 1024 * 1024
"""Free space below which the next deed might not fit: the log beside the store may grow by half of it at once."""
_PIECE = 1024 * 1024


class Reserve:
    """The file `reserve` in a home: whole while the reserve is kept, cut to nothing once it was given up.

    A home without the file has none, and asks for none: whoever opens a desk for the day calls `make`.
    """

    def __init__(self, home: Path, size: int = RESERVE_BYTES) -> None:
        self._file = home / "reserve"
        self._new = home / "reserve.new"
        self._size = size

    @property
    def is_kept(self) -> bool:
        return self._there() == self._size

    @property
    def is_given_up(self) -> bool:
        """The disk was full, or there never was room for a reserve."""
        return self._there() not in (None, self._size)

    def make(self) -> bool:
        """Fill the file where there is room for it twice; whether it is kept now. Takes a second on a slow disk."""
        if self.is_kept:
            return True
        try:
            if self._free() < 2 * self._size:
                self._file.touch(mode=0o600)
                return False
            self._fill()
        except OSError as error:
            log.warning("no reserve: %s", error.strerror)
            return False
        log.info("a reserve of %d bytes is kept", self._size)
        return True

    def give_up(self) -> bool:
        """Whether there was anything to give. Cutting a file needs no room, which making or renaming one might."""
        if not self._there():
            return False
        try:
            os.truncate(self._file, 0)
        except OSError as error:
            log.warning("the reserve cannot be given up: %s", error.strerror)
            return False
        log.warning("the disk is full: the reserve was given up")
        return True

    def give_up_when_tight(self) -> None:
        """Before a deed, so that the deed need not fail first. Without a reserve it asks the disk nothing."""
        if self._there() and self._free() < TIGHT_BYTES:
            self.give_up()

    def _there(self) -> int | None:
        try:
            return self._file.stat().st_size
        except OSError:
            return None

    def _free(self) -> int:
        try:
            return shutil.disk_usage(self._file.parent).free
        except OSError:
            return self._size  # a disk that does not say; the first write that fails will

    def _fill(self) -> None:
        """With noise: a disk that compresses, or skips zeros, would promise room it does not have."""
        try:
            self._new.touch(mode=0o600)
            with self._new.open("wb") as file:
                for start in range(0, self._size, _PIECE):
                    file.write(os.urandom(min(_PIECE, self._size - start)))
                file.flush()
                os.fsync(file.fileno())
            self._new.replace(self._file)
        except OSError:
            self._new.unlink(missing_ok=True)
            raise
