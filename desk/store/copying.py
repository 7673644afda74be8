"""A second copy of a store, made while a window works: page by page, as of one moment, under the same key."""

from contextlib import closing
from pathlib import Path

from desk.domain.errors import StoreDamaged
from desk.store.connections import connect
from desk.store.store import FILE
from desk.store.trouble import renamed

_SCHEMA = "SELECT version_num FROM alembic_version"


def copy_store(home: Path, key: bytes, to: Path) -> str:
    """A copy in the folder `to`, proven to agree with itself; its schema version.

    It is all read as of one moment: whoever writes meanwhile is neither waited for nor held up. Raises StoreTrouble.
    """
    with closing(connect(home / FILE, key, writing=False)) as source:
        (to / FILE).touch(mode=0o600)
        with renamed(), closing(connect(to / FILE, key, writing=True, create=True)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")  # a copy that breaks off is thrown away
            source.backup(copy)
            version: str = copy.execute(_SCHEMA).fetchone()[0]
    check_pages(to, key)
    return version


def check_pages(home: Path, key: bytes) -> None:
    """Every page decrypts and every index agrees with its table. Raises StoreDamaged, WrongKey."""
    with renamed(), closing(connect(home / FILE, key, writing=False)) as connection:
        torn = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if torn or connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise StoreDamaged("file")
