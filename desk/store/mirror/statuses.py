"""Where dossiers stand, by the province's word."""

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from desk.store.mirror.reader import Reader
from desk.store.rows import StatusRow
from sync.protocol.feed import FeedItem, StatusTold


def mirror_status(connection: Connection, item: FeedItem, data: StatusTold | None, _: Reader) -> None:
    if data is None:
        connection.execute(delete(StatusRow).where(StatusRow.dossier == item.key))
        return
    values = {"status": data.status, "at": data.at, "due_at": data.due_at, "by": data.by, "note": data.note}
    row = insert(StatusRow).values(dossier=item.key, **values)
    connection.execute(row.on_conflict_do_update([StatusRow.dossier], set_=values))
