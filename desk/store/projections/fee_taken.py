"""Money is in the drawer."""

from sqlalchemy import Connection, insert

from desk.store.projections.projection import Projection
from desk.store.rows import PaymentRow
from sync.protocol import canonical
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entry import Head

_INSERT = insert(PaymentRow)


def _apply(connection: Connection, head: Head, body: FeeTaken) -> None:
    connection.execute(
        _INSERT,
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
