"""Dossiers as the province has them: projected from their acceptance, moved on by the officer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from sync.protocol import canonical
from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entry import Entry
from sync.protocol.feed import FeedDossier, StatusTold
from sync.protocol.instant import write_instant
from sync.province import causes, codes, feed, verdicts
from sync.province.causes import Waiting
from sync.province.database import Work
from sync.province.errors import NotPossible, NotThere
from sync.province.feed import Origin
from sync.province.hold import entry_of
from sync.province.rows import DeskRow, DossierRow, EntryRow, VerdictRow
from sync.province.statuses import RECEIVED, STATUSES


@dataclass(frozen=True)
class HeldDossier:
    """A dossier with the body of its acceptance as it now stands, if that is here, and its verdict."""

    row: DossierRow
    body: DossierAccepted | None
    verdict: VerdictRow | None
    waiting: tuple[Waiting, ...]
    """What is held about it and cannot be judged yet."""

    @property
    def code(self) -> str:
        """The one to call it by now."""
        return self.row.official or self.row.code


def put(work: Work, origin: Origin, id: UUID, body: DossierAccepted, entry: str) -> DossierRow:
    """Project an acceptance, said by the entry with that hash; what the officer said of the dossier before stays."""
    before = work.session.get(DossierRow, id)
    row = before or DossierRow(id=id, status=RECEIVED, voided=False)
    row.desk, row.epoch, row.line, row.seq = origin.desk, origin.epoch, origin.line, origin.seq
    row.code, row.provisional, row.recovered = body.code, body.provisional, body.recovered
    row.procedure, row.received_at, row.due_at = body.procedure, body.received_at, body.due_at
    row.receiving_agency, row.resolving_agency = body.receiving_agency, body.resolving_agency
    row.last = entry
    work.session.add(row)
    return row


def tell(work: Work, row: DossierRow) -> None:
    """Let the other desks of the agencies concerned have it."""
    words = _words(entry_of(_entry(work, row)))
    told = None
    if words is not None:
        version, text = words
        told = FeedDossier(id=row.id, desk=row.desk, version=version, dossier=text, last=row.last, voided=row.voided)
    for scope in sorted(_scopes(row)):
        feed.tell(
            work,
            "dossier",
            str(row.id),
            told,
            scope=scope,
            dossier=row.id,
            origin=Origin(row.desk, row.epoch, row.line, row.seq),
        )


def set_status(work: Work, code: str, status: int, *, by: str, note: str = "", due_at: str | None = None) -> DossierRow:
    """Move a dossier on and tell it. Raises NotThere, NotPossible."""
    if status not in STATUSES:
        raise NotPossible("Trạng thái từ 1 đến 10.", "A status is 1 to 10.")
    row = find(work, code).row
    move(work, row, status, at=write_instant(work.now), by=by, note=note, due_at=due_at)
    return row


def move(
    work: Work, row: DossierRow, status: int, *, at: str, by: str, note: str = "", due_at: str | None = None
) -> None:
    """The dossier stands elsewhere now; those who know it hear of it."""
    row.status = status
    row.due_at = due_at or row.due_at
    told = StatusTold(
        dossier=row.id, code=row.official or row.code, status=status, at=at, by=by, note=note, due_at=due_at
    )
    for scope in sorted(_scopes(row)):
        feed.tell(work, "status", str(row.id), told, scope=scope, dossier=row.id)


def is_of_agency(work: Work, id: UUID, agency: str) -> bool:
    """Did one of the agency's desks take it in, as far as anybody can read?"""
    row = work.session.get(DossierRow, id)
    if row is not None:
        return work.session.get_one(DeskRow, row.desk).agency == agency
    takers = select(EntryRow.desk).where(EntryRow.dossier == id, EntryRow.kind == DossierAccepted.KIND)
    found = select(DeskRow.id).where(DeskRow.id.in_(takers), DeskRow.agency == agency)
    return work.session.scalars(found.limit(1)).first() is not None


def refusals(work: Work, id: UUID) -> tuple[str, ...]:
    """The hashes of the entries that took a dossier in, or corrected that, and were refused."""
    kinds = (DossierAccepted.KIND, DossierCorrected.KIND)
    rows = select(EntryRow).where(EntryRow.dossier == id, EntryRow.kind.in_(kinds))
    return tuple(row.hash for row in work.session.scalars(rows) if _is_refused(work, row))


def find(work: Work, code: str) -> HeldDossier:
    """By either of its codes. Where two dossiers say the same code, the one it belongs to. Raises NotThere."""
    rows = select(DossierRow).where(or_(DossierRow.code == code, DossierRow.official == code))
    in_order = work.session.scalars(rows.order_by(DossierRow.received_at))
    found = [_held(work, row, causes.about(work, row.id)) for row in in_order]
    if not found:
        raise NotThere("dossier", code)
    return min(found, key=lambda held: (_not_applied(held), not codes.is_claimed_by(work, code, held.row.id)))


def all_held(work: Work) -> Iterator[HeldDossier]:
    """In the order they were received."""
    rows = select(DossierRow).order_by(DossierRow.received_at, DossierRow.code).execution_options(yield_per=500)
    waits = causes.by_dossier(causes.all_waiting(work))
    for row in work.session.scalars(rows):
        yield _held(work, row, waits.get(row.id, ()))


def acceptance(work: Work, row: DossierRow) -> EntryRow:
    """The entry the dossier was projected from."""
    return _entry(work, row)


def _held(work: Work, row: DossierRow, waits: Iterable[Waiting]) -> HeldDossier:
    verdict = verdicts.find(work, row)
    return HeldDossier(row, _standing(entry_of(_entry(work, row))), verdict, tuple(waits))


def _standing(entry: Entry) -> DossierAccepted | None:
    """The acceptance an entry says, whether for the first time or corrected."""
    body = read_body(entry)
    if isinstance(body, DossierCorrected):
        return body.acceptance
    return body if isinstance(body, DossierAccepted) else None


def _words(entry: Entry) -> tuple[int, str] | None:
    """The acceptance as a text, and of which version: the very words of the desk where they stand by themselves."""
    if entry.body_text is None:
        return None
    if entry.head.kind == DossierAccepted.KIND:
        return entry.head.kind_version, entry.body_text
    acceptance = _standing(entry)
    return (acceptance.VERSION, canonical.write(acceptance)) if acceptance is not None else None


def _is_refused(work: Work, row: EntryRow) -> bool:
    verdict = verdicts.find(work, row)
    return verdict is not None and verdict.last >= row.seq and verdict.verdict == "refused"


def _not_applied(held: HeldDossier) -> bool:
    return held.verdict is None or held.verdict.verdict != "applied"


def _entry(work: Work, row: DossierRow) -> EntryRow:
    return work.session.get_one(EntryRow, (row.desk, row.epoch, row.line, row.seq))


def _scopes(row: DossierRow) -> set[str]:
    return {row.receiving_agency, row.resolving_agency}
