"""Files laid to dossiers, and whether the province has them. The files themselves are `desk.store.files`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from desk.services.ports.values import Attachment
from desk.store.rows import FeedRow
from desk.store.rows.carriers import AttachmentRow
from sync.protocol.instant import read_instant, write_instant

_TOLD = and_(FeedRow.kind == "attachment", FeedRow.key == AttachmentRow.attachment, FeedRow.deleted.is_(False))
_held_at: ColumnElement[str | None] = func.json_extract(FeedRow.data, "$.at")
_ALL = select(AttachmentRow.__table__, _held_at.label("held_at")).outerjoin_from(AttachmentRow, FeedRow, _TOLD)
_ON_THE_WAY = _held_at.is_(None)


class SqlAttachments:
    """Reads own rows, and the feed's word on each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, dossier: UUID) -> tuple[Attachment, ...]:
        return self._found(_ALL.where(AttachmentRow.dossier == str(dossier)))

    def on_the_way(self) -> tuple[Attachment, ...]:
        return self._found(_ALL.where(_ON_THE_WAY))

    def count_on_the_way(self) -> int:
        count = select(func.count()).select_from(AttachmentRow).outerjoin(FeedRow, _TOLD).where(_ON_THE_WAY)
        return self._connection.execute(count).scalar_one()

    def held_before(self, moment: datetime) -> tuple[Attachment, ...]:
        return self._found(_ALL.where(_held_at < write_instant(moment)))

    def all(self) -> tuple[Attachment, ...]:
        return self._found(_ALL)

    def _found(self, question: Select[Any]) -> tuple[Attachment, ...]:
        rows = self._connection.execute(question.order_by(AttachmentRow.epoch, AttachmentRow.seq))
        return tuple(map(_attachment, rows))


def _attachment(row: Any) -> Attachment:
    return Attachment(
        id=UUID(row.attachment),
        dossier=UUID(row.dossier),
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        key=row.key,
        blob=row.blob,
        sealed_size=row.sealed_size,
        added_at=read_instant(row.at),
        held_at=read_instant(row.held_at) if row.held_at else None,
    )
