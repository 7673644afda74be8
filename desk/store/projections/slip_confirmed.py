"""The clerk saw the paper, or saw it spoilt."""

from sqlalchemy import Connection, update

from desk.store.projections.projection import Projection
from desk.store.rows import SlipRow
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: SlipConfirmed) -> None:
    connection.execute(update(SlipRow).where(SlipRow.slip == str(body.slip)).values(outcome=body.outcome))


SLIP_CONFIRMED = Projection(SlipConfirmed, _apply)
