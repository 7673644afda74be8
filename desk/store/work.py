"""One deed, or one look, on one connection."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from desk.services.ports.values import ClockConfirmation, Difference, SetAside
from desk.store.attachments import SqlAttachments
from desk.store.buddy import SqlBuddy
from desk.store.dossiers import SqlDossiers
from desk.store.drafts import SqlDrafts
from desk.store.epochs import SqlEpochs, SqlWritableEpochs
from desk.store.identity import KnownDesk, SqlIdentity, read_identity
from desk.store.journal import SqlJournal, SqlWritableJournal
from desk.store.notices import SqlNotices
from desk.store.people import SqlPeople
from desk.store.reference import Parsed, SqlReference
from desk.store.reserve import Reserve
from desk.store.rows import ContactRow, ErasureRow, RefusedItemRow
from desk.store.slips import SqlSlips
from sync.protocol.instant import read_instant

# Written out, because SQLAlchemy compiles an upsert anew every time, and this one lies on the way of every dossier.
_NEXT = (
    "INSERT INTO counters (epoch, series, n) VALUES (:epoch, :series, 1)"
    " ON CONFLICT (epoch, series) DO UPDATE SET n = n + 1 RETURNING n"
)
# The clock is looked at before every deed; as text, for the reason `desk.store.prepared` gives.
_OFFSET = 'SELECT "offset" FROM contact'
_CONFIRMED = (
    'SELECT c.shown, c."offset", coalesce(h.seq >= c.seq, 0) FROM clock_confirmations c'
    " LEFT JOIN held h ON h.epoch = c.epoch ORDER BY c.epoch DESC, c.seq DESC LIMIT 1"
)


class RememberedDesk:
    """The identity, read when it is first asked for. A work and a look keep the one of when they began."""

    def __init__(self) -> None:
        self._desk: KnownDesk | None = None

    def __call__(self, connection: Connection) -> KnownDesk:
        """Raises NotEnrolled."""
        if self._desk is None:
            self._desk = read_identity(connection)
        return self._desk


class Remembered:
    """What a store keeps in its head between works: the identity, and parsed documents."""

    def __init__(self) -> None:
        self.parsed = Parsed()
        self.desk = RememberedDesk()

    def forget_desk(self) -> None:
        """It changed, or was read inside a work that was then undone.

        Said before the turn to write is given away: no deed may number a dossier by an epoch that is over. What a look
        at the former state reads late goes into a memory nobody asks any more.
        """
        self.desk = RememberedDesk()


class SqlContact:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_heard_at(self) -> datetime | None:
        heard = self._connection.execute(select(ContactRow.heard_at)).scalar()
        return read_instant(heard) if heard else None

    def offset(self) -> timedelta | None:
        return _offset(self._connection.exec_driver_sql(_OFFSET).scalar())

    def clock_confirmed(self) -> ClockConfirmation | None:
        row = self._connection.exec_driver_sql(_CONFIRMED).one_or_none()
        return ClockConfirmation(read_instant(row[0]), _offset(row[1]), bool(row[2])) if row else None

    def set_aside(self) -> tuple[SetAside, ...]:
        refused = select(RefusedItemRow.kind, RefusedItemRow.key, RefusedItemRow.reason)
        rows = self._connection.execute(refused.order_by(RefusedItemRow.n).limit(100))
        return tuple(SetAside(row.kind, row.key, row.reason) for row in rows)


class _Memory:
    """The parts that a work and a reading have in common."""

    def __init__(self, connection: Connection, remembered: Remembered) -> None:
        self._connection = connection
        self._desk = remembered.desk
        self.dossiers = SqlDossiers(connection)
        self.slips = SqlSlips(connection)
        self.attachments = SqlAttachments(connection)
        self.buddy = SqlBuddy(connection)
        self.people = SqlPeople(connection)
        self.drafts = SqlDrafts(connection)
        self.reference = SqlReference(connection, remembered.parsed)
        self.contact = SqlContact(connection)
        self.notices = SqlNotices(connection)
        self.identity = SqlIdentity(connection, remembered.desk)


class SqlReading(_Memory):
    """One consistent look: everything is seen as of its first question."""

    def __init__(self, connection: Connection, remembered: Remembered, reserve: Reserve) -> None:
        super().__init__(connection, remembered)
        self._reserve = reserve
        self.journal = SqlJournal(connection)
        self.epochs = SqlEpochs(connection)

    @property
    def connection(self) -> Connection:
        """For `desk.store.wire`, which asks things no deed asks."""
        return self._connection

    def known_desk(self) -> KnownDesk:
        """Raises NotEnrolled."""
        return self._desk(self._connection)

    @property
    def disk_is_full(self) -> bool:
        return self._reserve.is_given_up

    def differences(self) -> Iterator[Difference]:
        from desk.store.replay import differences  # it brings Alembic along, which only `verify` needs

        return differences(self._connection, self.journal)

    def erased(self) -> dict[tuple[int, int], str]:
        rows = self._connection.execute(select(ErasureRow.epoch, ErasureRow.seq, ErasureRow.commitment))
        return {(row.epoch, row.seq): row.commitment for row in rows}


class SqlWork(_Memory):
    """One deed. Nothing of it stays unless `commit` was called."""

    def __init__(self, connection: Connection, remembered: Remembered) -> None:
        super().__init__(connection, remembered)
        self._remembered = remembered
        self.epochs = SqlWritableEpochs(connection, remembered.desk)
        self.journal = SqlWritableJournal(connection, lambda: self._desk(connection))

    def count(self, series: str) -> int:
        epoch = self._desk(self._connection).facts.epoch
        n: int = self._connection.exec_driver_sql(_NEXT, {"epoch": epoch, "series": series}).scalar_one()
        return n

    def commit(self) -> None:
        self.journal.write()
        self._connection.commit()
        if self.journal.begun or self.epochs.changed or self.identity.changed:
            self._remembered.forget_desk()


def _offset(milliseconds: int | None) -> timedelta | None:
    return None if milliseconds is None else timedelta(milliseconds=milliseconds)
