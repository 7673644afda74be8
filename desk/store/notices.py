"""What the province wants a person to see to, less what somebody here has seen."""

from typing import Any

from sqlalchemy import Connection, Select, func, select

from desk.domain.errors import NotFound
from desk.services.ports.values import Notice
from desk.store.rows import DossierRow, NoticeRow, NoticeSeenRow, NumberedRow, SiblingRow
from sync.protocol.instant import read_instant

_SEEN_HERE = select(NoticeSeenRow.notice).where(NoticeSeenRow.notice == NoticeRow.id).exists()
_NOTICES = (
    select(
        NoticeRow.__table__,
        _SEEN_HERE.label("seen_here"),
        func.coalesce(NumberedRow.code, DossierRow.code, SiblingRow.code, "").label("code"),
    )
    .outerjoin_from(NoticeRow, DossierRow, DossierRow.dossier == NoticeRow.dossier)
    .outerjoin(SiblingRow, SiblingRow.dossier == NoticeRow.dossier)
    .outerjoin(NumberedRow, NumberedRow.dossier == NoticeRow.dossier)
)


class SqlNotices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unseen(self, limit: int) -> tuple[Notice, ...]:
        left = _unseen(_NOTICES).order_by(NoticeRow.at, NoticeRow.id).limit(limit)
        return tuple(_notice(row) for row in self._connection.execute(left))

    def count_unseen(self) -> int:
        return int(self._connection.execute(_unseen(select(func.count()).select_from(NoticeRow))).scalar_one())

    def get(self, id: str) -> Notice:
        """Raises NotFound."""
        row = self._connection.execute(_NOTICES.where(NoticeRow.id == id)).one_or_none()
        if row is None:
            raise NotFound("notice", id)
        return _notice(row)


def _unseen(question: Select[Any]) -> Select[Any]:
    return question.where(NoticeRow.seen.is_(False), ~_SEEN_HERE)


def _notice(row: Any) -> Notice:
    return Notice(row.id, row.matter, read_instant(row.at), row.vi, row.en, row.code, row.seen or row.seen_here)
