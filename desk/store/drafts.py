"""Half-filled forms. Kept at every pause of typing, so that a power cut costs a word and not a person's time."""

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from desk.store.rows import DraftRow
from sync.protocol.instant import read_instant, write_instant


class SqlDrafts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, clerk: str) -> str | None:
        return self._connection.execute(select(DraftRow.draft).where(DraftRow.clerk == clerk)).scalar_one_or_none()

    def all(self) -> tuple[tuple[str, datetime], ...]:
        rows = self._connection.execute(select(DraftRow.clerk, DraftRow.at).order_by(DraftRow.at.desc()))
        return tuple((row.clerk, read_instant(row.at)) for row in rows)

    def save(self, clerk: str, draft: str, at: datetime) -> None:
        values = {"draft": draft, "at": write_instant(at)}
        save = insert(DraftRow).values(clerk=clerk, **values).on_conflict_do_update([DraftRow.clerk], set_=values)
        self._connection.execute(save)

    def drop(self, clerk: str) -> None:
        self._connection.execute(delete(DraftRow).where(DraftRow.clerk == clerk))
