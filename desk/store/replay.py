"""Proof that tables say nothing the journal and the feed do not: both are told again into an empty store and compared.

The second store is a file of its own with a key nobody keeps, deleted afterwards; memory holds a row at a time.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Row, Select, select, text

from desk.domain.errors import StoreDamaged
from desk.services.ports.values import Difference
from desk.store.connections import KEY_BYTES, writing_engine
from desk.store.identity import read_identity
from desk.store.journal import SqlJournal
from desk.store.mirror import mirror_item
from desk.store.mirror.reader import Reader
from desk.store.projections import project
from desk.store.rows import (
    ClockConfirmationRow,
    CorrectionRow,
    DossierRow,
    EpochRow,
    FeedRow,
    HandOverRow,
    IncarnationRow,
    NoticeRow,
    NoticeSeenRow,
    NumberedRow,
    NumberRow,
    PaymentRow,
    SearchableRow,
    SiblingRow,
    SignInRow,
    SlipRow,
    StatusRow,
    VerdictRow,
)
from desk.store.rows.carriers import AttachmentRow
from desk.store.upgrade import upgrade
from sync.protocol.entries import read_body
from sync.protocol.feed import FeedItem, read_item
from sync.protocol.problems import Problem

_UNGUARDED = ("heads_follow", "bodies_once", "erasures_are_proven", "searchable_come", "searchable_change")


@dataclass(frozen=True)
class _Table:
    """Rows to compare; the first column is the key they are told apart by, and ordered by as text."""

    name: str
    rows: Select[Any]
    mirror: bool = False


def _place(table: Any) -> Any:
    return text(f"printf('%05d/%016d', {table}.epoch, {table}.seq) AS place")


def _but_id(table: Any) -> list[Any]:
    return [column for column in table.__table__.columns if column.name not in {"id", "dossier"}]


_TABLES = (
    _Table("dossiers", select(DossierRow.dossier, *_but_id(DossierRow)).order_by(DossierRow.dossier)),
    _Table("payments", select(_place("payments"), PaymentRow.__table__).order_by(text("place"))),
    _Table("attachments", select(AttachmentRow.__table__).order_by(AttachmentRow.attachment)),
    _Table("slips", select(SlipRow.__table__).order_by(SlipRow.slip)),
    _Table("epochs", select(text("printf('%05d', epochs.epoch) AS place"), EpochRow.__table__).order_by(text("place"))),
    _Table("sign_ins", select(_place("sign_ins"), SignInRow.__table__).order_by(text("place"))),
    _Table("hand_overs", select(_place("hand_overs"), HandOverRow.__table__).order_by(text("place"))),
    _Table("corrections", select(_place("corrections"), CorrectionRow.__table__).order_by(text("place"))),
    _Table(
        "clock_confirmations",
        select(_place("clock_confirmations"), ClockConfirmationRow.__table__).order_by(text("place")),
    ),
    _Table("notices_seen", select(NoticeSeenRow.__table__).order_by(NoticeSeenRow.notice)),
    _Table("notices", select(NoticeRow.__table__).order_by(NoticeRow.id), mirror=True),
    _Table(
        "searchable",
        select(DossierRow.dossier, SearchableRow.mine, SearchableRow.words)
        .join(SearchableRow, SearchableRow.id == DossierRow.id)
        .order_by(DossierRow.dossier),
    ),
    _Table(
        "numbers",
        select((DossierRow.dossier + "/" + NumberRow.reversed).label("key"), DossierRow.dossier)
        .join(NumberRow, NumberRow.id == DossierRow.id)
        .order_by(text("key")),
    ),
    _Table("siblings", select(SiblingRow.dossier, *_but_id(SiblingRow)).order_by(SiblingRow.dossier), mirror=True),
    _Table("statuses", select(StatusRow.__table__).order_by(StatusRow.dossier), mirror=True),
    _Table("numbered", select(NumberedRow.__table__).order_by(NumberedRow.dossier), mirror=True),
    _Table("verdicts", select(VerdictRow.__table__).order_by(VerdictRow.key), mirror=True),
)


def differences(connection: Connection, journal: SqlJournal) -> Iterator[Difference]:
    """Every row that is not what journal and feed make of it."""
    with _empty_store(_folder_of(connection)) as told:
        yield from _tell_journal(told, journal)
        yield from _tell_feed(told, connection)
        erased = _erased(connection)
        for table in _TABLES:
            yield from _compare(table, connection, told, erased)


def _tell_journal(told: Connection, journal: SqlJournal) -> Iterator[Difference]:
    for entry in journal.entries():
        if journal.hash_at(entry.head.epoch, entry.head.seq) != entry.hash:
            yield Difference("heads", f"{entry.head.epoch}/{entry.head.seq}")
        try:
            body = read_body(entry)
        except Problem:
            yield Difference("bodies", f"{entry.head.epoch}/{entry.head.seq}")
            continue
        if body is not None:
            project(told, entry.head, body)


def _tell_feed(told: Connection, connection: Connection) -> Iterator[Difference]:
    desk, hash_at = read_identity(connection).id, SqlJournal(connection).hash_at
    ages = {row.incarnation: row.nth for row in connection.execute(select(IncarnationRow.__table__))}
    # Dossiers first: a number is put into the search of a dossier that is there. Order of keys otherwise means nothing.
    rows = connection.execute(select(FeedRow.__table__).order_by(FeedRow.kind, FeedRow.key))
    for row in rows:
        item = FeedItem(n=row.n, kind=row.kind, kind_version=row.kind_version, key=row.key, data=row.data)
        try:
            reader = Reader(desk, hash_at, row.incarnation, ages[row.incarnation])
            mirror_item(told, item, None if row.deleted else read_item(item), reader)
        except Problem:
            yield Difference("feed", f"{row.kind}/{row.key}", mirror=True)


def _compare(table: _Table, real: Connection, told: Connection, erased: frozenset[str]) -> Iterator[Difference]:
    both = merge(_keyed(real, table, "real"), _keyed(told, table, "told"), key=itemgetter(0))
    for key, group in groupby(both, key=itemgetter(0)):
        found = {side: row for _, side, row in group}
        if found.get("real") != found.get("told") and not _excused(found, erased):
            yield Difference(table.name, key, mirror=table.mirror)


def _keyed(connection: Connection, table: _Table, side: str) -> Iterator[tuple[str, str, Row[Any]]]:
    for row in connection.execute(table.rows):
        yield str(row[0]), side, row


def _excused(found: dict[str, Row[Any]], erased: frozenset[str]) -> bool:
    """Of an erased dossier the figures stay, which nothing can tell again; a person that stayed would be no excuse."""
    real = found.get("real")
    if real is None or "told" in found:
        return False
    values = real._mapping
    of_person = ("full_name", "applicant", "owner", "personal_id", "note", "words")
    person_gone = all(not values.get(column) for column in of_person)
    return values.get("dossier") in erased and person_gone


def _erased(connection: Connection) -> frozenset[str]:
    proven = text(
        "SELECT DISTINCT h.dossier FROM erasures e JOIN heads h ON h.epoch = e.epoch AND h.seq = e.seq"
        " WHERE h.kind = 'dossier_accepted'"
    )
    return frozenset(connection.execute(proven).scalars())


@contextmanager
def _empty_store(folder: Path) -> Iterator[Connection]:
    """A store of this version that keeps rows and guards nothing."""
    with TemporaryDirectory(dir=folder, prefix="verify-") as place:
        engine = writing_engine(Path(place) / "told.db", secrets.token_bytes(KEY_BYTES), create=True)
        connection = engine.connect()
        try:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
            connection.exec_driver_sql("BEGIN")
            upgrade(connection)
            for trigger in _UNGUARDED:
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
            yield connection
        finally:
            connection.rollback()
            connection.close()
            engine.dispose()


def _folder_of(connection: Connection) -> Path:
    for row in connection.exec_driver_sql("PRAGMA database_list"):
        if row[1] == "main":
            return Path(row[2]).parent
    raise StoreDamaged("file")
