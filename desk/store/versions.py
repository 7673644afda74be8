"""Which version a store has, and what to do about it."""

import logging

from sqlalchemy import Connection, text

from desk.domain.errors import StoreDamaged, StoreTooNew

log = logging.getLogger(__name__)

KNOWN = ("0001", "0002")
"""Every schema version this program can open, oldest first; the last is its own."""


def version_of(connection: Connection) -> str | None:
    """The version written in the file; None for a file without any table."""
    tables = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreDamaged("version")
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def check_version(connection: Connection) -> bool:
    """Whether the store is at this program's version. Raises StoreTooNew for one from the future."""
    found = version_of(connection)
    if found is not None and found not in KNOWN:
        raise StoreTooNew(found, KNOWN[-1])
    return found == KNOWN[-1]
