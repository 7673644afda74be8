"""Which epochs this journal has had and why, and which lines of it somebody else wrote."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desk.domain.errors import EpochsSpent
from desk.services.ports.values import EpochFacts, EpochReason, ForeignLine
from desk.store.identity import KnownDesk
from desk.store.rows import (
    CertificateRow,
    EpochRow,
    ForeignLineRow,
    HeadRow,
    MachineRow,
    SpokenNumberRow,
)
from sync.protocol import canonical
from sync.protocol.entry import Tip
from sync.protocol.instant import read_instant, write_instant

LAST_EPOCH = 65_535
LEAP = 256
"""Two copies restored out of each other's sight begin epochs of other numbers, but for one time in so many."""


def next_epoch(connection: Connection, chance: Callable[[int], int] = secrets.randbelow) -> int:
    """A number above every epoch this journal has or has heard of. Raises EpochsSpent after the last one."""
    known = (func.max(table.epoch) for table in (HeadRow, CertificateRow, ForeignLineRow))
    highest = max(connection.execute(select(one)).scalar() or 0 for one in known)
    if highest >= LAST_EPOCH:
        raise EpochsSpent
    return min(highest + 1 + chance(LEAP), LAST_EPOCH)


class SqlEpochs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> EpochFacts | None:
        newest = select(EpochRow.__table__).order_by(EpochRow.epoch.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        return _facts(row) if row else None

    def foreign_lines(self) -> tuple[ForeignLine, ...]:
        rows = self._connection.execute(
            select(ForeignLineRow.__table__).order_by(ForeignLineRow.met_at, ForeignLineRow.epoch, ForeignLineRow.hash)
        )
        return tuple(
            ForeignLine(Tip(epoch=row.epoch, seq=row.seq, hash=row.hash), read_instant(row.met_at)) for row in rows
        )

    def machine(self) -> dict[str, str]:
        rows = self._connection.execute(select(MachineRow.feature, MachineRow.hash))
        return {row.feature: row.hash for row in rows}


class SqlWritableEpochs(SqlEpochs):
    """`changed` says whether the desk's number may be another one after the commit."""

    def __init__(self, connection: Connection, know: Callable[[Connection], KnownDesk]) -> None:
        super().__init__(connection)
        self._know = know
        self.changed = False

    def keep_machine(self, features: dict[str, str]) -> None:
        for feature, hash_ in features.items():
            keep = upsert(MachineRow).values(feature=feature, hash=hash_)
            self._connection.execute(keep.on_conflict_do_update([MachineRow.feature], set_={"hash": hash_}))

    def forget_machine(self) -> None:
        self._connection.execute(delete(MachineRow))

    def keep_spoken_number(self, number: int, at: datetime) -> None:
        epoch = self._know(self._connection).facts.epoch
        values = {"number": number, "heard_at": write_instant(at)}
        keep = upsert(SpokenNumberRow).values(epoch=epoch, **values)
        self._connection.execute(keep.on_conflict_do_update([SpokenNumberRow.epoch], set_=values))
        self.changed = True

    def remember_foreign(self, tips: Iterable[Tip], at: datetime) -> None:
        """The lines others wrote, as last told, by epoch; since when there is any in an epoch stays remembered."""
        by_epoch: dict[int, list[Tip]] = {}
        for tip in tips:
            by_epoch.setdefault(tip.epoch, []).append(tip)
        for epoch, lines in by_epoch.items():
            first = select(func.min(ForeignLineRow.met_at)).where(ForeignLineRow.epoch == epoch)
            met_at = self._connection.execute(first).scalar() or write_instant(at)
            self._connection.execute(delete(ForeignLineRow).where(ForeignLineRow.epoch == epoch))
            rows = [{"epoch": epoch, "hash": tip.hash, "seq": tip.seq, "met_at": met_at} for tip in lines]
            self._connection.execute(insert(ForeignLineRow), rows)


def _facts(row: Any) -> EpochFacts:
    return EpochFacts(
        epoch=row.epoch,
        reason=EpochReason(row.reason),
        opened_at=read_instant(row.opened_at),
        parent=_tip(row.parent),
        met=_tip(row.met),
    )


def _tip(text: str | None) -> Tip | None:
    return canonical.read(text, Tip, what="tip", limit=1024) if text else None
