"""Staff out of the feed, and their PINs at this desk."""

from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from desk.services.ports import PinRecord
from desk.store.rows import FeedRow, PinRow, SignInRow
from sync.protocol import canonical
from sync.protocol.feed import DATA_LIMIT, Staff
from sync.protocol.instant import read_instant, write_instant

_KEEP = insert(PinRow)


class SqlPeople:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def staff(self) -> tuple[Staff, ...]:
        """Who signed in last comes first, the others by name."""
        rows = self._connection.execute(
            select(FeedRow.data).where(FeedRow.kind == "staff", FeedRow.deleted.is_(False))
        ).scalars()
        staff = [_staff(text) for text in rows if text]
        last = self._last_signed_in()
        return tuple(sorted(staff, key=lambda one: (one.id != last, one.full_name.split()[-1:], one.full_name)))

    def member(self, id: str) -> Staff | None:
        row = select(FeedRow.data).where(FeedRow.kind == "staff", FeedRow.key == id, FeedRow.deleted.is_(False))
        text = self._connection.execute(row).scalar_one_or_none()
        return _staff(text) if text else None

    def pin(self, clerk: str) -> PinRecord:
        row = self._connection.execute(select(PinRow.__table__).where(PinRow.clerk == clerk)).one_or_none()
        return _pin(row) if row else PinRecord(clerk, None)

    def any_pin(self) -> bool:
        return bool(self._connection.execute(select(func.count()).where(PinRow.proof.is_not(None))).scalar())

    def keep_pin(self, record: PinRecord) -> None:
        values = {
            "proof": record.proof,
            "failed": record.failed,
            "wait_until": write_instant(record.wait_until) if record.wait_until else None,
            "code_used": record.code_used,
        }
        keep = _KEEP.values(clerk=record.clerk, **values).on_conflict_do_update([PinRow.clerk], set_=values)
        self._connection.execute(keep)

    def _last_signed_in(self) -> str | None:
        newest = select(SignInRow.clerk).order_by(SignInRow.epoch.desc(), SignInRow.seq.desc()).limit(1)
        return self._connection.execute(newest).scalar_one_or_none()


def _staff(text: str) -> Staff:
    return canonical.read_loosely(text.encode(), Staff, what="staff", limit=DATA_LIMIT)


def _pin(row: Any) -> PinRecord:
    wait_until = read_instant(row.wait_until) if row.wait_until else None
    return PinRecord(row.clerk, row.proof, row.failed, wait_until, row.code_used)
