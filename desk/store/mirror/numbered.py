"""Official codes for dossiers that had provisional ones."""

from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from desk.store.rows import DossierRow, NumberedRow, SiblingRow
from desk.store.searchable import add_code
from sync.protocol.feed import FeedItem, Numbered


def mirror_numbered(connection: Connection, item: FeedItem, data: Numbered | None, _: UUID) -> None:
    if data is None:
        connection.execute(delete(NumberedRow).where(NumberedRow.dossier == item.key))
        return
    row = insert(NumberedRow).values(dossier=item.key, code=data.code)
    connection.execute(row.on_conflict_do_update([NumberedRow.dossier], set_={"code": data.code}))
    for table in (DossierRow, SiblingRow):
        row_id = connection.execute(select(table.id).where(table.dossier == item.key)).scalar_one_or_none()
        if row_id is not None:
            add_code(connection, row_id, data.code)
