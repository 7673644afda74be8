"""Holding: taking entries into safe keeping. Only this moves a desk's watermark.

What counts is the hand and the chain: a whole run up to a signed entry is held, whatever a clerk wrote in it, of
kinds unknown too, and with bodies missing. What is wrong behind a good run does not keep the run from being held.

Where two machines went on with one journal, both of their runs are held: the second one begins a line of its own at
the head that has two successors.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select

from sync.protocol.chain import follow
from sync.protocol.entry import BEGINNING, Entry, Tip, check_body, check_signature
from sync.protocol.problems import BadSignature, ChainBroken, Problem
from sync.province.database import Work
from sync.province.lines import Journal
from sync.province.rows import CertificateRow, EntryRow, EpochRow

WANTED_AT_ONCE, MOST_TIPS = 300, 128
"""In one answer, whose manifest is at most 64 KiB long: a tip takes about a hundred bytes."""
MOST_LINES = 64
"""Of one epoch: more machines never went on with one journal."""
_ASKED_AT_ONCE = 500


@dataclass(frozen=True)
class Run:
    """A whole run that can be held, and what was wrong behind it, if anything."""

    entries: tuple[Entry, ...]
    problem: Problem | None


def hold(work: Work, desk: UUID, entries: tuple[Entry, ...]) -> Problem | None:
    """Hold all that can be held, run by run; what stood in the way of the rest is returned, not raised.

    The caller holds the desk's lock. Entries held before are compared and change nothing, except that a body that
    was missing is taken when it comes.
    """
    for run in _runs(entries):
        problem = _hold_run(work, desk, run)
        if problem is not None:
            return problem
    return None


def tips(work: Work, desk: UUID, own: Journal) -> tuple[Tip, ...]:
    """Per line of each epoch, the last head held; and how far the desk's own journal reaches into lines of others.

    A desk restored from a copy, or rolled back, has the beginning of a line that another machine went on with. It
    recognises itself, and what of its own is held, by the head where it left that line. A desk that opened epochs
    without end hears of the newest.
    """
    newest = select(EpochRow).where(EpochRow.desk == desk).order_by(EpochRow.epoch.desc(), EpochRow.line)
    rows = sorted(work.session.scalars(newest.limit(MOST_TIPS)), key=lambda row: (row.epoch, row.line))
    ends = {(row.epoch, row.line): Tip(epoch=row.epoch, seq=row.seq, hash=row.hash) for row in rows}
    furthest = {epoch: (epoch, line, seq) for (epoch, line), seq in sorted(own.reaches.items(), key=lambda one: one[1])}
    midway = [place for place in furthest.values() if place[:2] in ends and ends[place[:2]].seq != place[2]]
    return (*ends.values(), *(_tip_at(work, desk, *place) for place in midway))


def _tip_at(work: Work, desk: UUID, epoch: int, line: int, seq: int) -> Tip:
    where = (EntryRow.desk == desk, EntryRow.epoch == epoch, EntryRow.line == line, EntryRow.seq == seq)
    return Tip(epoch=epoch, seq=seq, hash=work.session.execute(select(EntryRow.hash).where(*where)).scalar_one())


def wanted(work: Work, journal: Journal) -> tuple[Tip, ...]:
    """Heads on a journal whose bodies are missing though nobody erased them."""
    query = (
        select(EntryRow.epoch, EntryRow.seq, EntryRow.hash)
        .where(
            EntryRow.desk == journal.desk, EntryRow.body.is_(None), EntryRow.erased.is_(False), journal.has(EntryRow)
        )
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


@dataclass(frozen=True)
class _Spot:
    """Where a run goes on: behind entry `seq` of a line, or, without one, where the epoch begins."""

    after: EpochRow | None
    seq: int


def _hold_run(work: Work, desk: UUID, entries: tuple[Entry, ...]) -> Problem | None:
    """Entries of one epoch, each following the one before; some of the first may be held."""
    epoch = entries[0].head.epoch
    lines = _lines(work, desk, epoch)
    try:
        new = entries if _go_on(lines, entries[0]) else _take_bodies(work, desk, entries)
        if not new:
            return None
        spot = _spot(work, desk, lines, new[0])
    except Problem as problem:
        return problem
    head = new[0].head
    tip = Tip(epoch=epoch, seq=spot.seq, hash=BEGINNING if (epoch, head.seq) == (1, 1) else head.previous)
    run = whole_run(tip, new, desk=desk, keys=_keys(work, desk, epoch))
    if run.entries:
        _keep(work, _line(work, desk, lines, spot, run.entries[0]), run.entries)
    return run.problem


def _runs(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Cut where an entry does not follow the one before; usually nowhere but between epochs."""
    run: list[Entry] = []
    for entry in entries:
        if run and not _follows(run[-1], entry):
            yield tuple(run)
            run = []
        run.append(entry)
    if run:
        yield tuple(run)


def _follows(before: Entry, entry: Entry) -> bool:
    place = (before.head.epoch, before.head.seq + 1, before.hash)
    return (entry.head.epoch, entry.head.seq, entry.head.previous) == place


def _go_on(lines: list[EpochRow], entry: Entry) -> EpochRow | None:
    """The line whose end this entry follows."""
    ends = {(line.seq, line.hash): line for line in lines}
    return ends.get((entry.head.seq - 1, entry.head.previous))


def _spot(work: Work, desk: UUID, lines: list[EpochRow], entry: Entry) -> _Spot:
    """Raises ChainBroken where what the entry follows is not held, or the epoch forked too often to be believed."""
    head = entry.head
    line = _go_on(lines, entry)
    if line is not None:
        return _Spot(line, line.seq)
    if head.seq == 1:
        spot = _Spot(None, 0)
    else:
        before = entry_named(work, head.previous)
        if before is None or (before.desk, before.epoch, before.seq) != (desk, head.epoch, head.seq - 1):
            raise ChainBroken(head.epoch, head.seq, "a gap")
        spot = _Spot(next(line for line in lines if line.line == before.line), before.seq)
    if len(lines) >= MOST_LINES:
        raise ChainBroken(head.epoch, head.seq, "too many lines")
    return spot


def _line(work: Work, desk: UUID, lines: list[EpochRow], spot: _Spot, first: Entry) -> EpochRow:
    """The line a run is kept in: the one it goes on, or a new one."""
    if spot.after is not None and spot.seq == spot.after.seq:
        return spot.after
    row = EpochRow(
        desk=desk,
        epoch=first.head.epoch,
        line=len(lines),
        seq=spot.seq,
        hash=first.head.previous,
        judged=spot.seq,
        first=first.hash,
        root=spot.after.root if spot.after is not None else first.hash,
        fork_line=spot.after.line if spot.after is not None else None,
        fork_seq=spot.seq,
        opened_at=first.head.time if spot.after is None else None,
    )
    work.session.add(row)
    work.session.flush()
    return row


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


def _take_bodies(work: Work, desk: UUID, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Take what was missing of the entries that are held, and give back those that are not. Raises ChainBroken."""
    rows = _rows(work, desk, entries)
    for entry in entries:
        row = rows.get(entry.hash)
        if row is not None and row.body is None and entry.body_text is not None and entry.salt is not None:
            check_body(entry)
            row.body, row.salt = entry.body_text, entry.salt
    return tuple(entry for entry in entries if entry.hash not in rows)


def _rows(work: Work, desk: UUID, entries: tuple[Entry, ...]) -> dict[str, EntryRow]:
    hashes = [entry.hash for entry in entries]
    rows: dict[str, EntryRow] = {}
    for i in range(0, len(hashes), _ASKED_AT_ONCE):
        query = select(EntryRow).where(EntryRow.desk == desk, EntryRow.hash.in_(hashes[i : i + _ASKED_AT_ONCE]))
        rows |= {row.hash: row for row in work.session.scalars(query)}
    return rows


def _lines(work: Work, desk: UUID, epoch: int) -> list[EpochRow]:
    of_epoch = (EpochRow.desk == desk, EpochRow.epoch == epoch)
    return list(work.session.scalars(select(EpochRow).where(*of_epoch).order_by(EpochRow.line)))


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
        "line": epoch.line,
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
