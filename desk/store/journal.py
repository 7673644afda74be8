"""The journal in its tables: heads, bodies, salts; read in order, written only at the end."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, select, tuple_

from desk.domain.errors import NotEnrolled
from desk.services.ports.values import EpochReason
from desk.store.epochs import next_epoch
from desk.store.identity import KnownDesk
from desk.store.mirror.dossiers import last_told
from desk.store.prepared import Insert
from desk.store.projections import project
from desk.store.rows import BodyRow, CertificateRow, EpochRow, HeadRow, HeldRow, SaltRow
from sync.protocol import canonical
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import BEGINNING, SALT_BYTES, Body, Entry, Tip, sign_head, write_entry
from sync.protocol.instant import read_instant
from sync.protocol.signing import Signed

# Asked before every deed; as text, for the reason `desk.store.prepared` gives.
_LAST = 'SELECT h.epoch, h.seq, h.hash, c."offset" FROM heads h, contact c ORDER BY h.epoch DESC, h.seq DESC LIMIT 1'
# Coming and going is written at whatever hour the clock shows; were it counted, signing in with a clock that went
# back would be all it takes to work on with it.
_LAST_TIME = (
    "SELECT time FROM heads WHERE kind NOT IN ('clerk_signed_in', 'clerk_signed_out', 'pin_set')"
    " ORDER BY epoch DESC, seq DESC LIMIT 1"
)
_ENTRIES = (
    select(HeadRow.head, BodyRow.body, func.coalesce(BodyRow.salt, SaltRow.salt), HeadRow.signature)
    .outerjoin_from(HeadRow, BodyRow, and_(BodyRow.epoch == HeadRow.epoch, BodyRow.seq == HeadRow.seq))
    .outerjoin(SaltRow, SaltRow.dossier == HeadRow.dossier)
    .order_by(HeadRow.epoch, HeadRow.seq)
)
# CROSS JOIN, so that SQLite begins with the few that are asked for and not with the journal.
_ASKED_FOR = (
    "SELECT h.time, h.dossier FROM wanted w"
    " CROSS JOIN heads h ON h.epoch = w.epoch AND h.seq = w.seq"
    " CROSS JOIN bodies b ON b.epoch = w.epoch AND b.seq = w.seq"
)
_NOT_JUDGED = (
    "SELECT count(*) FROM"
    " (SELECT e.epoch, (SELECT max(h.seq) FROM heads h WHERE h.epoch = e.epoch) AS last FROM epochs e) AS ends"
    " WHERE NOT EXISTS (SELECT 1 FROM verdicts v"
    " WHERE v.epoch = ends.epoch AND v.first <= ends.last AND v.last >= ends.last)"
)
# Word for word the expression of the index `heads_about`, which alone then answers it.
_DOSSIERS = "SELECT count(DISTINCT json_extract(head, '$.dossier')) FROM heads WHERE epoch = :epoch AND seq >= :first"

_HEADS = Insert(HeadRow, HeadRow.epoch, HeadRow.seq, HeadRow.head, HeadRow.hash, HeadRow.signature)
_BODIES = Insert(BodyRow)
_SALTS = Insert(SaltRow)


@dataclass(frozen=True)
class Run:
    """The entries `first` to `last` of an epoch."""

    epoch: int
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class SqlJournal:
    """Reads the journal on whatever connection it is given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_at(self) -> datetime | None:
        last = self._connection.exec_driver_sql(_LAST_TIME).scalar()
        return datetime.fromisoformat(last) if last else None

    def tip(self) -> Tip:
        """Raises NotEnrolled for a store that has neither entry nor certificate."""
        last = self._connection.exec_driver_sql(_LAST).one_or_none()
        return Tip(epoch=last.epoch, seq=last.seq, hash=last.hash) if last else self._first_tip()

    def _first_tip(self) -> Tip:
        epoch = self._connection.execute(select(func.min(CertificateRow.epoch))).scalar()
        if epoch is None:
            raise NotEnrolled
        return Tip(epoch=epoch, seq=0, hash=BEGINNING)

    def about(self, dossier: UUID) -> tuple[Entry, ...]:
        rows = self._connection.execute(_ENTRIES.where(HeadRow.dossier == str(dossier)))
        return tuple(_entry(row) for row in rows)

    def entries(self) -> Iterator[Entry]:
        """Read in strides, so that a long journal neither fills memory nor keeps a cursor open between two of them."""
        after = (0, 0)
        while rows := self._connection.execute(
            _ENTRIES.where(tuple_(HeadRow.epoch, HeadRow.seq) > after).limit(1_000)
        ).all():
            for row in rows:
                entry = _entry(row)
                yield entry
            after = (entry.head.epoch, entry.head.seq)

    def at(self, places: list[tuple[int, int]]) -> tuple[Entry, ...]:
        """The entries at these (epoch, sequence)."""
        rows = self._connection.execute(_ENTRIES.where(tuple_(HeadRow.epoch, HeadRow.seq).in_(places)))
        return tuple(_entry(row) for row in rows)

    def from_place(self, epoch: int, seq: int, limit: int) -> tuple[Entry, ...]:
        """At most `limit` entries of an epoch, from a sequence number on."""
        rows = self._connection.execute(_ENTRIES.where(HeadRow.epoch == epoch, HeadRow.seq >= seq).limit(limit))
        return tuple(_entry(row) for row in rows)

    def first_not_held(self) -> tuple[int, int] | None:
        """The place of the first entry the province does not hold."""
        return next(((run.epoch, run.first) for run in self.runs_not_held()), None)

    def runs_not_held(self) -> Iterator[Run]:
        """By epoch, what the province does not hold: ranges of the primary key, never a walk over the journal."""
        held = self.held()
        for epoch in self._connection.execute(select(EpochRow.epoch).order_by(EpochRow.epoch)).scalars().all():
            last = self._connection.execute(select(func.max(HeadRow.seq)).where(HeadRow.epoch == epoch)).scalar() or 0
            first = held[epoch].seq + 1 if epoch in held else 1
            if first <= last:
                yield Run(epoch, first, last)

    def hash_at(self, epoch: int, seq: int) -> str | None:
        found = select(HeadRow.hash).where(HeadRow.epoch == epoch, HeadRow.seq == seq)
        return self._connection.execute(found).scalar_one_or_none()

    def certificates(self) -> tuple[Signed, ...]:
        rows = self._connection.execute(select(CertificateRow.certificate).order_by(CertificateRow.epoch))
        return tuple(canonical.read(row[0], Signed, what="certificate", limit=64 * 1024) for row in rows)

    def held(self) -> dict[int, Tip]:
        rows = self._connection.execute(select(HeldRow.epoch, HeldRow.seq, HeldRow.hash))
        return {row.epoch: Tip(epoch=row.epoch, seq=row.seq, hash=row.hash) for row in rows}

    def unsent(self) -> tuple[int, int, datetime | None]:
        """Entries, dossiers and the time of the first entry. A journal that is held is not read at all.

        A body the province asks for is on this machine alone, though its head is held.
        """
        runs, asked = list(self.runs_not_held()), self.asked_for()
        starts = [self._time_at(runs[0].epoch, runs[0].first)] if runs else []
        entries = sum(run.length for run in runs) + len(asked)
        dossiers = sum(map(self._dossiers_in, runs)) + len({row.dossier for row in asked if row.dossier})
        return entries, dossiers, min((*starts, *(read_instant(row.time) for row in asked)), default=None)

    def is_judged(self) -> bool:
        return self._connection.exec_driver_sql(_NOT_JUDGED).scalar() == 0

    def asked_for(self) -> Sequence[Any]:
        """Time and dossier of the entries whose bodies the province lacks and this desk has."""
        return self._connection.exec_driver_sql(_ASKED_FOR).all()

    def count_unsent(self) -> int:
        return sum(run.length for run in self.runs_not_held())

    def _time_at(self, epoch: int, seq: int) -> datetime:
        found = select(HeadRow.time).where(HeadRow.epoch == epoch, HeadRow.seq == seq)
        return read_instant(self._connection.execute(found).scalar_one())

    def _dossiers_in(self, run: Run) -> int:
        place = {"epoch": run.epoch, "first": run.first}
        count: int = self._connection.exec_driver_sql(_DOSSIERS, place).scalar_one()
        return count


@dataclass(frozen=True)
class _Pending:
    entry: Entry
    body: Body
    own_salt: bool


class SqlWritableJournal(SqlJournal):
    """Collects the entries of one deed; `write` signs the last and puts them, with all that follows, into tables."""

    def __init__(self, connection: Connection, know: Callable[[], KnownDesk]) -> None:
        super().__init__(connection)
        self._know = know
        self._pending: list[_Pending] = []
        self._new_salts: dict[UUID, bytes] = {}
        self._last_about: dict[UUID, str] = {}
        self._tip: Tip | None = None
        self._offset: int | None = None
        self.begun = False
        """Whether an epoch begins with this deed, and so the desk is known otherwise after it."""

    def tip(self) -> Tip:
        return self._look()

    def append(self, body: Body, *, at: datetime, clerk: str | None, dossier: UUID | None = None) -> None:
        own_salt = dossier is None or isinstance(body, BodiesErased)
        salt = secrets.token_bytes(SALT_BYTES)
        if dossier is not None and not own_salt:
            salt = self._salt_of(body, dossier, new=salt)
        entry = write_entry(
            body,
            desk=self._know().id,
            tip=self._look(),
            time=at,
            offset=self._offset,
            clerk=clerk,
            dossier=dossier,
            after=self._after(body, dossier),
            salt=salt,
        )
        self._pending.append(_Pending(entry, body, own_salt))
        self.begun = self.begun or isinstance(body, EpochOpened)
        self._tip = entry.tip
        if dossier is not None:
            self._last_about[dossier] = entry.hash

    def open_epoch(self, reason: EpochReason, *, at: datetime, software: str, met: Tip | None = None) -> int:
        """Begin an epoch behind the last head, as a deed of its own: what comes before must be signed before."""
        if self._pending:
            raise ValueError("an epoch begins with a deed of its own")
        parent, epoch = self._look(), next_epoch(self._connection)
        self._tip = Tip(epoch=epoch, seq=0, hash=parent.hash)
        body = EpochOpened(reason=reason.value, certificate=None, parent=parent, met=met, software=software)
        self.append(body, at=at, clerk=None)
        return epoch

    def write(self) -> None:
        """One signature vouches for the whole deed: over its last head."""
        if not self._pending:
            return
        signature = sign_head(self._know().key, self._pending[-1].entry.head_text)
        last = len(self._pending) - 1
        heads = [_head_row(one.entry, signature if i == last else None) for i, one in enumerate(self._pending)]
        _HEADS.all(self._connection, heads)
        _BODIES.all(self._connection, [_body_row(one) for one in self._pending])
        if self._new_salts:
            salts = [{"dossier": str(dossier), "salt": salt} for dossier, salt in self._new_salts.items()]
            _SALTS.all(self._connection, salts)
        for one in self._pending:
            project(self._connection, one.entry.head, one.body)
        self._pending.clear()

    def _look(self) -> Tip:
        if self._tip is None:
            last = self._connection.exec_driver_sql(_LAST).one_or_none()
            if last is None:
                self._tip = self._first_tip()
            else:
                self._tip = Tip(epoch=last.epoch, seq=last.seq, hash=last.hash)
                self._offset = last.offset
        return self._tip

    def _salt_of(self, body: Body, dossier: UUID, *, new: bytes) -> bytes:
        """The dossier's; a new one where there is none, be it that the dossier is new or that the law had it erased."""
        if dossier in self._new_salts:
            return self._new_salts[dossier]
        if _may_have_begun(body):
            found = self._connection.execute(select(SaltRow.salt).where(SaltRow.dossier == str(dossier))).scalar()
            if found is not None:
                return bytes(found)
        return self._new_salts.setdefault(dossier, new)

    def _after(self, body: Body, dossier: UUID | None) -> str | None:
        """The last entry about the dossier here; of another desk's dossier, the last the province told of.

        Before an acceptance there is none to look for.
        """
        if dossier is None or not _may_have_begun(body):
            return None
        if dossier in self._last_about:
            return self._last_about[dossier]
        found = select(HeadRow.hash).where(HeadRow.dossier == str(dossier))
        newest = found.order_by(HeadRow.epoch.desc(), HeadRow.seq.desc()).limit(1)
        return self._connection.execute(newest).scalar_one_or_none() or last_told(self._connection, dossier)


def _may_have_begun(body: Body) -> bool:
    """What was recovered from its slip may have been handed over before; no other acceptance has anything before it."""
    return not isinstance(body, DossierAccepted) or body.recovered


def _head_row(entry: Entry, signature: bytes | None) -> dict[str, Any]:
    head = entry.head
    return {
        "epoch": head.epoch,
        "seq": head.seq,
        "head": entry.head_text,
        "hash": entry.hash,
        "signature": signature,
    }


def _body_row(one: _Pending) -> dict[str, Any]:
    head = one.entry.head
    salt = one.entry.salt if one.own_salt else None
    return {"epoch": head.epoch, "seq": head.seq, "body": one.entry.body_text, "salt": salt}


def _entry(row: Any) -> Entry:
    """An erased entry has neither body nor salt, also where a later entry of its dossier has a new salt."""
    head, body, salt, signature = row
    return Entry(head, body, bytes(salt) if body is not None and salt is not None else None, signature)
