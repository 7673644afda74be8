"""The mirror of the province: items kept verbatim, and the few tables that follow from them.

What is only ever looked up by its key (staff, agencies, policy, catalogue, calendar, desks) is read from the items
themselves: a table that only repeats its source could disagree with it.
"""

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from desk.domain.errors import DocumentRefused
from desk.store.mirror.documents import DOCUMENTS, believe_document
from desk.store.mirror.dossiers import mirror_dossier
from desk.store.mirror.notices import mirror_notice
from desk.store.mirror.numbered import mirror_numbered
from desk.store.mirror.reader import Reader
from desk.store.mirror.statuses import mirror_status
from desk.store.mirror.verdicts import mirror_verdict
from desk.store.rows import FeedRow, IncarnationRow, RefusedItemRow
from sync.protocol.certificates import ProvinceCertificate
from sync.protocol.feed import FeedItem, read_item
from sync.protocol.problems import Problem

log = logging.getLogger(__name__)

Mirror = Callable[[Connection, FeedItem, Any, Reader], None]
"""Brings its table in line with an item; the data is None for a deletion."""

MIRRORS: dict[str, Mirror] = {
    "dossier": mirror_dossier,
    "status": mirror_status,
    "verdict": mirror_verdict,
    "numbered": mirror_numbered,
    "notice": mirror_notice,
}


def take_item(connection: Connection, item: FeedItem, reader: Reader, province: ProvinceCertificate) -> None:
    """Keep an item and what follows from it. One that cannot be believed or read is set aside and harms nothing."""
    incarnation = reader.incarnation
    if _is_old(connection, item, reader):
        return
    try:
        data = read_item(item)
        believe_document(item, data, province)
        with connection.begin_nested():
            _keep(connection, item, incarnation)
            mirror_item(connection, item, data, reader)
    except (Problem, DocumentRefused) as problem:
        _set_aside(connection, item, incarnation, str(problem))
    except IntegrityError:
        _set_aside(connection, item, incarnation, "it contradicts another item")
    except ValueError:
        _set_aside(connection, item, incarnation, "it says what cannot be")


def mirror_item(connection: Connection, item: FeedItem, data: Any, reader: Reader) -> None:
    """Only what follows; for an item that is kept already."""
    mirror = MIRRORS.get(item.kind)
    if mirror is not None and (data is not None or item.deleted):
        mirror(connection, item, data, reader)


def _is_old(connection: Connection, item: FeedItem, reader: Reader) -> bool:
    kept = (
        select(IncarnationRow.nth, FeedRow.n)
        .join(IncarnationRow, IncarnationRow.incarnation == FeedRow.incarnation)
        .where(FeedRow.kind == item.kind, FeedRow.key == item.key)
    )
    row = connection.execute(kept).one_or_none()
    return row is not None and (row.nth, row.n) >= (reader.age, item.n)


def _keep(connection: Connection, item: FeedItem, incarnation: str) -> None:
    values = {
        "n": item.n,
        "incarnation": incarnation,
        "kind_version": item.kind_version,
        "deleted": item.deleted,
        "data": item.data,
    }
    better = delete(RefusedItemRow).where(RefusedItemRow.kind == item.kind)
    connection.execute(better if item.kind in DOCUMENTS else better.where(RefusedItemRow.key == item.key))
    keep = insert(FeedRow).values(kind=item.kind, key=item.key, **values)
    connection.execute(keep.on_conflict_do_update([FeedRow.kind, FeedRow.key], set_=values))


def _set_aside(connection: Connection, item: FeedItem, incarnation: str, reason: str) -> None:
    log.warning("An item of the feed was set aside: %s, n %s: %s", item.kind, item.n, reason)
    values = {"n": item.n, "incarnation": incarnation, "data": item.data, "reason": reason}
    aside = insert(RefusedItemRow).values(kind=item.kind, key=item.key, **values)
    connection.execute(aside.on_conflict_do_update([RefusedItemRow.kind, RefusedItemRow.key], set_=values))
