"""Money is in the drawer."""

from sqlalchemy import Connection

from desk.store.prepared import Insert
from desk.store.projections.projection import Projection
from desk.store.rows import PaymentRow
from sync.protocol import canonical
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entry import Head

_ROWS = Insert(PaymentRow)


def _apply(connection: Connection, head: Head, body: FeeTaken) -> None:
    _ROWS.one(
        connection,
        {
            "epoch": head.epoch,
            "seq": head.seq,
            "dossier": str(head.dossier),
            "at": head.time,
            "clerk": head.clerk,
            "total": body.total,
            "fees": canonical.write(body.fees),
        },
    )


FEE_TAKEN = Projection(FeeTaken, _apply)
