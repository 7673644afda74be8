"""Sealed files beside the store: `files/ab/<blob>`, there whole or not at all.

A file lies here before the entry that names it is written, so an entry never names what was lost; a file that no entry
names is swept away when it is a day old.
"""

import errno
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from desk.domain.errors import DiskFull, StoreReadOnly, StoreTrouble
from sync.protocol.durable import lay_down_by, sync_folder
from sync.protocol.sealed_file import Sealed, Sink, Source, open_file, seal_file

FOLDER = "files"
A_DAY = 24 * 3600.0
"""Seconds: nobody needs as long to write an entry as that."""


class FileBox:
    """The sealed files of one home. Every call may come from any thread; the name of a file is its content."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def seal(self, source: Source, key: bytes) -> Sealed:
        """Seal all of `source` and keep it, to last through a pulled plug.

        Raises DiskFull and the like, and Unreadable where it is too long.
        """
        told: list[Sealed] = []
        with _troubles():
            self._folder.mkdir(mode=0o700, exist_ok=True)
            half = self._folder / f"{uuid4()}.sealing"
            lay_down_by(half, lambda out: told.append(seal_file(source, out, key)))
            file = self.path(told[0].blob)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            half.replace(file)
            for folder in (file.parent, self._folder, self._folder.parent):
                sync_folder(folder)
        return told[0]

    def path(self, blob: str) -> Path:
        """Where it lies, if it is here. A blob is 64 hexadecimal digits, checked where it was read."""
        return self._folder / blob[:2] / blob

    def has(self, blob: str) -> bool:
        return self.path(blob).is_file()

    def unseal(self, blob: str, key: bytes, target: Sink) -> Sealed:
        """Raises FileNotFoundError, Unreadable."""
        with self.path(blob).open("rb") as source:
            return open_file(source, target, key)

    def drop(self, blob: str) -> None:
        """Whether or not it is here."""
        with _troubles():
            self.path(blob).unlink(missing_ok=True)

    def sweep(self, named: Collection[str]) -> int:
        """Remove what no entry names and is older than a day; how many went."""
        old = [file for file in self._files() if file.name not in named and _age(file) > A_DAY]
        for file in old:
            with suppress(OSError):
                file.unlink()
        return len(old)

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from (file for file in self._folder.rglob("*") if file.is_file())


def _age(file: Path) -> float:
    """Seconds; a file from the future, by a clock that went back, is young."""
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return 0.0


@contextmanager
def _troubles() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise StoreReadOnly from error
        raise StoreTrouble from error
