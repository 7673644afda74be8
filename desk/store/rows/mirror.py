"""The province's feed, verbatim, and what follows from it."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.rows.base import Row


class FeedRow(Row):
    """The last item of each kind and key, verbatim. A deletion stays as an item without data."""

    __tablename__ = "feed"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
    incarnation: Mapped[str]
    kind_version: Mapped[int]
    deleted: Mapped[bool]
    data: Mapped[str | None]


class RefusedItemRow(Row):
    """Items this desk could not believe or read; the former item of that kind and key stays in force."""

    __tablename__ = "feed_refused"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
    incarnation: Mapped[str]
    data: Mapped[str | None]
    reason: Mapped[str]


class VerdictRow(Row):
    """A judgement of the entries `first` to `last` of an epoch of this desk, as one item of the feed said it.

    `age` is the incarnation that said it, counted: where two overlap, the higher (age, n) is in force.
    """

    __tablename__ = "verdicts"
    __table_args__ = (
        Index("verdicts_by_place", "epoch", "first"),
        Index("verdicts_by_word", "verdict", "epoch", "first"),
        Index("verdicts_by_dossier", "dossier"),
        Index("verdicts_by_age", "epoch", "age", "n"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]
    age: Mapped[int]
    n: Mapped[int]
    verdict: Mapped[str]
    dossier: Mapped[str | None]
    field: Mapped[str | None]
    vi: Mapped[str]
    en: Mapped[str]


class StatusRow(Row):
    __tablename__ = "statuses"
    __table_args__ = (Index("statuses_by_status", "status", "at"),)

    dossier: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[int]
    at: Mapped[str]
    due_at: Mapped[str | None]
    by: Mapped[str]
    note: Mapped[str]


class NumberedRow(Row):
    """The official code the province gave to a dossier that had a provisional one."""

    __tablename__ = "numbered"

    dossier: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)


class SiblingRow(Row):
    """A dossier of another desk or the portal; `said` is the body of its acceptance."""

    __tablename__ = "siblings"
    __table_args__ = (
        Index("siblings_by_paper", "paper_number", "paper_book", sqlite_where=text("paper_number IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(index=True)
    voided: Mapped[bool]
    said: Mapped[str]
    paper_book: Mapped[str | None]
    paper_number: Mapped[str | None]


class NoticeRow(Row):
    """What the province wants a person to see to."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(primary_key=True)
    matter: Mapped[str]
    desk: Mapped[str | None]
    dossier: Mapped[str | None]
    at: Mapped[str]
    vi: Mapped[str]
    en: Mapped[str]
    seen: Mapped[bool]
