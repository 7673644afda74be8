"""Somebody vouched for the day the clock shows."""

from sqlalchemy import Connection, insert

from desk.store.projections.projection import Projection
from desk.store.rows import ClockConfirmationRow
from sync.protocol.entries.clock_confirmed import ClockConfirmed
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: ClockConfirmed) -> None:
    row = {
        "epoch": head.epoch,
        "seq": head.seq,
        "shown": body.shown,
        "last": body.last,
        "offset": body.offset,
        "clerk": head.clerk,
    }
    connection.execute(insert(ClockConfirmationRow), row)


CLOCK_CONFIRMED = Projection(ClockConfirmed, _apply)
