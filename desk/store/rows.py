"""The tables, typed. Instants are kept as entries write them: UTC text that sorts (`sync.protocol.instant`).

Three kinds of table live apart:
journal   what happened; append-only, held by triggers
own       what follows from the journal; only projections write here, and `verify` can make it anew
mirror    the province's feed, verbatim, and what follows from it
The few that remain (identity, counters, pins, drafts, prints …) belong to this desk alone and tell nobody anything.
"""

from sqlalchemy import ForeignKeyConstraint, LargeBinary, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import Computed, Index


class Row(DeclarativeBase):
    type_annotation_map = {str: Text(), bytes: LargeBinary()}
    metadata = MetaData()


def _of_entry(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["epoch", "seq"], ["heads.epoch", "heads.seq"], name=f"{table}_of_head")


# --- journal --------------------------------------------------------------------------------------


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


# --- own ------------------------------------------------------------------------------------------


class DossierRow(Row):
    """`id` orders by time of receipt, shared with `searchable`; the columns of the person are null once erased."""

    __tablename__ = "dossiers"
    __table_args__ = (Index("dossiers_by_due", "due_at"),)

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


class SignInRow(Row):
    __tablename__ = "sign_ins"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    clerk: Mapped[str]
    at: Mapped[str]
    way: Mapped[str]
    left_at: Mapped[str | None]
    left_because: Mapped[str | None]


# --- search, over own dossiers and siblings' ------------------------------------------------------


class SearchableRow(Row):
    """`words` are the name's words, as written and folded; triggers keep full text and vocabulary in step.

    `id` is the second of receipt and a tie-breaker (`desk.store.search`), so the newest come first without a sort.
    """

    __tablename__ = "searchable"

    id: Mapped[int] = mapped_column(primary_key=True)
    mine: Mapped[bool]
    words: Mapped[str]


class NumberRow(Row):
    """Digits of identity, telephone and code, turned round: the last ones are what people know."""

    __tablename__ = "numbers"
    __table_args__ = (Index("numbers_by_id", "id"),)

    reversed: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True)


class VocabularyRow(Row):
    """Every word of every name once: the beginning of a word is looked up here, not in the full text."""

    __tablename__ = "vocabulary"

    word: Mapped[str] = mapped_column(primary_key=True)


# --- mirror ---------------------------------------------------------------------------------------


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
    """The judgement of the entries `first` to `last` of an epoch of this desk."""

    __tablename__ = "verdicts"
    __table_args__ = (
        Index("verdicts_by_word", "verdict", "epoch", "first"),
        Index("verdicts_by_dossier", "dossier"),
        Index("verdicts_by_n", "epoch", "n"),
    )

    epoch: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
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

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(index=True)
    voided: Mapped[bool]
    said: Mapped[str]


# --- this desk alone ------------------------------------------------------------------------------


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
