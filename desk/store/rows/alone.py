"""What belongs to this desk alone and tells nobody anything."""

from sqlalchemy.orm import Mapped, mapped_column

from desk.store.rows.base import Row


class IdentityRow(Row):
    """One row: who this desk is, and the two keys that prove it."""

    __tablename__ = "identity"

    one: Mapped[int] = mapped_column(primary_key=True)
    desk: Mapped[str]
    url: Mapped[str]
    root: Mapped[str]
    province: Mapped[str]
    signing_key: Mapped[bytes]
    sealing_key: Mapped[bytes]
    first_supervisor: Mapped[str]


class CertificateRow(Row):
    """The desk's certificate of an epoch, as last renewed."""

    __tablename__ = "certificates"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    certificate: Mapped[str]


class ContactRow(Row):
    """One row: how far the feed was read, and what the province's clock said."""

    __tablename__ = "contact"

    one: Mapped[int] = mapped_column(primary_key=True)
    incarnation: Mapped[str | None]
    cursor: Mapped[str]
    offset: Mapped[int | None]
    heard_at: Mapped[str | None]
    province_time: Mapped[str | None]
    """When the province said what was heard last, by its own clock: an answer on a stick may be older."""


class HeldRow(Row):
    """Per epoch, the last head the province holds."""

    __tablename__ = "held"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str]


class WantedRow(Row):
    """Heads the province holds without their bodies."""

    __tablename__ = "wanted"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)


class CounterRow(Row):
    """The last number given in a series of an epoch. It only grows."""

    __tablename__ = "counters"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class PinRow(Row):
    __tablename__ = "pins"

    clerk: Mapped[str] = mapped_column(primary_key=True)
    proof: Mapped[str | None]
    failed: Mapped[int]
    wait_until: Mapped[str | None]
    code_used: Mapped[str | None]


class DraftRow(Row):
    __tablename__ = "drafts"

    clerk: Mapped[str] = mapped_column(primary_key=True)
    draft: Mapped[str]
    at: Mapped[str]


class PrintRow(Row):
    """How far a slip's paper got: "queued" or "sent". What the clerk saw is an entry."""

    __tablename__ = "prints"

    slip: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    at: Mapped[str]
