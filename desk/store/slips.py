"""Slips and how far their paper got."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desk.domain.errors import NotFound
from desk.services.ports.values import SlipRecord, SlipState
from desk.store.rows import PrintRow, SlipRow
from sync.protocol.instant import read_instant, write_instant

_SLIPS = select(SlipRow.__table__, PrintRow.state).outerjoin_from(SlipRow, PrintRow, PrintRow.slip == SlipRow.slip)


class SqlSlips:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_of(self, dossier: UUID) -> SlipRecord | None:
        newest = _SLIPS.where(SlipRow.dossier == str(dossier)).order_by(SlipRow.issue.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        return _slip(row) if row else None

    def get(self, id: UUID) -> SlipRecord:
        """Raises NotFound."""
        row = self._connection.execute(_SLIPS.where(SlipRow.slip == str(id))).one_or_none()
        if row is None:
            raise NotFound("slip", str(id))
        return _slip(row)

    def mark(self, id: UUID, state: SlipState, at: datetime) -> None:
        values = {"state": state.value, "at": write_instant(at)}
        mark = insert(PrintRow).values(slip=str(id), **values).on_conflict_do_update([PrintRow.slip], set_=values)
        self._connection.execute(mark)


def _slip(row: Any) -> SlipRecord:
    return SlipRecord(
        id=UUID(row.slip),
        dossier=UUID(row.dossier),
        code=row.code,
        issue=row.issue,
        form=row.form,
        clerk=row.clerk or "",
        issued_at=read_instant(row.at),
        state=SlipState(row.outcome or row.state or SlipState.QUEUED),
    )
