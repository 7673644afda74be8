"""What the province judged of this desk's entries."""

from uuid import UUID

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from desk.store.rows import VerdictRow
from sync.protocol.feed import FeedItem, Verdict


def mirror_verdict(connection: Connection, item: FeedItem, data: Verdict | None, desk: UUID) -> None:
    """Judgements of other desks' entries are none of ours."""
    if data is None:
        owner, epoch, first = item.key.split("/")
        if owner == str(desk):
            connection.execute(delete(VerdictRow).where(VerdictRow.epoch == int(epoch), VerdictRow.first == int(first)))
    elif data.desk == desk:
        _judge(connection, item, data)


def _judge(connection: Connection, item: FeedItem, data: Verdict) -> None:
    values = {
        "last": data.last,
        "n": item.n,
        "verdict": data.verdict,
        "dossier": str(data.dossier) if data.dossier else None,
        "field": data.field,
        "vi": data.reason.vi if data.reason else "",
        "en": data.reason.en if data.reason else "",
    }
    row = insert(VerdictRow).values(epoch=data.epoch, first=data.first, **values)
    connection.execute(row.on_conflict_do_update([VerdictRow.epoch, VerdictRow.first], set_=values))
