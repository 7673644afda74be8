"""What follows from the journal; only projections write here, and `verify` can make it anew."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.rows.base import Row


class DossierRow(Row):
    """`id` orders by time of receipt, shared with `searchable`; the columns of the person are null once erased."""

    __tablename__ = "dossiers"
    __table_args__ = (
        Index("dossiers_by_due", "due_at"),
        Index("dossiers_by_paper", "paper_number", "paper_book", sqlite_where=text("paper_number IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier: Mapped[str] = mapped_column(unique=True)
    client_id: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    provisional: Mapped[bool]
    procedure: Mapped[str]
    procedure_name: Mapped[str]
    procedure_version: Mapped[str]
    case_code: Mapped[str | None]
    catalogue: Mapped[str]
    channel: Mapped[str]
    received_at: Mapped[str]
    due_at: Mapped[str | None]
    time_limit: Mapped[str]
    receiving_agency: Mapped[str]
    resolving_agency: Mapped[str]
    return_by: Mapped[str]
    register_book: Mapped[str]
    register_line: Mapped[int]
    requirements: Mapped[str]
    fees: Mapped[str]
    fee: Mapped[int]
    recovered: Mapped[bool]
    voided_at: Mapped[str | None]
    erased: Mapped[bool]
    full_name: Mapped[str | None]
    applicant: Mapped[str | None]
    owner: Mapped[str | None]
    note: Mapped[str | None]
    paper_book: Mapped[str | None]
    paper_number: Mapped[str | None]


class HandOverRow(Row):
    """A result this desk gave out. `at` is when it happened, `written_at` when it was said."""

    __tablename__ = "hand_overs"
    __table_args__ = (Index("hand_overs_by_dossier", "dossier"),)

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    dossier: Mapped[str]
    at: Mapped[str]
    written_at: Mapped[str]
    clerk: Mapped[str | None]
    recipient: Mapped[str]
    full_name: Mapped[str | None]
    personal_id: Mapped[str | None]
    note: Mapped[str | None]


class CorrectionRow(Row):
    """A dossier said again after a refusal; `corrects` is the hash of the entry that was refused."""

    __tablename__ = "corrections"
    __table_args__ = (Index("corrections_by_dossier", "dossier"),)

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    dossier: Mapped[str]
    corrects: Mapped[str]
    note: Mapped[str | None]


class ClockConfirmationRow(Row):
    """Somebody vouched for the day a doubtful clock showed."""

    __tablename__ = "clock_confirmations"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    shown: Mapped[str]
    last: Mapped[str | None]
    offset: Mapped[int | None]
    clerk: Mapped[str | None]


class NoticeSeenRow(Row):
    """Somebody here took note of what the province had to tell."""

    __tablename__ = "notices_seen"

    notice: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]
    clerk: Mapped[str | None]


class PaymentRow(Row):
    __tablename__ = "payments"
    __table_args__ = (Index("payments_by_dossier", "dossier"),)

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    dossier: Mapped[str]
    at: Mapped[str]
    clerk: Mapped[str | None]
    total: Mapped[int]
    fees: Mapped[str]


class SlipRow(Row):
    __tablename__ = "slips"
    __table_args__ = (Index("slips_by_dossier", "dossier", "issue"),)

    slip: Mapped[str] = mapped_column(primary_key=True)
    dossier: Mapped[str]
    issue: Mapped[int]
    form: Mapped[str]
    code: Mapped[str]
    clerk: Mapped[str | None]
    at: Mapped[str]
    outcome: Mapped[str | None]


class EpochRow(Row):
    __tablename__ = "epochs"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]
    opened_at: Mapped[str]
    parent: Mapped[str | None]
    met: Mapped[str | None]


class SignInRow(Row):
    __tablename__ = "sign_ins"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    clerk: Mapped[str]
    at: Mapped[str]
    way: Mapped[str]
    left_at: Mapped[str | None]
    left_because: Mapped[str | None]
