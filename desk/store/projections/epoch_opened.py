"""An epoch begins."""

from sqlalchemy import Connection, insert

from desk.store.projections.projection import Projection
from desk.store.rows import EpochRow
from sync.protocol import canonical
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: EpochOpened) -> None:
    parent = canonical.write(body.parent) if body.parent else None
    row = {"epoch": head.epoch, "reason": body.reason, "opened_at": head.time, "parent": parent}
    connection.execute(insert(EpochRow), row)


EPOCH_OPENED = Projection(EpochOpened, _apply)
