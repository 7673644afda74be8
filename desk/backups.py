"""A whole desk in one file, made while its window works.

It is written beside its name, made to last, read back and proven before it takes the name: a full stick, or one that is
pulled out, leaves the former backup as it was.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import UUID

from desk.devices.keyfile import KeyFile
from desk.devices.keystore import PassphraseKeystore
from desk.domain.errors import BackupFailed, StoreDamaged
from desk.home import store_key
from desk.memento import remember_backup
from desk.services.ports import Clock
from desk.services.verify import verify_heads
from desk.store.copying import copy_store
from desk.store.files import FOLDER
from desk.store.store import Store
from desk.store.trouble import NO_ROOM, disk_named
from sync.protocol import canonical
from sync.protocol.backup_file import FILES, KEY, SEALED_KEY, STORE, BackupWriter, SealedKey, check_backup, seal_key
from sync.protocol.certificates import province_of
from sync.protocol.durable import lay_down_by
from sync.protocol.instant import write_instant
from sync.protocol.problems import Unreadable

_COPYING = "backup-"


@dataclass(frozen=True)
class MadeBackup:
    """What is in the file now: entries of the journal, sealed files, bytes in all."""

    made_at: datetime
    entries: int
    files: int
    size: int


def back_up(home: Path, passphrase: str | None, file: Path, lock: str, *, clock: Clock) -> MadeBackup:
    """Write a backup that `lock` opens. Raises NotEnrolled, the StoreTrouble family, BackupFailed."""
    key = store_key(home, passphrase)
    with _beside(home) as copy:
        PassphraseKeystore(KeyFile(copy), lock).keep(key)
        schema, made_at = copy_store(home, key, copy), clock()
        made = _Making(home, copy, key, schema, made_at)
        entries = made.check()
        with _failures_named():
            size, files = made.write(file)
    remember_backup(home, made_at)
    return MadeBackup(made_at, entries, files, size)


@dataclass(frozen=True)
class _Making:
    """A copy of the store in a folder of its own, on its way into a file."""

    home: Path
    copy: Path
    key: bytes
    schema: str
    made_at: datetime

    def check(self) -> int:
        """How many entries there are. Raises StoreDamaged for a copy whose journal does not hold."""
        with Store.open(self.copy, self.key, writing=False) as store:
            verified = verify_heads(open_reading=store.open_reading)
        if not verified.sound:
            raise StoreDamaged("chain")
        return verified.entries

    def write(self, file: Path) -> tuple[int, int]:
        """Bytes and sealed files in it. Raises OSError, Unreadable for what does not read back as it was written."""
        files = 0

        def fill(out: BinaryIO) -> None:
            nonlocal files
            files = self._fill(out)

        def prove(written: Path) -> None:
            _forget_cached(written)
            check_backup(written)

        lay_down_by(file, fill, prove=prove)
        return file.stat().st_size, files

    def _fill(self, out: BinaryIO) -> int:
        backup = BackupWriter(out)
        desk, sealed = self._sealed_key()
        backup.add_bytes(KEY, (self.copy / KEY).read_bytes())
        backup.add_bytes(SEALED_KEY, canonical.write(sealed).encode())
        with (self.copy / STORE).open("rb") as store:
            backup.add(STORE, store)
        count = 0
        for blob, sealed_file in _sealed_files(self.home):
            with suppress(FileNotFoundError), sealed_file.open("rb") as source:  # confirmed and swept meanwhile
                backup.add(f"{FILES}{blob}", source)
                count += 1
        backup.close(desk=desk, made_at=write_instant(self.made_at), schema=self.schema)
        return count

    def _sealed_key(self) -> tuple[UUID, SealedKey]:
        with Store.open(self.copy, self.key, writing=False) as store, store.open_reading() as memory:
            desk = memory.identity.desk()
        seal = province_of(desk.province, root=desk.root).seal
        return desk.desk, seal_key(self.key, desk=desk.desk, reader=seal)


def _sealed_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Sealed files by their blobs. They are listed after the store was copied: what an entry names lay here before."""
    for file in sorted((home / FOLDER).glob("??/*")):
        if len(file.name) == 64 and file.is_file():
            yield file.name, file


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """A folder on the store's own disk; what an earlier try left behind is removed."""
    for left in home.glob(f"{_COPYING}*"):
        shutil.rmtree(left, ignore_errors=True)
    with disk_named(), TemporaryDirectory(dir=home, prefix=_COPYING) as place:
        yield Path(place)


def _forget_cached(file: Path) -> None:
    """What is read back then comes from the stick, and not from memory. Windows has no such call."""
    if sys.platform == "linux":
        with file.open("rb") as written:
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _failures_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupFailed("no_room" if error.errno in NO_ROOM else "unwritable") from error
    except Unreadable as error:
        raise BackupFailed("unproven") from error
