"""A desk's folder: the key, the store it opens, and nothing else that a second program could be in the way of.

The store's own parts load when it is opened, which a window does beside itself: they take longer than showing it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from desk.domain.errors import NotEnrolled, PassphraseMissing, WrongPassphrase
from desk.store.lock import WriterLock

if TYPE_CHECKING:
    from desk.store.store import Store

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

    return Store.open(home, _key(home, passphrase), writing=writing)


def found_store(home: Path, passphrase: str | None, *, plain: bool = False) -> "Store":
    """A new store with a new key; or, where an enrolment broke off, the one that was made then.

    `plain` keeps the key beside the store for anybody to read: for a folder that is thrown away.
    """
    if is_there(home):
        return open_store(home, passphrase, writing=True)
    from desk.devices.keyfile import KeyFile
    from desk.devices.keystore import pick_keystore
    from desk.store.store import Store

    home.mkdir(parents=True, exist_ok=True)
    keystore = pick_keystore(home, passphrase=passphrase, throw_away=plain)
    return Store.create(home, keystore.open() if KeyFile(home).exists() else keystore.create())


def _key(home: Path, passphrase: str | None) -> bytes:
    from desk.devices.keystore import pick_keystore

    try:
        return pick_keystore(home, passphrase=passphrase).open()
    except WrongPassphrase as error:
        if passphrase is None:
            raise PassphraseMissing from error
        raise
