"""Holding: taking entries into safe keeping. Only this moves a desk's watermark.

What counts is the hand and the chain: a whole run up to a signed entry is held, whatever a clerk wrote in it, of
kinds unknown too, and with bodies missing. What is wrong behind a good run does not keep the run from being held.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import insert, select

from sync.protocol.chain import follow
from sync.protocol.entry import BEGINNING, Entry, Tip, check_body, check_signature
from sync.protocol.problems import BadSignature, ChainBroken, Forked, Problem
from sync.province.database import Work
from sync.province.rows import CertificateRow, EntryRow, EpochRow

WANTED_AT_ONCE = 500


@dataclass(frozen=True)
class Run:
    """A whole run that can be held, and what was wrong behind it, if anything."""

    entries: tuple[Entry, ...]
    problem: Problem | None


def hold(work: Work, desk: UUID, entries: tuple[Entry, ...]) -> Problem | None:
    """Hold all that can be held, epoch by epoch; what stood in the way of the rest is returned, not raised.

    The caller holds the desk's lock. Entries held before are compared and change nothing, except that a body that
    was missing is taken when it comes.
    """
    for epoch, carried in groupby(entries, key=lambda entry: entry.head.epoch):
        problem = _hold_epoch(work, desk, epoch, tuple(carried))
        if problem is not None:
            return problem
    return None


def tips(work: Work, desk: UUID) -> tuple[Tip, ...]:
    """Per epoch, the last head held."""
    rows = work.session.scalars(select(EpochRow).where(EpochRow.desk == desk).order_by(EpochRow.epoch))
    return tuple(Tip(epoch=row.epoch, seq=row.seq, hash=row.hash) for row in rows)


def wanted(work: Work, desk: UUID) -> tuple[Tip, ...]:
    """Heads whose bodies are missing though nobody erased them."""
    query = (
        select(EntryRow.epoch, EntryRow.seq, EntryRow.hash)
        .where(EntryRow.desk == desk, EntryRow.body.is_(None), EntryRow.erased.is_(False))
        .order_by(EntryRow.epoch, EntryRow.seq)
        .limit(WANTED_AT_ONCE)
    )
    return tuple(Tip(epoch=epoch, seq=seq, hash=name) for epoch, seq, name in work.session.execute(query).tuples())


def entry_named(work: Work, hash: str) -> EntryRow | None:
    """A held entry by its hash."""
    return work.session.scalar(select(EntryRow).where(EntryRow.hash == hash))


def entry_of(row: EntryRow) -> Entry:
    """The entry as it came."""
    return Entry(row.head, row.body, row.salt, row.signature)


def _hold_epoch(work: Work, desk: UUID, epoch: int, entries: tuple[Entry, ...]) -> Problem | None:
    row = work.session.get(EpochRow, (desk, epoch))
    tip = _tip(row, epoch, entries[0])
    known = [entry for entry in entries if entry.head.seq <= tip.seq]
    new = [entry for entry in entries if entry.head.seq > tip.seq]
    try:
        _take_bodies(work, desk, known)
    except Problem as problem:
        return problem
    run = whole_run(tip, new, desk=desk, keys=_keys(work, desk, epoch))
    if run.entries:
        _keep(work, row or _open_epoch(work, desk, tip), run.entries)
    return run.problem


def whole_run(tip: Tip, entries: Iterable[Entry], *, desk: UUID, keys: tuple[str, ...]) -> Run:
    """The longest run from `tip` that ends at an entry signed with one of `keys`."""
    run: list[Entry] = []
    safe, problem = 0, None
    for entry in entries:
        try:
            tip = follow(tip, (entry,), desk=desk)
            run.append(entry)
            if entry.signature is not None:
                _check_hand(entry, keys)
                safe = len(run)
        except Problem as met:
            problem = met
            break
    if problem is None and safe < len(run):
        head = run[-1].head
        problem = ChainBroken(head.epoch, head.seq, "not signed")
    return Run(tuple(run[:safe]), problem)


def _tip(row: EpochRow | None, epoch: int, first: Entry) -> Tip:
    """Where the epoch stands. A later epoch begins at a head of its parent, which may not be held yet, or ever."""
    if row is not None:
        return Tip(epoch=epoch, seq=row.seq, hash=row.hash)
    return Tip(epoch=epoch, seq=0, hash=BEGINNING if epoch == 1 else first.head.previous)


def _take_bodies(work: Work, desk: UUID, entries: list[Entry]) -> None:
    """Raises Forked where another entry is held in the same place."""
    for row, entry in _with_rows(work, desk, entries):
        if row.hash != entry.hash:
            raise Forked(entry.head.epoch, entry.head.seq, "another entry is held here")
        if row.body is None and entry.body_text is not None and entry.salt is not None:
            check_body(entry)
            row.body, row.salt = entry.body_text, entry.salt


def _with_rows(work: Work, desk: UUID, entries: list[Entry]) -> Iterator[tuple[EntryRow, Entry]]:
    if not entries:
        return
    places = EntryRow.seq.in_([entry.head.seq for entry in entries])
    query = select(EntryRow).where(EntryRow.desk == desk, EntryRow.epoch == entries[0].head.epoch, places)
    rows = {row.seq: row for row in work.session.scalars(query)}
    yield from ((rows[entry.head.seq], entry) for entry in entries)


def _check_hand(entry: Entry, keys: tuple[str, ...]) -> None:
    """Raises BadSignature when none of the desk's keys made the signature."""
    for key in keys[:-1]:
        try:
            return check_signature(entry, key)
        except BadSignature:
            continue
    return check_signature(entry, keys[-1])


def _keys(work: Work, desk: UUID, epoch: int) -> tuple[str, ...]:
    """The key of the epoch; for one opened out of our reach, any the desk ever had."""
    rows = list(work.session.scalars(select(CertificateRow).where(CertificateRow.desk == desk)))
    own = tuple(row.key for row in rows if row.epoch == epoch)
    return own or tuple(sorted({row.key for row in rows}))


def _open_epoch(work: Work, desk: UUID, tip: Tip) -> EpochRow:
    row = EpochRow(desk=desk, epoch=tip.epoch, seq=0, hash=tip.hash, judged=0)
    work.session.add(row)
    work.session.flush()
    return row


def _keep(work: Work, epoch: EpochRow, entries: tuple[Entry, ...]) -> None:
    # Unless nulls are written out, entries with a signature and those without would be statements of their own.
    keep = insert(EntryRow).execution_options(render_nulls=True)
    work.session.execute(keep, [_values(work, epoch, entry) for entry in entries])
    epoch.seq, epoch.hash = entries[-1].head.seq, entries[-1].hash


def _values(work: Work, epoch: EpochRow, entry: Entry) -> dict[str, object]:
    whole = entry.body_text is not None and entry.salt is not None
    return {
        "desk": epoch.desk,
        "epoch": epoch.epoch,
        "seq": entry.head.seq,
        "hash": entry.hash,
        "kind": entry.head.kind,
        "dossier": entry.head.dossier,
        "head": entry.head_text,
        "body": entry.body_text if whole else None,
        "salt": entry.salt if whole else None,
        "signature": entry.signature,
        "erased": False,
        "held_at": work.now,
    }
