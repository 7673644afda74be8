"""The province's tables. Rows stay in this package; what crosses its border are the protocol's frozen values.

Instants a desk said are kept as it said them (24 characters, sortable); the province's own are real ones.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from sync.protocol.signing import Signed
from sync.province.columns import Row

_BODILESS = text("body IS NULL")
_PLACE = ("desk", "epoch", "line", "seq")


class ProvinceRow(Row):
    """One row: who this province is. A restored province takes a new incarnation."""

    __tablename__ = "province"

    id: Mapped[int] = mapped_column(primary_key=True)
    schema: Mapped[int]
    province: Mapped[str]
    name: Mapped[str]
    incarnation: Mapped[str]
    founded_at: Mapped[datetime]
    restored: Mapped[int]
    """How often this database came back from a backup."""
    policy: Mapped[str]


class CounterRow(Row):
    """A number that only grows. The one of the feed is locked by every transaction that tells something."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class KeyRow(Row):
    """The province's keys, the newest in force, the older ones kept to read what was sealed to them."""

    __tablename__ = "keys"

    serial: Mapped[int] = mapped_column(primary_key=True)
    root: Mapped[str]
    certificate: Mapped[Signed]
    key: Mapped[bytes]
    seal: Mapped[bytes]
    seal_public: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class AskedKeyRow(Row):
    """New keys that wait for the root to certify them."""

    __tablename__ = "asked_keys"

    serial: Mapped[int] = mapped_column(primary_key=True)
    public: Mapped[str]
    key: Mapped[bytes]
    seal: Mapped[bytes]


class AgencyRow(Row):
    """An agency that receives or resolves."""

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[str]


class StaffRow(Row):
    """Somebody who works at a desk; `data` is the feed's shape."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(index=True)
    data: Mapped[str]


class DocumentRow(Row):
    """A published catalogue or calendar, opaque but for what judging needs."""

    __tablename__ = "documents"

    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    statement: Mapped[Signed]
    published_at: Mapped[datetime]


class ProcedureRow(Row):
    """A procedure of a catalogue and the days it can be asked for; open ends are None."""

    __tablename__ = "procedures"

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue: Mapped[str] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(index=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class CodeRow(Row):
    """A one-time enrolment code, known only by the SHA-256 of its secret."""

    __tablename__ = "enrolment_codes"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str]
    supervisor: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    desk: Mapped[UUID | None]
    key: Mapped[str | None]
    taken_in: Mapped[int | None]
    """How many desks it took in; all but the last were never heard of again."""


class DeskRow(Row):
    """An enrolled computer. Its row is the lock that holding takes."""

    __tablename__ = "desks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(index=True)
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_contact: Mapped[datetime | None]
    software: Mapped[str]
    unsent: Mapped[int]


class CertificateRow(Row):
    """What a desk is known by in one epoch. Its number is never given to anybody else."""

    __tablename__ = "certificates"
    __table_args__ = (ForeignKeyConstraint(["desk"], ["desks.id"]),)

    desk: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    opening: Mapped[str | None]
    """How the hash of the epoch's first head begins, where that was known: the number is for no other's."""
    key: Mapped[str] = mapped_column(index=True)
    seal: Mapped[str]
    not_after: Mapped[datetime]
    statement: Mapped[Signed]
    issued_at: Mapped[datetime | None]
    """When its number was given; unknown of those a program of the first version gave."""


class EpochRow(Row):
    """One line of a desk's epoch: how far it is held (`seq`, `hash`), and how far it is judged.

    Line 0 is the one held first. Where two machines went on with one journal, another line begins at the head that
    has two successors; up to there it is the line it left.
    """

    __tablename__ = "epochs"
    __table_args__ = (ForeignKeyConstraint(["desk"], ["desks.id"]),)

    desk: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str]
    judged: Mapped[int]
    first: Mapped[str]
    """The hash of the first entry that is this line's own."""
    root: Mapped[str]
    """The hash of the epoch's first entry, as this line has it: a desk number belongs to that."""
    fork_line: Mapped[int | None]
    """The line it left; None where it began the epoch."""
    fork_seq: Mapped[int]
    """The last entry it shares with the line it left; 0 where it began the epoch."""
    opened_at: Mapped[str | None]
    """By the desk's clock, where this line began the epoch."""
    reason: Mapped[str | None]
    """Why the epoch was opened."""
    parent_epoch: Mapped[int | None]
    parent_seq: Mapped[int | None]
    parent_hash: Mapped[str | None]


class EntryRow(Row):
    """An entry as it was held, in the very texts that were hashed."""

    __tablename__ = "entries"
    __table_args__ = (
        ForeignKeyConstraint(["desk", "epoch", "line"], ["epochs.desk", "epochs.epoch", "epochs.line"]),
        Index("ix_entries_wanted", "desk", sqlite_where=_BODILESS, postgresql_where=_BODILESS),
    )

    desk: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    dossier: Mapped[UUID | None] = mapped_column(index=True)
    head: Mapped[str]
    body: Mapped[str | None]
    salt: Mapped[bytes | None]
    signature: Mapped[bytes | None]
    erased: Mapped[bool]
    """The desk says that the law had it erased: a missing body is not asked for."""
    held_at: Mapped[datetime]


class VerdictRow(Row):
    """The judgement of a run of entries. Runs of one line never overlap and leave nothing judged out."""

    __tablename__ = "verdicts"

    desk: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
    end: Mapped[str]
    """The hash of entry `last`."""
    verdict: Mapped[str]
    entry: Mapped[str | None]
    dossier: Mapped[UUID | None]
    field: Mapped[str | None]
    reason_vi: Mapped[str | None]
    reason_en: Mapped[str | None]


class WaitingRow(Row):
    """An entry that cannot be judged yet: its cause is not held, its body has not come, or its kind is not known.

    `cause` is what it waits for, where that has a name: an entry's hash, or `dossier` and the id of one.
    """

    __tablename__ = "waiting"

    entry: Mapped[str] = mapped_column(primary_key=True)
    desk: Mapped[UUID] = mapped_column(index=True)
    cause: Mapped[str | None] = mapped_column(index=True)
    for_body: Mapped[bool]
    """Its body had not come when it was last judged."""
    since: Mapped[datetime]


class DossierRow(Row):
    """A dossier, projected from its acceptance; the words themselves stay in the entry."""

    __tablename__ = "dossiers"
    __table_args__ = (ForeignKeyConstraint(_PLACE, [f"entries.{name}" for name in _PLACE]),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    desk: Mapped[UUID]
    epoch: Mapped[int]
    line: Mapped[int]
    seq: Mapped[int]
    code: Mapped[str] = mapped_column(index=True)
    """As the slip says it."""
    official: Mapped[str | None] = mapped_column(unique=True)
    """The province's own code for a dossier that had a provisional one."""
    provisional: Mapped[bool]
    recovered: Mapped[bool]
    procedure: Mapped[str]
    receiving_agency: Mapped[str]
    resolving_agency: Mapped[str]
    received_at: Mapped[str] = mapped_column(index=True)
    due_at: Mapped[str | None]
    last: Mapped[str | None]
    """The hash of the newest entry about it that was judged."""
    status: Mapped[int]
    voided: Mapped[bool]


class ClaimRow(Row):
    """A dossier code and the one dossier that has it; the unique key is what makes it so."""

    __tablename__ = "claims"

    code: Mapped[str] = mapped_column(primary_key=True)
    dossier: Mapped[UUID] = mapped_column(index=True)


class PaymentRow(Row):
    """Money that changed hands, in đồng; named by its entry."""

    __tablename__ = "payments"

    entry: Mapped[str] = mapped_column(primary_key=True)
    dossier: Mapped[UUID | None] = mapped_column(index=True)
    total: Mapped[int]


class SlipRow(Row):
    """A slip that was made, and what the clerk said came out."""

    __tablename__ = "slips"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    dossier: Mapped[UUID | None] = mapped_column(index=True)
    issue: Mapped[int]
    code: Mapped[str]
    outcome: Mapped[str | None]


class HandOverRow(Row):
    """A result that left the office; named by its entry, for it may have left more than once."""

    __tablename__ = "hand_overs"

    entry: Mapped[str] = mapped_column(primary_key=True)
    dossier: Mapped[UUID | None] = mapped_column(index=True)
    at: Mapped[str]


class AttachmentRow(Row):
    """A file laid to a dossier; its key is in the entry's body. `held` once the file is here and is the right one."""

    __tablename__ = "attachments"

    attachment: Mapped[UUID] = mapped_column(primary_key=True)
    dossier: Mapped[UUID | None] = mapped_column(index=True)
    entry: Mapped[str]
    blob: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    sealed_size: Mapped[int]
    """In bytes."""
    held: Mapped[bool]


class NoticeRow(Row):
    """Something a person of an agency has to see to."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    matter: Mapped[str]
    desk: Mapped[UUID | None]
    dossier: Mapped[UUID | None]
    at: Mapped[datetime]
    text_vi: Mapped[str]
    text_en: Mapped[str]
    seen: Mapped[bool]


class FeedRow(Row):
    """The newest word on one thing. Telling it anew moves the row to a new `n`, so the feed is always compact."""

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("scope", "kind", "key"), Index("ix_feed_scope_n", "scope", "n"))

    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(unique=True)
    scope: Mapped[str]
    """The agency whose desks hear it, or `*` for all."""
    kind: Mapped[str]
    kind_version: Mapped[int]
    key: Mapped[str]
    data: Mapped[str | None]
    dossier: Mapped[UUID | None] = mapped_column(index=True)
    desk: Mapped[UUID | None]
    """For dossiers and verdicts: the desk, and below the entry, it comes from."""
    epoch: Mapped[int | None]
    line: Mapped[int | None]
    seq: Mapped[int | None]
