"""The province's judgements, kept as runs that never overlap and leave no judged entry out.

What is applied in one go is one run. A judgement that changes inside a run splits it, so that a desk that reads the
feed from the start and one that has read it all along end with the same.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from sync.protocol.entry import Entry, Head
from sync.protocol.feed import Reason, Verdict
from sync.province import feed
from sync.province.database import Work
from sync.province.feed import Origin
from sync.province.rows import DeskRow, VerdictRow

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
        self._changed: dict[tuple[UUID, int, int], VerdictRow] = {}
        self._last: dict[tuple[UUID, int], VerdictRow] = {}

    def pronounce(self, entry: Entry, judgement: Judgement, *, first: bool = False) -> None:
        """The newest judgement of an entry; `first` where there was none and it is the next of its epoch."""
        head = entry.head
        over = self._before(head) if first else find(self._work, head.desk, head.epoch, head.seq)
        if over is not None and over.last >= head.seq:
            self._change(over, entry, judgement)
        elif over is not None and _goes_on(over, head.seq, judgement):
            over.last = head.seq
            self._note(over)
        else:
            self._add(_row(entry, judgement))

    def _before(self, head: Head) -> VerdictRow | None:
        """The run that ends right before the entry, without a question where it was pronounced just now."""
        last = self._last.get((head.desk, head.epoch))
        if last is not None and last.last == head.seq - 1:
            return last
        return find(self._work, head.desk, head.epoch, head.seq)

    def tell(self) -> None:
        """Let the desks of the agency know, each run once, in order."""
        for _, row in sorted(self._changed.items()):
            desk = self._work.session.get_one(DeskRow, row.desk)
            feed.tell(
                self._work,
                "verdict",
                f"{row.desk}/{row.epoch}/{row.first}",
                _said(row),
                scope=desk.agency,
                dossier=row.dossier,
                origin=Origin(row.desk, row.epoch, row.first),
            )
        self._changed.clear()

    def _change(self, over: VerdictRow, entry: Entry, judgement: Judgement) -> None:
        seq, last = entry.head.seq, over.last
        if over.verdict == judgement.verdict == "applied":
            return
        if seq < last:
            self._add(_run(over, seq + 1, last))
        if seq > over.first:
            over.last = seq - 1
            self._note(over)
            self._add(_row(entry, judgement))
        else:
            self._note(self._work.session.merge(_row(entry, judgement)))

    def _add(self, row: VerdictRow) -> None:
        self._work.session.add(row)
        self._note(row)

    def _note(self, row: VerdictRow) -> None:
        last = self._last.get((row.desk, row.epoch))
        if last is None or last.first <= row.first:
            self._last[row.desk, row.epoch] = row
        self._changed[row.desk, row.epoch, row.first] = row


def find(work: Work, desk: UUID, epoch: int, seq: int) -> VerdictRow | None:
    """The last run that begins at or before an entry; it covers the entry if its `last` reaches that far."""
    of_epoch = (VerdictRow.desk == desk, VerdictRow.epoch == epoch)
    query = select(VerdictRow).where(*of_epoch, VerdictRow.first <= seq).order_by(VerdictRow.first.desc()).limit(1)
    return work.session.scalar(query)


def _goes_on(over: VerdictRow, seq: int, judgement: Judgement) -> bool:
    applied = over.verdict == judgement.verdict == "applied"
    return applied and over.last == seq - 1 and seq - over.first < LONGEST_RUN


def _row(entry: Entry, judgement: Judgement) -> VerdictRow:
    head, reason, single = entry.head, judgement.reason, judgement.verdict != "applied"
    return VerdictRow(
        desk=head.desk,
        epoch=head.epoch,
        first=head.seq,
        last=head.seq,
        verdict=judgement.verdict,
        entry=entry.hash if single else None,
        dossier=head.dossier if single else None,
        field=judgement.field,
        reason_vi=reason.vi if reason else None,
        reason_en=reason.en if reason else None,
    )


def _run(over: VerdictRow, first: int, last: int) -> VerdictRow:
    """What is left behind a split; only applied runs are longer than one."""
    return VerdictRow(desk=over.desk, epoch=over.epoch, first=first, last=last, verdict="applied")


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
    )


_VERDICTS: dict[str, Literal["applied", "waiting", "refused"]] = {
    "applied": "applied",
    "waiting": "waiting",
    "refused": "refused",
}
