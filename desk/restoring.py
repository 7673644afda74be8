"""A desk brought back from its backup.

It begins a new epoch before it is a desk's home at all: there is no moment at which it could go on with numbers that
another machine gives, too.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from desk.devices.keyfile import KeyFile, keep_name
from desk.devices.keystore import PassphraseKeystore, pick_keystore
from desk.devices.machine import known_by
from desk.domain.errors import AlreadyEnrolled, BackupLocked, BackupUnreadable, StoreDamaged
from desk.home import is_there, make_home
from desk.services.epochs import begin_restored
from desk.services.ports import Clock
from desk.services.verify import verify_heads
from desk.settings import SOFTWARE
from desk.store.copying import check_pages
from desk.store.files import FOLDER
from desk.store.store import Store
from desk.store.trouble import disk_named
from sync.protocol.backup_file import FILES, KEY, STORE, BackupReader
from sync.protocol.instant import read_instant
from sync.protocol.problems import Unreadable

_RESTORING = "restoring"


@dataclass(frozen=True)
class Restored:
    """The desk that was brought back, as of when, and the epoch it goes on in."""

    desk: UUID
    made_at: datetime
    entries: int
    epoch: int


def restore(
    file: Path, home: Path, passphrase: str | None, *, lock: str | None, key: bytes | None, clock: Clock, plain: bool
) -> Restored:
    """Make a folder the desk that was backed up: opened by `lock`, or by the key the province unsealed.

    Raises AlreadyEnrolled where there is a desk, BackupUnreadable, WrongPassphrase, WrongKey, NoKeystore …; until it
    is done nothing looks like a desk, and beginning again is all there is to do after a failure.
    """
    if is_there(home):
        raise AlreadyEnrolled
    make_home(home)
    place = home / _RESTORING
    shutil.rmtree(place, ignore_errors=True)
    try:
        with disk_named():
            place.mkdir(mode=0o700)
            key, made_at = _unpack(file, place, lock, key)
        shelf = place / "key"
        shelf.mkdir(mode=0o700)
        pick_keystore(shelf, passphrase=passphrase, throw_away=plain).keep(key)
        restored = _begin(place, home, key, made_at, clock)
        with disk_named():
            _move_in(place, shelf, home)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return restored


def _unpack(file: Path, place: Path, lock: str | None, key: bytes | None) -> tuple[bytes, datetime]:
    with _unreadable_named(), BackupReader.open(file) as backup:
        key = key or _unlock(backup, place, lock)
        _extract(backup, STORE, place / STORE)
        for blob in backup.files():
            _extract(backup, f"{FILES}{blob}", place / FOLDER / blob[:2] / blob)
        made_at = read_instant(backup.manifest.made_at)
    check_pages(place, key)
    return key, made_at


def _unlock(backup: BackupReader, place: Path, lock: str | None) -> bytes:
    """Raises BackupLocked, WrongPassphrase, KeyDamaged."""
    if lock is None or KEY not in backup.manifest.members:
        raise BackupLocked
    with TemporaryDirectory(dir=place) as shelf:
        _extract(backup, KEY, Path(shelf) / KEY)
        return PassphraseKeystore(KeyFile(Path(shelf)), lock).open()


def _extract(backup: BackupReader, name: str, to: Path) -> None:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    to.touch(mode=0o600)
    with to.open("wb") as out:
        backup.copy(name, out.write)
        out.flush()
        os.fsync(out.fileno())


def _begin(place: Path, home: Path, key: bytes, made_at: datetime, clock: Clock) -> Restored:
    """Bring the store to this version, prove its journal, and begin the new epoch. Raises StoreDamaged."""
    with Store.open(place, key) as store:
        verified = verify_heads(open_reading=store.open_reading)
        if not verified.sound:
            raise StoreDamaged("chain")
        with store.open_reading() as memory:
            desk = memory.identity.desk().desk
        epoch = begin_restored(known_by(desk, home), open_work=store.open_work, clock=clock, software=SOFTWARE)
    return Restored(desk, made_at, verified.entries, epoch)


def _move_in(place: Path, shelf: Path, home: Path) -> None:
    """The store last: until it has its name there is no desk here."""
    if (place / FOLDER).exists():
        shutil.rmtree(home / FOLDER, ignore_errors=True)
        (place / FOLDER).replace(home / FOLDER)
    if (home / KEY).exists():  # of a store that never was, or is gone: kept, and out of the way
        (home / KEY).replace(home / f"{KEY}.before")
    (shelf / KEY).replace(home / KEY)
    keep_name(home)
    (place / STORE).replace(home / STORE)
    keep_name(home)


@contextmanager
def _unreadable_named() -> Iterator[None]:
    try:
        yield
    except Unreadable as error:
        raise BackupUnreadable(error.reason) from error
