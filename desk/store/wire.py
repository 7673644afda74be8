"""The journal as sync sees it, and the answers of the province written down in slices."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from desk.services.ports.values import EpochReason
from desk.settings import SOFTWARE
from desk.store.identity import KnownDesk, known_addresses, learn_address, learn_province
from desk.store.journal import SqlJournal
from desk.store.mirror import take_item
from desk.store.mirror.reader import Reader, age_of
from desk.store.rows import CertificateRow, ContactRow, EpochRow, FeedRow, HeldRow, WantedRow
from desk.store.rows.carriers import ExportRow
from desk.store.store import Store
from desk.store.work import SqlWork
from sync.ports import Bookmark, Identity, Settlement
from sync.protocol import canonical
from sync.protocol.certificates import DESK, PROVINCE, DeskCertificate, ProvinceCertificate
from sync.protocol.entry import Entry, Tip
from sync.protocol.feed import Address, FeedItem, read_item
from sync.protocol.instant import write_instant
from sync.protocol.signing import STATEMENT_LIMIT, Signed

SLICE = 0.008
"""Seconds of writing before sync lets go of its turn; with the commit it stays well under 20 ms."""

ANSWERS_MAY_TAKE = timedelta(days=400)
"""Until a parcel that left on a stick is forgotten; an answer that comes still later is no answer to us."""

_STRIDE = 200


class WireJournal:
    """Implements `sync.ports.JournalPort` on a store that is open for writing."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def identity(self) -> Identity:
        """Raises NotEnrolled."""
        desk = self._known()
        return Identity(
            desk=desk.id,
            certificate=desk.certificate,
            key=desk.key,
            seal=desk.seal,
            province=desk.facts.province,
            root=desk.facts.root,
            url=desk.facts.url,
        )

    def addresses(self) -> tuple[str, ...]:
        with self._reading() as (connection, _):
            return known_addresses(connection)

    def tip(self) -> Tip:
        with self._store.open_reading() as memory:
            return memory.journal.tip()

    def unsent(self) -> int:
        with self._store.open_reading() as memory:
            return memory.journal.count_unsent()

    def bookmarks(self) -> Bookmark:
        with self._reading() as (connection, _):
            return _bookmark(connection)

    def waiting(self, limit_entries: int, limit_bytes: int) -> tuple[Entry, ...]:
        """Whole deeds from the first entry that is not held; more than the limits only where one deed alone is.

        The first deed of a later epoch goes alone and before what is older: its answer brings the new number.
        """
        with self._reading() as (_, journal):
            runs = list(journal.runs_not_held())
            if len(runs) > 1 and runs[-1].first == 1:
                return _whole_deeds(journal, runs[-1].epoch, 1, 1, limit_bytes)
            return _whole_deeds(journal, runs[0].epoch, runs[0].first, limit_entries, limit_bytes) if runs else ()

    def batches(self, limit_entries: int, limit_bytes: int) -> Iterator[tuple[Entry, ...]]:
        """Each in a look of its own: a slow stick must not keep the log from being folded into the store."""
        with self._reading() as (_, journal):
            runs = list(journal.runs_not_held())
        for run in runs:
            place = run.first
            while place <= run.last:
                with self._reading() as (_, journal):
                    batch = _whole_deeds(journal, run.epoch, place, limit_entries, limit_bytes)
                if not batch:
                    break
                yield batch
                place = batch[-1].head.seq + 1

    def asked_for(self) -> tuple[Tip, ...]:
        with self._reading() as (connection, journal):
            places = [(row.epoch, row.seq) for row in connection.execute(select(WantedRow.__table__))]
            return tuple(entry.tip for entry in journal.at(places)) if places else ()

    def remember_export(self, parcel: UUID, bookmark: Bookmark) -> None:
        incarnation, cursor = bookmark
        now = self._clock()
        row = {"parcel": str(parcel), "incarnation": incarnation, "cursor": cursor, "left_at": write_instant(now)}
        with self._store.turns.sync(), self._store.writing() as connection:
            connection.execute(delete(ExportRow).where(ExportRow.left_at < write_instant(now - ANSWERS_MAY_TAKE)))
            connection.execute(insert(ExportRow).prefix_with("OR IGNORE"), row)
            connection.commit()

    def export_bookmark(self, parcel: UUID) -> Bookmark | None:
        with self._reading() as (connection, _):
            left = select(ExportRow.incarnation, ExportRow.cursor).where(ExportRow.parcel == str(parcel))
            row = connection.execute(left).one_or_none()
            return (row.incarnation, row.cursor) if row else None

    def bodies(self, tips: Sequence[Tip]) -> tuple[Entry, ...]:
        with self._reading() as (_, journal):
            wanted = {(tip.epoch, tip.seq): tip.hash for tip in tips}
            entries = journal.at(list(wanted))
        there = (entry for entry in entries if wanted[entry.head.epoch, entry.head.seq] == entry.hash)
        return tuple(entry for entry in there if entry.body_text is not None)

    def hash_at(self, epoch: int, seq: int) -> str | None:
        with self._reading() as (_, journal):
            return journal.hash_at(epoch, seq)

    def fork_met(self, foreign: tuple[Tip, ...]) -> None:
        if not self._is_news(foreign):
            return
        now = self._clock()
        with self._store.turns.sync(), self._store.writing() as connection:
            work = SqlWork(connection, self._store.remembered)
            work.epochs.remember_foreign(foreign, now)
            epoch = work.identity.desk().epoch
            met = max((tip for tip in foreign if tip.epoch == epoch), key=lambda tip: tip.seq, default=None)
            if met is not None:
                work.journal.open_epoch(EpochReason.FORKED, at=now, software=SOFTWARE, met=met)
            work.commit()

    def _is_news(self, foreign: tuple[Tip, ...]) -> bool:
        with self._store.open_reading() as memory:
            return not set(foreign) <= {line.tip for line in memory.epochs.foreign_lines()}

    def learn_province(self, signed: Signed) -> None:
        with self._store.turns.sync(), self._store.writing() as connection:
            learn_province(connection, signed)
            connection.commit()
            self._store.remembered.forget_desk()

    def settle(self, settlement: Settlement) -> None:
        """First what the feed says, slice by slice; the cursor moves with the last of it, and what is held with that.

        A cut in between leaves items that will be read again and change nothing.
        """
        with self._reading() as (_, journal):
            foreign = tuple(tip for tip in settlement.held if not _is_ours(journal, tip))
        self.fork_met(foreign)
        province = _province(settlement.province)
        left = list(settlement.items) if self._speaks_of_now(settlement) else []
        while True:
            before = left
            with self._store.turns.sync(), self._store.writing() as connection:
                left = self._take_slice(connection, left, settlement.incarnation, province)
                if not left:
                    self._close(connection, settlement)
                connection.commit()
                if not left:
                    self._store.remembered.forget_desk()
            self._store.remembered.parsed.forget(item.kind for item in before)
            if not left:
                return

    def _take_slice(
        self, connection: Connection, items: list[FeedItem], incarnation: str, province: ProvinceCertificate
    ) -> list[FeedItem]:
        """Take items until the time is up or somebody at the counter waits; what is left."""
        if not items:
            return []
        desk = self._store.remembered.desk(connection).id
        reader = Reader(desk, SqlJournal(connection).hash_at, incarnation, age_of(connection, incarnation))
        end = monotonic() + SLICE
        for taken, item in enumerate(items):
            if taken and (self._store.turns.counter_waits or monotonic() > end):
                return items[taken:]
            take_item(connection, item, reader, province)
            _follow(connection, item)
        return []

    def _speaks_of_now(self, settlement: Settlement) -> bool:
        """Not where it was overtaken by word of another incarnation."""
        with self._reading() as (connection, _):
            current, _ = _bookmark(connection)
            return settlement.incarnation == current or not _is_late(connection, settlement)

    def _close(self, connection: Connection, settlement: Settlement) -> None:
        held = _held_of_ours(connection, settlement)
        if _continues(connection, settlement):
            marks = {"incarnation": settlement.incarnation, "cursor": settlement.cursor}
            connection.execute(update(ContactRow).values(**marks))
        if not _is_late(connection, settlement):
            self._note_held(connection, settlement, held)

    def _note_held(self, connection: Connection, settlement: Settlement, held: list[Tip]) -> None:
        journal = SqlJournal(connection)
        connection.execute(delete(HeldRow))
        _insert_all(connection, HeldRow, [_place(tip) | {"hash": tip.hash} for tip in held])
        connection.execute(delete(WantedRow))
        _insert_all(connection, WantedRow, [_place(tip) for tip in settlement.wanted if _is_ours(journal, tip)])
        connection.execute(update(ContactRow).values(province_time=settlement.time))
        if not settlement.travelled:
            heard = {"offset": settlement.offset, "heard_at": write_instant(self._clock())}
            connection.execute(update(ContactRow).values(**heard))
        learn_province(connection, settlement.province)
        if settlement.desk is not None:
            _take_certificate(connection, settlement.desk)

    def _known(self) -> KnownDesk:
        with self._store.open_reading() as memory:
            return memory.known_desk()

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, SqlJournal]]:
        with self._store.open_reading() as memory:
            yield memory.connection, memory.journal


def _whole_deeds(journal: SqlJournal, epoch: int, seq: int, limit_entries: int, limit_bytes: int) -> tuple[Entry, ...]:
    taken: list[Entry] = []
    end, size = 0, 0
    while True:
        entries = journal.from_place(epoch, seq + len(taken), _STRIDE)
        for entry in entries:
            taken.append(entry)
            size += len(entry.head_text.encode()) + len((entry.body_text or "").encode())
            full = len(taken) > limit_entries or size > limit_bytes
            if end and full:
                return tuple(taken[:end])
            if entry.signature is not None:
                end = len(taken)
            if full and end:
                return tuple(taken[:end])
        if not entries:
            return tuple(taken[:end])


def _held_of_ours(connection: Connection, settlement: Settlement) -> list[Tip]:
    """Per epoch the furthest head that is held and ours.

    Where a line of another machine is named in an epoch, ours may be a beginning of it that is not named again: what
    this very incarnation held before, it still holds.
    """
    journal, highest = SqlJournal(connection), dict[int, Tip]()
    forked = {tip.epoch for tip in settlement.held if not _is_ours(journal, tip)}
    same = _bookmark(connection)[0] == settlement.incarnation
    known = [tip for epoch, tip in journal.held().items() if same and epoch in forked]
    for tip in sorted((*known, *(tip for tip in settlement.held if _is_ours(journal, tip))), key=lambda tip: tip.seq):
        highest[tip.epoch] = tip
    return list(highest.values())


def _is_ours(journal: SqlJournal, tip: Tip) -> bool:
    """An epoch that is only begun is nobody's line yet."""
    return tip.seq == 0 or journal.hash_at(tip.epoch, tip.seq) == tip.hash


def _follow(connection: Connection, item: FeedItem) -> None:
    """The province moves: it is asked there from now on. The item was taken before, or it would say nothing."""
    if item.kind != "address" or item.deleted:
        return
    kept = select(FeedRow.data).where(FeedRow.kind == item.kind, FeedRow.key == item.key, FeedRow.n == item.n)
    if connection.execute(kept).scalar_one_or_none() == item.data:
        told = read_item(item)
        if isinstance(told, Address):
            learn_address(connection, told.url)


def _take_certificate(connection: Connection, signed: Signed) -> None:
    """The certificate of an epoch of this journal, new or renewed. Of another line's epoch it is none of ours."""
    certificate = canonical.read(signed.payload, DeskCertificate, what=DESK, limit=STATEMENT_LIMIT)
    if connection.execute(select(EpochRow.epoch).where(EpochRow.epoch == certificate.epoch)).first():
        values = {"certificate": canonical.write(signed)}
        take = upsert(CertificateRow).values(epoch=certificate.epoch, **values)
        connection.execute(take.on_conflict_do_update([CertificateRow.epoch], set_=values))


def _province(signed: Signed) -> ProvinceCertificate:
    return canonical.read(signed.payload, ProvinceCertificate, what=PROVINCE, limit=STATEMENT_LIMIT)


def _insert_all(connection: Connection, table: type[HeldRow | WantedRow], rows: list[dict[str, int | str]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _place(tip: Tip) -> dict[str, int | str]:
    return {"epoch": tip.epoch, "seq": tip.seq}


def _bookmark(connection: Connection) -> Bookmark:
    row = connection.execute(select(ContactRow.incarnation, ContactRow.cursor)).one()
    return row.incarnation, row.cursor


def _is_late(connection: Connection, settlement: Settlement) -> bool:
    """Whether a later word was heard while this one was on its way. What is heard at once never is, though the
    province's clock be set back."""
    last = connection.execute(select(ContactRow.province_time)).scalar()
    return settlement.travelled and last is not None and settlement.time <= last


def _continues(connection: Connection, settlement: Settlement) -> bool:
    """Whether nothing was left out between what was read and this page of the feed."""
    current = _bookmark(connection)
    overtaken = _is_late(connection, settlement) and settlement.incarnation != current[0]
    return not settlement.travelled or (settlement.asked == current and not overtaken)
