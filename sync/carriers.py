"""Parcels by any other carrier than the line: a stick, a folder of the commune, another desk.

They are the parcels HTTPS would carry. Leaving marks nothing as sent: only the province's answer does, whichever way
it comes home. Answers are taken in any order, twice, or in part; what is damaged is left where it lies.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import EDQUOT, EFBIG, EIO, ENODEV, ENOENT, ENOSPC, ENOTDIR, EROFS
from pathlib import Path
from typing import BinaryIO

from sync.answers import Clock, ask, hear_later, settlement
from sync.cycle import Road
from sync.ports import Identity, JournalPort, Outgoing
from sync.protocol.certificates import province_of
from sync.protocol.durable import lay_down, lay_down_by
from sync.protocol.entry import Entry
from sync.protocol.exchange import ENTRIES_A_PARCEL
from sync.protocol.parcel import Parcel, check_hand, read_outside
from sync.protocol.parcel_file import (
    DOWN,
    ENTRY_BYTES,
    SEALED,
    UP,
    down_name,
    files_at,
    read_file,
    up_name,
)
from sync.protocol.problems import BadSignature, Problem, Unreadable
from sync.protocol.signing import public
from sync.troubles import CarrierTrouble, NotTheProvince

FEED_ITEMS = 5_000
"""Asked for with each parcel that goes by file: nobody knows which of them will arrive."""

_WHY = {
    ENOSPC: "full",
    EDQUOT: "full",
    EFBIG: "full",
    EROFS: "read_only",
    ENOENT: "gone",
    ENOTDIR: "gone",
    ENODEV: "gone",
    EIO: "gone",
}


@dataclass(frozen=True)
class Exported:
    """The files that now lie there, and how many entries are in them."""

    files: tuple[Path, ...]
    entries: int


@dataclass(frozen=True)
class Skipped:
    """A file that was left as it is, and why."""

    file: Path
    reason: str


@dataclass
class Imported:
    """What became of the files of an import."""

    answers: int = 0
    items: int = 0
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True)
class Carried:
    """Parcels of siblings that were brought to the province just now, and those it would not take."""

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def export(journal: JournalPort, folder: Path, *, software: str, clock: Clock) -> Exported:
    """Lay everything the province does not hold into a folder; with nothing to say, a question for what is new.

    Raises CarrierTrouble. What already lies there stays, and is whole.
    """
    files, count = [], 0
    for entries in batches(journal):
        files.append(leave(journal, folder, entries, software=software, clock=clock))
        count += len(entries)
    if not files:
        files.append(leave(journal, folder, (), software=software, clock=clock))
    return Exported(tuple(files), count)


def batches(journal: JournalPort) -> Iterator[tuple[Entry, ...]]:
    """All the province does not hold, and bodies it asked for, each batch as large as a parcel may be."""
    yield from journal.batches(ENTRIES_A_PARCEL, ENTRY_BYTES)
    yield from _bodies(journal)


def leave(journal: JournalPort, folder: Path, entries: tuple[Entry, ...], *, software: str, clock: Clock) -> Path:
    """Lay one parcel into a folder, remembered before it lies there: whatever answers it will be known.

    Raises CarrierTrouble.
    """
    me = journal.identity()
    question = ask(journal, me, entries, feed_items=FEED_ITEMS, software=software, clock=clock)
    journal.remember_export(question.id, question.bookmark)
    file = folder / up_name(desk_word(me), question.id)
    with carrier_troubles():
        lay_down(file, question.parcel)
    return file


def copy_files(files: Iterable[Outgoing], folder: Path) -> tuple[Path, ...]:
    """Lay sealed files beside the parcels, the same bytes; those that lie there already stay. Raises CarrierTrouble."""
    copied = []
    for one in files:
        target = folder / f"{one.blob}{SEALED}"
        with carrier_troubles():
            if not target.exists():
                lay_down_by(target, _copying(one.path))
        copied.append(target)
    return tuple(copied)


def import_answers(journal: JournalPort, places: Iterable[Path]) -> Imported:
    """Settle the answers that lie at these places. Raises CarrierTrouble for a place that cannot be read at all.

    A page of the feed names the page before it, so pages are taken over and over until no more of them follows
    from what is known.
    """
    imported = Imported()
    left = list(_answers(places, imported))
    while left:
        known = [(file, parcel) for file, parcel in left if _bookmark(journal, parcel) is not None]
        if not known:
            imported.skipped += [Skipped(file, "not asked for") for file, _ in left]
            break
        for file, parcel in known:
            _take(journal, file, parcel, imported)
        left = [one for one in left if one not in known]
    return imported


def carry(road: Road, folder: Path, me: Identity, siblings: Collection[str]) -> Carried:
    """Bring the parcels that siblings left in a folder to the province, and lay its answers beside them.

    `siblings` are public keys of desks. Raises CarrierTrouble, and Trouble where the line fails: what was brought is
    answered by then, and the rest goes another time.
    """
    carried: list[Path] = []
    skipped: list[Skipped] = []
    with carrier_troubles():
        waiting = [file for file in files_at([folder], UP) if not _answer_file(file).exists()]
    for file in waiting:
        try:
            data, parcel = _sibling_parcel(file, me, siblings)
        except (Problem, OSError) as error:
            skipped.append(Skipped(file, _reason(error)))
            continue
        if data is not None:
            answer = road.exchange(data)
            _check_answers(answer, parcel, me)
            with carrier_troubles():
                lay_down(_answer_file(file), answer)
            carried.append(file)
    return Carried(tuple(carried), tuple(skipped))


@contextmanager
def carrier_troubles() -> Iterator[None]:
    """What a stick or a folder can do to us, in a word. Raises CarrierTrouble."""
    try:
        yield
    except PermissionError as error:
        raise CarrierTrouble("read_only") from error
    except OSError as error:
        raise CarrierTrouble(_WHY.get(error.errno or 0, "failed")) from error


def desk_word(me: Identity) -> str:
    """What a desk's files begin with: of its id the end, for ids begin with the moment they were made."""
    return str(me.desk)[-8:]


def _bodies(journal: JournalPort) -> Iterator[tuple[Entry, ...]]:
    """What the province asked for again, in parcels of the usual size."""
    some: list[Entry] = []
    size = 0
    for entry in journal.bodies(journal.asked_for()):
        length = len(entry.head_text) + len(entry.body_text or "")
        if some and (size + length > ENTRY_BYTES or len(some) == ENTRIES_A_PARCEL):
            yield tuple(some)
            some, size = [], 0
        some.append(entry)
        size += length
    if some:
        yield tuple(some)


def _answers(places: Iterable[Path], imported: Imported) -> Iterator[tuple[Path, Parcel]]:
    with carrier_troubles():
        files = list(files_at(places, DOWN))
    for file in files:
        try:
            _, parcel = read_file(file)
        except (Unreadable, OSError) as error:
            imported.skipped.append(Skipped(file, _reason(error)))
            continue
        yield file, parcel


def _bookmark(journal: JournalPort, parcel: Parcel) -> tuple[str | None, str] | None:
    asked = parcel.header.reply_to
    return journal.export_bookmark(asked) if asked is not None and parcel.header.kind == "down" else None


def _take(journal: JournalPort, file: Path, parcel: Parcel, imported: Imported) -> None:
    bookmark, me = _bookmark(journal, parcel), journal.identity()
    if bookmark is None:
        return
    try:
        answer = hear_later(parcel, me, bookmark)
    except NotTheProvince as error:
        imported.skipped.append(Skipped(file, error.reason))
        return
    journal.settle(settlement(answer, me))
    journal.remember_export(answer.id, (answer.down.incarnation, answer.down.cursor))
    imported.answers += 1
    imported.items += len(answer.items)


def _copying(file: Path) -> Callable[[BinaryIO], None]:
    def copy(out: BinaryIO) -> None:
        with file.open("rb") as source:
            shutil.copyfileobj(source, out)

    return copy


def _answer_file(up: Path) -> Path:
    return up.with_name(down_name(up.name, 1))


def _sibling_parcel(file: Path, me: Identity, siblings: Collection[str]) -> tuple[bytes | None, Parcel]:
    """None for one of our own. Raises Unreadable, BadSignature, OSError."""
    data, parcel = read_file(file)
    if parcel.header.sender == public(me.key):
        return None, parcel
    if parcel.header.kind != "up" or parcel.header.sender not in siblings:
        raise Unreadable("parcel", "not from a desk of this province")
    check_hand(parcel)
    return data, parcel


def _check_answers(answer: bytes, asked: Parcel, me: Identity) -> None:
    """The inside is sealed to the sibling; the outside must be our province's. Raises NotTheProvince."""
    try:
        parcel = read_outside(answer)
        check_hand(parcel)
    except (Unreadable, BadSignature) as error:
        raise NotTheProvince("signature") from error
    if parcel.header.sender != province_of(me.province, root=me.root).key:
        raise NotTheProvince("certificate signed by another key")
    if (parcel.header.kind, parcel.header.reply_to) != ("down", asked.header.id):
        raise NotTheProvince("parcel: answers another one")


def _reason(error: Exception) -> str:
    """For a person and for the log: never a name or a text of somebody's."""
    if isinstance(error, Unreadable):
        return error.reason
    return "signature" if isinstance(error, BadSignature) else "not readable"
