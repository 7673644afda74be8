"""Official codes for dossiers that had provisional ones."""

from sqlalchemy import Connection, delete, insert, select

from desk.store.mirror.reader import Reader
from desk.store.rows import DossierRow, NumberedRow, SiblingRow
from desk.store.searchable import add_code, drop_code
from sync.protocol.feed import FeedItem, Numbered


def mirror_numbered(connection: Connection, item: FeedItem, data: Numbered | None, _: Reader) -> None:
    """The code before is forgotten first: a province that numbers anew leaves no second way to a dossier."""
    before = connection.execute(select(NumberedRow.code).where(NumberedRow.dossier == item.key)).scalar_one_or_none()
    connection.execute(delete(NumberedRow).where(NumberedRow.dossier == item.key))
    if data is not None:
        connection.execute(insert(NumberedRow), {"dossier": item.key, "code": data.code})
    for table in (DossierRow, SiblingRow):
        found = connection.execute(select(table.id, table.code).where(table.dossier == item.key)).one_or_none()
        if found is None:
            continue
        if before is not None:
            drop_code(connection, found.id, before)
        for code in (found.code, data.code if data else None):
            if code is not None:
                add_code(connection, found.id, code)
