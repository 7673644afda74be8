"""What the province wants a person to see to."""

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from desk.store.mirror.reader import Reader
from desk.store.rows import NoticeRow
from sync.protocol.feed import FeedItem, Notice
from sync.protocol.problems import Unreadable


def mirror_notice(connection: Connection, item: FeedItem, data: Notice | None, _: Reader) -> None:
    if data is None:
        connection.execute(delete(NoticeRow).where(NoticeRow.id == item.key))
        return
    if data.id != item.key:
        raise Unreadable("notice", "under another key", "id")
    values = {
        "matter": data.matter,
        "desk": str(data.desk) if data.desk else None,
        "dossier": str(data.dossier) if data.dossier else None,
        "at": data.at,
        "vi": data.text.vi,
        "en": data.text.en,
        "seen": data.seen,
    }
    row = insert(NoticeRow).values(id=item.key, **values)
    connection.execute(row.on_conflict_do_update([NoticeRow.id], set_=values))
