"""A file lies with a dossier."""

from sqlalchemy import Connection

from desk.store.prepared import Insert
from desk.store.projections.projection import Projection
from desk.store.rows.carriers import AttachmentRow
from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.protocol.entry import Head

_ROWS = Insert(AttachmentRow)


def _apply(connection: Connection, head: Head, body: AttachmentAdded) -> None:
    _ROWS.one(
        connection,
        {
            "attachment": str(body.attachment),
            "dossier": str(head.dossier),
            "epoch": head.epoch,
            "seq": head.seq,
            "at": head.time,
            "name": body.name,
            "media_type": body.media_type,
            "size": body.size,
            "sha256": body.sha256,
            "key": body.key,
            "blob": body.blob,
            "sealed_size": body.sealed_size,
        },
    )


ATTACHMENT_ADDED = Projection(AttachmentAdded, _apply)
