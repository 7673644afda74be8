"""A result left the office."""

from sqlalchemy import Connection, insert

from desk.store.projections.projection import Projection
from desk.store.rows import HandOverRow
from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: ResultHandedOver) -> None:
    row = {
        "epoch": head.epoch,
        "seq": head.seq,
        "dossier": str(head.dossier),
        "at": body.at,
        "written_at": head.time,
        "clerk": head.clerk,
        "recipient": body.to,
        "full_name": body.name,
        "personal_id": body.personal_id,
        "note": body.note,
    }
    connection.execute(insert(HandOverRow), row)


RESULT_HANDED_OVER = Projection(ResultHandedOver, _apply)
