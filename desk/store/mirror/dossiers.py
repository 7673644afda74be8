"""Dossiers that siblings and the portal took, to be found here too."""

from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from desk.services.ports.said import mean_dossier
from desk.store.mirror.reader import Reader
from desk.store.rows import DossierRow, FeedRow, NumberedRow, NumberRow, SearchableRow, SiblingRow
from desk.store.searchable import add_code, change_searchable, make_searchable
from sync.protocol import canonical
from sync.protocol.entries.dossier_accepted import DossierAccepted, read_acceptance
from sync.protocol.feed import DATA_LIMIT, FeedDossier, FeedItem
from sync.protocol.problems import Unreadable


def mirror_dossier(connection: Connection, item: FeedItem, data: FeedDossier | None, _: Reader) -> None:
    """What this desk's own register has from the beginning needs no second telling, whichever desk it says it is from.

    What it only recovered from a slip does: the original is kept beside it and lies on top when they are read.
    """
    kept = connection.execute(select(SiblingRow.id).where(SiblingRow.dossier == item.key)).scalar_one_or_none()
    if data is None:
        _forget(connection, kept)
    elif not _is_original_here(connection, item.key):
        _take(connection, item, data, kept)


def last_told(connection: Connection, dossier: UUID) -> str | None:
    """The newest entry about a sibling's dossier that the province judged, by its hash."""
    kept = select(FeedRow.data, FeedRow.kind_version).where(
        FeedRow.kind == "dossier", FeedRow.key == str(dossier), FeedRow.deleted.is_(False)
    )
    row = connection.execute(kept).one_or_none()
    if row is None or row.data is None or row.kind_version < FeedDossier.VERSION:
        return None
    return canonical.read(row.data, FeedDossier, what="dossier", limit=DATA_LIMIT).last


def _is_original_here(connection: Connection, dossier: str) -> bool:
    found = select(DossierRow.id).where(DossierRow.dossier == dossier, DossierRow.recovered.is_(False))
    return connection.execute(found).first() is not None


def _take(connection: Connection, item: FeedItem, data: FeedDossier, kept: int | None) -> None:
    said = _meant(item, data)
    values = {
        "code": said.code,
        "voided": data.voided,
        "said": data.dossier,
        "paper_book": said.paper.book if said.paper else None,
        "paper_number": said.paper.number if said.paper else None,
    }
    if kept is None:
        kept = make_searchable(connection, said, mine=False)
        connection.execute(insert(SiblingRow), {"id": kept, "dossier": item.key, **values})
    else:
        change_searchable(connection, kept, said)
        connection.execute(update(SiblingRow).where(SiblingRow.id == kept).values(values))
    official = connection.execute(select(NumberedRow.code).where(NumberedRow.dossier == item.key)).scalar_one_or_none()
    if official is not None:
        add_code(connection, kept, official)


def _meant(item: FeedItem, data: FeedDossier) -> DossierAccepted:
    """What was said, once it is shown to mean a dossier. Raises Unreadable; ValueError for a day that never was."""
    if item.key != str(data.id):
        raise Unreadable("dossier", "under another key", "id")
    said = read_acceptance(data.version, data.dossier)
    mean_dossier(data.id, said)
    return said


def _forget(connection: Connection, kept: int | None) -> None:
    if kept is not None:
        connection.execute(delete(SiblingRow).where(SiblingRow.id == kept))
        connection.execute(delete(NumberRow).where(NumberRow.id == kept))
        connection.execute(delete(SearchableRow).where(SearchableRow.id == kept))
