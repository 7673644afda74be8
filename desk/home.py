"""A desk's folder: the key, the store it opens, and nothing else that a second program could be in the way of.

The store's own parts load when it is opened, which a window does beside itself: they take longer than showing it.
"""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desk.domain.errors import NotEnrolled, PassphraseMissing, WrongPassphrase
from desk.settings import SOFTWARE
from desk.store.lock import WriterLock

if TYPE_CHECKING:
    from desk.store.store import Store

log = logging.getLogger(__name__)

STORE = "desk.db"
PASSPHRASE_LIMIT = 4096


def read_passphrase(file: Path | None) -> str | None:
    """The first line of the file. Raises PassphraseMissing where there is none to read."""
    if file is None:
        return None
    try:
        with file.open("rb") as opened:
            text = opened.read(PASSPHRASE_LIMIT).decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise PassphraseMissing from error
    passphrase = text.splitlines()[0] if text else ""
    if not passphrase:
        raise PassphraseMissing
    return passphrase


def is_there(home: Path) -> bool:
    """Whether a store was ever made in this folder."""
    return (home / STORE).is_file()


def check_free(home: Path) -> None:
    """Raises NotEnrolled or AnotherWindow at once, long before a store could be opened."""
    if not is_there(home):
        raise NotEnrolled
    WriterLock(home).release()


def open_store(home: Path, passphrase: str | None, *, writing: bool) -> "Store":
    """Close it, or leave it as a context manager. Raises NotEnrolled and the whole StoreTrouble family."""
    if not is_there(home):
        raise NotEnrolled
    from desk.store.store import Store

    store = Store.open(home, store_key(home, passphrase), writing=writing)
    if writing:
        _look_around(home, store)
    return store


def found_store(home: Path, passphrase: str | None, *, plain: bool = False) -> "Store":
    """A new store with a new key; or, where an enrolment broke off, the one that was made then.

    `plain` keeps the key beside the store for anybody to read: for a folder that is thrown away.
    """
    if is_there(home):
        return open_store(home, passphrase, writing=True)
    from desk.devices.keyfile import KeyFile
    from desk.devices.keystore import pick_keystore
    from desk.store.store import Store

    make_home(home)
    keystore = pick_keystore(home, passphrase=passphrase, throw_away=plain)
    return Store.create(home, keystore.open() if KeyFile(home).exists() else keystore.create())


def make_home(home: Path) -> None:
    """A folder whose name a power cut does not take back, with all that will be in it; nor those of its parents."""
    from desk.devices.keyfile import keep_name

    new = [folder for folder in (home, *home.parents) if not folder.exists()]
    home.mkdir(parents=True, exist_ok=True)
    for folder in new:
        keep_name(folder.parent)


def _look_around(home: Path, store: "Store") -> None:
    """Whoever opens to write must not write another machine's numbers. An enrolment that broke off has none yet."""
    from desk.devices.machine import known_by
    from desk.services.epochs import look_at_machine

    try:
        with store.open_reading() as memory:
            desk = memory.identity.desk().desk
        moved = look_at_machine(known_by(desk, home), open_work=store.open_work, clock=_now, software=SOFTWARE)
    except NotEnrolled:
        return
    except BaseException:
        store.close()
        raise
    if moved:
        log.warning("this folder woke up in another machine: a new epoch has begun")


def _now() -> datetime:
    return datetime.now(UTC)


def store_key(home: Path, passphrase: str | None) -> bytes:
    from desk.devices.keystore import pick_keystore

    try:
        return pick_keystore(home, passphrase=passphrase).open()
    except WrongPassphrase as error:
        if passphrase is None:
            raise PassphraseMissing from error
        raise
