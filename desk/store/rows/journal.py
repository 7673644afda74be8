"""What happened: append-only, held by triggers."""

from sqlalchemy import Computed, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.rows.base import Row


def _of_entry(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["epoch", "seq"], ["heads.epoch", "heads.seq"], name=f"{table}_of_head")


class HeadRow(Row):
    """`kind`, `dossier` and `time` are computed from the head's own text, so they cannot disagree with it."""

    __tablename__ = "heads"
    __table_args__ = (Index("heads_by_dossier", "dossier", "epoch", "seq", sqlite_where=text("dossier IS NOT NULL")),)

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    head: Mapped[str]
    hash: Mapped[str]
    signature: Mapped[bytes | None]
    kind: Mapped[str] = mapped_column(Computed("json_extract(head, '$.kind')", persisted=True))
    dossier: Mapped[str | None] = mapped_column(Computed("json_extract(head, '$.dossier')", persisted=True))
    time: Mapped[str] = mapped_column(Computed("json_extract(head, '$.time')", persisted=True))


class BodyRow(Row):
    """`salt` only where the entry has one of its own; otherwise it is the dossier's."""

    __tablename__ = "bodies"
    __table_args__ = (_of_entry("bodies"),)

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    salt: Mapped[bytes | None]


class SaltRow(Row):
    __tablename__ = "salts"

    dossier: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[bytes]


class ErasureRow(Row):
    """An entry whose body may be deleted, because the erasing entry (`by_epoch`, `by_seq`) names it."""

    __tablename__ = "erasures"
    __table_args__ = (_of_entry("erasures"),)

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    commitment: Mapped[str]
    by_epoch: Mapped[int]
    by_seq: Mapped[int]
