"""What the province judged of this desk's entries."""

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from desk.store.mirror.reader import Reader
from desk.store.rows import VerdictRow
from sync.protocol.feed import FeedItem, Verdict
from sync.protocol.problems import Unreadable


def mirror_verdict(connection: Connection, item: FeedItem, data: Verdict | None, reader: Reader) -> None:
    """Judgements of other desks' entries are none of ours, and neither are those of a line another machine wrote.

    A run that now reaches into such a line says no more how far of it is ours: until the province has cut it where the
    two part, what was held of ours counts as not judged.
    """
    if data is None:
        _check_key(item)
    if data is None or (data.desk == reader.desk and not _is_ours(data, reader)):
        connection.execute(delete(VerdictRow).where(VerdictRow.key == item.key))
    elif data.desk == reader.desk:
        _judge(connection, item, data, reader.age)


def _check_key(item: FeedItem) -> None:
    """Raises Unreadable for a key no judgement can have."""
    if len(item.key.split("/")) not in (3, 4):
        raise Unreadable("verdict", "under no key of a verdict")


def _is_ours(data: Verdict, reader: Reader) -> bool:
    """By the heads it names. Version 1 named none of a run, and knew of one line only."""
    named = [(data.last, data.end), (data.first, data.entry)]
    return all(head is None or reader.hash_at(data.epoch, seq) == head for seq, head in named)


def _judge(connection: Connection, item: FeedItem, data: Verdict, age: int) -> None:
    values = {
        "epoch": data.epoch,
        "first": data.first,
        "last": data.last,
        "age": age,
        "n": item.n,
        "verdict": data.verdict,
        "dossier": str(data.dossier) if data.dossier else None,
        "field": data.field,
        "vi": data.reason.vi if data.reason else "",
        "en": data.reason.en if data.reason else "",
    }
    row = insert(VerdictRow).values(key=item.key, **values)
    connection.execute(row.on_conflict_do_update([VerdictRow.key], set_=values))
