"""An epoch begins."""

from sqlalchemy import Connection, insert

from desk.store.projections.projection import Projection
from desk.store.rows import EpochRow
from sync.protocol import canonical
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import Head, Tip


def _apply(connection: Connection, head: Head, body: EpochOpened) -> None:
    row = {
        "epoch": head.epoch,
        "reason": body.reason,
        "opened_at": head.time,
        "parent": _text(body.parent),
        "met": _text(body.met),
    }
    connection.execute(insert(EpochRow), row)


def _text(tip: Tip | None) -> str | None:
    return canonical.write(tip) if tip else None


EPOCH_OPENED = Projection(EpochOpened, _apply)
