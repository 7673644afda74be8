"""Dossiers as the province has them: projected from their acceptance, moved on by the officer."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entry import Body
from sync.protocol.feed import FeedDossier, StatusTold
from sync.protocol.instant import write_instant
from sync.province import feed, verdicts
from sync.province.database import Work
from sync.province.errors import NotPossible, NotThere
from sync.province.feed import Origin
from sync.province.hold import entry_of
from sync.province.rows import DossierRow, EntryRow, VerdictRow
from sync.province.statuses import RECEIVED, STATUSES


@dataclass(frozen=True)
class HeldDossier:
    """A dossier with the body of its acceptance, if that is here, and its verdict."""

    row: DossierRow
    body: DossierAccepted | None
    verdict: VerdictRow | None

    @property
    def code(self) -> str:
        """The one to call it by now."""
        return self.row.official or self.row.code


def put(work: Work, origin: Origin, id: UUID, body: DossierAccepted) -> DossierRow:
    """Project an acceptance; what the officer said of the dossier before stays."""
    before = work.session.get(DossierRow, id)
    row = before or DossierRow(id=id, status=RECEIVED, voided=False)
    row.desk, row.epoch, row.seq = origin.desk, origin.epoch, origin.seq
    row.code, row.provisional, row.recovered = body.code, body.provisional, body.recovered
    row.procedure, row.received_at, row.due_at = body.procedure, body.received_at, body.due_at
    row.receiving_agency, row.resolving_agency = body.receiving_agency, body.resolving_agency
    work.session.add(row)
    work.session.flush()
    return row


def tell(work: Work, row: DossierRow) -> None:
    """Let the other desks of the agencies concerned have it."""
    entry = _entry(work, row)
    told = None
    if entry.body is not None:
        told = FeedDossier(
            id=row.id, desk=row.desk, version=entry_of(entry).head.kind_version, dossier=entry.body, voided=row.voided
        )
    for scope in sorted(_scopes(row)):
        feed.tell(
            work,
            "dossier",
            str(row.id),
            told,
            scope=scope,
            dossier=row.id,
            origin=Origin(row.desk, row.epoch, row.seq),
        )


def set_status(work: Work, code: str, status: int, *, by: str, note: str = "", due_at: str | None = None) -> DossierRow:
    """Move a dossier on and tell it. Raises NotThere, NotPossible."""
    if status not in STATUSES:
        raise NotPossible("Trạng thái từ 1 đến 10.", "A status is 1 to 10.")
    row = find(work, code).row
    row.status = status
    row.due_at = due_at or row.due_at
    told = StatusTold(
        dossier=row.id,
        code=row.official or row.code,
        status=status,
        at=write_instant(work.now),
        by=by,
        note=note,
        due_at=due_at,
    )
    for scope in sorted(_scopes(row)):
        feed.tell(work, "status", str(row.id), told, scope=scope, dossier=row.id)
    return row


def find(work: Work, code: str) -> HeldDossier:
    """By either of its codes. Where two dossiers say the same code, the one it belongs to. Raises NotThere."""
    rows = select(DossierRow).where(or_(DossierRow.code == code, DossierRow.official == code))
    found = [_held(work, row) for row in work.session.scalars(rows.order_by(DossierRow.received_at))]
    if not found:
        raise NotThere("dossier", code)
    return min(found, key=_not_applied)


def all_held(work: Work) -> Iterator[HeldDossier]:
    """In the order they were received."""
    rows = select(DossierRow).order_by(DossierRow.received_at, DossierRow.code).execution_options(yield_per=500)
    for row in work.session.scalars(rows):
        yield _held(work, row)


def acceptance(work: Work, row: DossierRow) -> EntryRow:
    """The entry the dossier was projected from."""
    return _entry(work, row)


def _held(work: Work, row: DossierRow) -> HeldDossier:
    body: Body | None = read_body(entry_of(_entry(work, row)))
    verdict = verdicts.find(work, row.desk, row.epoch, row.seq)
    return HeldDossier(row, body if isinstance(body, DossierAccepted) else None, verdict)


def _not_applied(held: HeldDossier) -> bool:
    return held.verdict is None or held.verdict.verdict != "applied"


def _entry(work: Work, row: DossierRow) -> EntryRow:
    return work.session.get_one(EntryRow, (row.desk, row.epoch, row.seq))


def _scopes(row: DossierRow) -> set[str]:
    return {row.receiving_agency, row.resolving_agency}
