"""Where the buddy copy lies, and since when it could not be kept up: one row, this desk's own affair."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from desk.services.ports.values import Buddy
from desk.store.rows.carriers import BuddyRow
from sync.protocol.instant import read_instant, write_instant


class SqlBuddy:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> Buddy:
        row = self._connection.execute(select(BuddyRow.__table__)).one_or_none()
        if row is None:
            return Buddy()
        return Buddy(row.folder, row.shared, _moment(row.done_at), row.trouble, _moment(row.since))

    def keep(self, buddy: Buddy) -> None:
        row: dict[str, Any] = {
            "one": 1,
            "folder": buddy.folder,
            "shared": buddy.shared,
            "done_at": buddy.done_at and write_instant(buddy.done_at),
            "trouble": buddy.trouble,
            "since": buddy.since and write_instant(buddy.since),
        }
        self._connection.execute(delete(BuddyRow))
        self._connection.execute(insert(BuddyRow), row)


def _moment(text: str | None) -> datetime | None:
    return read_instant(text) if text else None
