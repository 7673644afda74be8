"""home/key.json: what is needed, beside a secret kept elsewhere, to get at the key of the store."""

import json
import os
from pathlib import Path

from desk.domain.errors import KeyDamaged, Reason, StoreKeyMissing
from desk.domain.reading import Reader

VERSION = 1
KEY_BYTES = 32

_NAME = "key.json"
_STORE = "desk.db"
_LIMIT = 64 * 1024


class KeyFile:
    """The file of one home folder: JSON with "v", "kind", and what the keystore of that kind wrote."""

    def __init__(self, home: Path) -> None:
        self._path = home / _NAME
        self._store = home / _STORE

    def exists(self) -> bool:
        return self._path.exists()

    def read(self) -> Reader:
        """The content, its version checked. Raises StoreKeyMissing, KeyDamaged."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError as error:
            raise StoreKeyMissing from error
        except OSError as error:
            raise KeyDamaged from error
        if len(data) > _LIMIT:
            raise KeyDamaged
        try:
            reader = Reader(json.loads(data), "", _damaged)
        except (ValueError, RecursionError) as error:
            raise KeyDamaged from error
        reader.whole("v", least=VERSION, most=VERSION)
        return reader

    def check_free(self) -> None:
        """Raises StoreKeyMissing where a store, or a key, is there already.

        A new key beside an old store would look as if the store could be opened, and bury the hope of finding the
        old one.
        """
        if self._store.exists() or self._path.exists():
            raise StoreKeyMissing

    def write(self, kind: str, content: dict[str, object]) -> None:
        """As a whole or not at all, for the owner's eyes only. Raises what `check_free` raises."""
        self.check_free()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        with new.open("w", encoding="utf-8") as file:
            json.dump({"v": VERSION, "kind": kind, **content}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
        keep_name(self._path.parent)


def keep_name(folder: Path) -> None:
    """Make what was named in a folder durable: no store may outlive its key, or be lost with its folder's own name.

    Windows sees to it itself.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _damaged(_path: str, _kind: str, _reason: Reason) -> KeyDamaged:
    return KeyDamaged()


def read_hex(reader: Reader, name: str, *, least: int, most: int) -> bytes:
    """Bytes written in hexadecimal. Raises KeyDamaged."""
    try:
        value = bytes.fromhex(reader.filled(name, most=2 * most))
    except ValueError as error:
        raise KeyDamaged from error
    if not least <= len(value) <= most:
        raise KeyDamaged
    return value
