"""A slip exists, whether or not a printer has heard of it."""

from sqlalchemy import Connection

from desk.store.prepared import Insert
from desk.store.projections.projection import Projection
from desk.store.rows import SlipRow
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import Head

_ROWS = Insert(SlipRow)


def _apply(connection: Connection, head: Head, body: SlipIssued) -> None:
    _ROWS.one(
        connection,
        {
            "slip": str(body.slip),
            "dossier": str(head.dossier),
            "issue": body.issue,
            "form": body.form,
            "code": body.code,
            "clerk": head.clerk,
            "at": head.time,
            "outcome": None,
        },
    )


SLIP_ISSUED = Projection(SlipIssued, _apply)
