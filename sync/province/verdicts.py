"""The province's judgements, kept as runs that never overlap and leave no judged entry out.

What is applied in one go is one run. A judgement that changes inside a run splits it, so that a desk that reads the
feed from the start and one that has read it all along end with the same. No run goes on beyond a head at which a
journal branches: it names the head it ends with, and a machine that has only the beginning would not know it.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from sync.protocol.feed import Reason, Verdict
from sync.province import feed
from sync.province.database import Work
from sync.province.feed import Origin
from sync.province.rows import DeskRow, DossierRow, EntryRow, EpochRow, VerdictRow

LONGEST_RUN = 500


@dataclass(frozen=True)
class Judgement:
    """What becomes of one entry. `cause` names what a waiting one waits for, where that is known.

    `settles` are entries refused before, whose refusal is put right by this one: they are applied with it.
    """

    verdict: Literal["applied", "waiting", "refused"]
    field: str | None = None
    reason: Reason | None = None
    cause: str | None = None
    settles: tuple[str, ...] = ()


APPLIED = Judgement("applied")


def refused(field: str, vi: str, en: str) -> Judgement:
    return Judgement("refused", field, Reason(vi=vi, en=en))


def waiting(vi: str, en: str, *, cause: str | None = None) -> Judgement:
    return Judgement("waiting", None, Reason(vi=vi, en=en), cause)


class Verdicts:
    """The judgements of one transaction; `tell` says at its end what changed."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._changed: dict[tuple[UUID, int, int, int], VerdictRow] = {}
        self._last: dict[tuple[UUID, int, int], VerdictRow] = {}
        self._branches: dict[UUID, set[tuple[int, int, int]]] = {}

    def pronounce(self, entry: EntryRow, judgement: Judgement, *, first: bool = False) -> None:
        """The newest judgement of an entry; `first` where there was none and it is the next of its line."""
        over = self._before(entry) if first else find(self._work, entry)
        if over is not None and over.last >= entry.seq:
            self._change(over, entry, judgement)
        elif over is not None and _goes_on(over, entry.seq, judgement) and not self._branches_at(over):
            over.last, over.end = entry.seq, entry.hash
            self._note(over)
        else:
            self._add(_row(entry, judgement))

    def branch(self, hash: str) -> None:
        """Another line, or a later epoch, begins behind this head: the run that covers it ends with it."""
        place = self._work.session.scalar(select(EntryRow).where(EntryRow.hash == hash))
        if place is None:
            return  # it was never held
        self._branches_of(place.desk).add((place.epoch, place.line, place.seq))
        over = find(self._work, place)
        if over is not None and place.seq < over.last:
            rest = _rest(place, over.last, over.end)
            over.last, over.end = place.seq, place.hash
            self._note(over)
            self._add(rest)

    def _branches_at(self, over: VerdictRow) -> bool:
        return (over.epoch, over.line, over.last) in self._branches_of(over.desk)

    def _branches_of(self, desk: UUID) -> set[tuple[int, int, int]]:
        if desk not in self._branches:
            self._branches[desk] = _branches(self._work, desk)
        return self._branches[desk]

    def _before(self, entry: EntryRow) -> VerdictRow | None:
        """The run that ends right before the entry, without a question where it was pronounced just now."""
        last = self._last.get((entry.desk, entry.epoch, entry.line))
        if last is not None and last.last == entry.seq - 1:
            return last
        return find(self._work, entry)

    def tell(self) -> None:
        """Let the desks of the agency know, each run once, in order."""
        for _, row in sorted(self._changed.items()):
            desk = self._work.session.get_one(DeskRow, row.desk)
            feed.tell(
                self._work,
                "verdict",
                self._key(row),
                _said(row),
                scope=desk.agency,
                dossier=row.dossier,
                origin=Origin(row.desk, row.epoch, row.line, row.first),
            )
        self._changed.clear()

    def _key(self, row: VerdictRow) -> str:
        plain = f"{row.desk}/{row.epoch}/{row.first}"
        if row.line == 0:
            return plain
        return f"{plain}/{self._work.session.get_one(EpochRow, (row.desk, row.epoch, row.line)).first}"

    def _change(self, over: VerdictRow, entry: EntryRow, judgement: Judgement) -> None:
        last, end = over.last, over.end
        if over.verdict == judgement.verdict == "applied":
            return
        if entry.seq > over.first:
            over.last, over.end = entry.seq - 1, self._hash_before(entry)
            self._note(over)
            self._add(_row(entry, judgement))
        else:
            self._note(self._work.session.merge(_row(entry, judgement)))
        if entry.seq < last:
            self._add(_rest(entry, last, end))

    def _hash_before(self, entry: EntryRow) -> str:
        place = (EntryRow.desk == entry.desk, EntryRow.epoch == entry.epoch, EntryRow.line == entry.line)
        query = select(EntryRow.hash).where(*place, EntryRow.seq == entry.seq - 1)
        return self._work.session.execute(query).scalar_one()

    def _add(self, row: VerdictRow) -> None:
        self._work.session.add(row)
        self._note(row)

    def _note(self, row: VerdictRow) -> None:
        last = self._last.get((row.desk, row.epoch, row.line))
        if last is None or last.first <= row.first:
            self._last[row.desk, row.epoch, row.line] = row
        self._changed[row.desk, row.epoch, row.line, row.first] = row


def find(work: Work, place: EntryRow | DossierRow) -> VerdictRow | None:
    """The last run that begins at or before an entry; it covers the entry if its `last` reaches that far."""
    of_line = (VerdictRow.desk == place.desk, VerdictRow.epoch == place.epoch, VerdictRow.line == place.line)
    before = select(VerdictRow).where(*of_line, VerdictRow.first <= place.seq)
    return work.session.scalar(before.order_by(VerdictRow.first.desc()).limit(1))


def _branches(work: Work, desk: UUID) -> set[tuple[int, int, int]]:
    """Epoch, line and sequence of every head that something else than its own line goes on from."""
    lines = work.session.scalars(select(EpochRow).where(EpochRow.desk == desk)).all()
    forks = {(row.epoch, row.fork_line, row.fork_seq) for row in lines if row.fork_line is not None}
    parents = [row.parent_hash for row in lines if row.parent_hash is not None]
    held = select(EntryRow.epoch, EntryRow.line, EntryRow.seq).where(EntryRow.hash.in_(parents))
    return forks | ({(row[0], row[1], row[2]) for row in work.session.execute(held)} if parents else set())


def _goes_on(over: VerdictRow, seq: int, judgement: Judgement) -> bool:
    applied = over.verdict == judgement.verdict == "applied"
    return applied and over.last == seq - 1 and seq - over.first < LONGEST_RUN


def _row(entry: EntryRow, judgement: Judgement) -> VerdictRow:
    reason, single = judgement.reason, judgement.verdict != "applied"
    return VerdictRow(
        desk=entry.desk,
        epoch=entry.epoch,
        line=entry.line,
        first=entry.seq,
        last=entry.seq,
        end=entry.hash,
        verdict=judgement.verdict,
        entry=entry.hash if single else None,
        dossier=entry.dossier if single else None,
        field=judgement.field,
        reason_vi=reason.vi if reason else None,
        reason_en=reason.en if reason else None,
    )


def _rest(entry: EntryRow, last: int, end: str) -> VerdictRow:
    """What is left behind a split; only applied runs are longer than one."""
    return VerdictRow(
        desk=entry.desk,
        epoch=entry.epoch,
        line=entry.line,
        first=entry.seq + 1,
        last=last,
        end=end,
        verdict="applied",
    )


def _said(row: VerdictRow) -> Verdict:
    reason = Reason(vi=row.reason_vi or "", en=row.reason_en or "") if row.reason_en else None
    return Verdict(
        desk=row.desk,
        epoch=row.epoch,
        first=row.first,
        last=row.last,
        verdict=_VERDICTS[row.verdict],
        entry=row.entry,
        dossier=row.dossier,
        field=row.field,
        reason=reason,
        end=row.end,
    )


_VERDICTS: dict[str, Literal["applied", "waiting", "refused"]] = {
    "applied": "applied",
    "waiting": "waiting",
    "refused": "refused",
}
