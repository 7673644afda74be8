"""Money is in the drawer."""

from sqlalchemy import Connection

from desk.store.prepared import Insert
from desk.store.projections.projection import Projection
from desk.store.rows import PaymentRow
from sync.protocol import canonical
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entry import Head

_ROWS = Insert(PaymentRow)
_ON_PAPER = "SELECT received_at FROM dossiers WHERE dossier = :dossier AND paper_number IS NOT NULL"


def _apply(connection: Connection, head: Head, body: FeeTaken) -> None:
    _ROWS.one(
        connection,
        {
            "epoch": head.epoch,
            "seq": head.seq,
            "dossier": str(head.dossier),
            "at": _hour_on_paper(connection, str(head.dossier)) or head.time,
            "clerk": head.clerk,
            "total": body.total,
            "fees": canonical.write(body.fees),
        },
    )


def _hour_on_paper(connection: Connection, dossier: str) -> str | None:
    """Money for what stands in the paper book was taken in the hour that stands there."""
    found: str | None = connection.exec_driver_sql(_ON_PAPER, {"dossier": dossier}).scalar()
    return found


FEE_TAKEN = Projection(FeeTaken, _apply)
