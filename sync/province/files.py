"""Files of dossiers at the province: where they lie, and when one counts as held.

    <folder>/ab/<blob>          held: opened once with the key of its entry, and found to be what the entry says
    <folder>/uploads/<blob>     on its way, or whole and waiting for the entry that names it

They lie sealed as they came. Whatever was not what its entry says is removed, and comes again.
"""

import json
import logging
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import or_, select

from sync.protocol.durable import lay_down_by, sync_folder
from sync.protocol.entries import read_body
from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.feed import AttachmentHeld
from sync.protocol.instant import write_instant
from sync.protocol.parcel_file import SEALED, files_at
from sync.protocol.problems import Problem, Unreadable
from sync.protocol.sealed_file import Sink, open_file
from sync.province import feed
from sync.province.database import Database, Work
from sync.province.errors import NotPossible
from sync.province.hold import entry_of
from sync.province.rows import AttachmentRow, DeskRow, DossierRow, EntryRow

log = logging.getLogger(__name__)

CONCERN = frozenset({AttachmentAdded.KIND, BodiesErased.KIND})
"""Kinds of entry after which there may be something to do here."""
UNFINISHED = 5 * 24 * 3600.0
"""Seconds an upload may rest before it is cleared away: whoever began it begins again."""
UNNAMED = 60 * 24 * 3600.0
"""Seconds a whole file waits for the entry that names it; its desk keeps it meanwhile."""
ROOM = 1024**3
"""Bytes of the disk that uploads never take."""


class Shelf:
    """The folder. Names are blobs: 64 hexadecimal digits, checked where they were read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.uploads = folder / "uploads"

    def path(self, blob: str) -> Path:
        return self._folder / blob[:2] / blob

    def upload(self, blob: str) -> Path:
        return self.uploads / blob

    def holds(self, blob: str) -> bool:
        return self.path(blob).is_file()

    def has_room(self, size: int) -> bool:
        self.uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
        return shutil.disk_usage(self.uploads).free > size + ROOM

    def take(self, blob: str) -> None:
        """An upload that proved right gets its place."""
        place = self.path(blob)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.upload(blob).replace(place)
        sync_folder(place.parent)
        self._forget_upload(blob)

    def drop(self, blob: str) -> None:
        """Wherever it is."""
        with suppress(OSError):
            self.path(blob).unlink(missing_ok=True)
        self._forget_upload(blob)

    def said_length(self, blob: str) -> int | None:
        """How long the upload is to be; None where none was begun, or its record is spoilt."""
        try:
            record = json.loads(self.upload(f"{blob}.info").read_text())
        except (OSError, ValueError):
            return None
        length = record.get("size") if isinstance(record, dict) else None
        return length if isinstance(length, int) else None

    def clear(self) -> None:
        """Uploads nobody went on with, and what a crash left."""
        with suppress(OSError):
            for file in list(self.uploads.iterdir()):
                if file.is_file() and _age(file) > (UNNAMED if self._is_whole(file.stem) else UNFINISHED):
                    file.unlink(missing_ok=True)

    def whole_uploads(self) -> list[str]:
        """Blobs of uploads that came to their end."""
        try:
            return [file.name for file in self.uploads.iterdir() if not file.suffix and self._is_whole(file.name)]
        except OSError:
            return []

    def _is_whole(self, blob: str) -> bool:
        upload = self.upload(blob)
        return upload.is_file() and upload.stat().st_size == self.said_length(blob)

    def _forget_upload(self, blob: str) -> None:
        for name in (blob, f"{blob}.info"):
            with suppress(OSError):
                (self.uploads / name).unlink(missing_ok=True)


@dataclass(frozen=True)
class BroughtFile:
    """A sealed file from a stick, and what stood in its way."""

    file: Path
    problem: Problem | None


@dataclass(frozen=True)
class ListedFile:
    """A file a dossier lists; `name` is None once its body was erased or before it came."""

    attachment: UUID
    name: str | None
    held: bool


def listed(work: Work, dossier: UUID) -> tuple[ListedFile, ...]:
    """What a dossier lists, in the order its desk laid it there. It is complete when all of it is held."""
    rows = (
        select(AttachmentRow, EntryRow)
        .join(EntryRow, EntryRow.hash == AttachmentRow.entry)
        .where(AttachmentRow.dossier == dossier)
        .order_by(EntryRow.epoch, EntryRow.seq)
    )
    return tuple(
        ListedFile(row.attachment, _name(entry), row.held) for row, entry in work.session.execute(rows).tuples()
    )


def _name(entry: EntryRow) -> str | None:
    body = read_body(entry_of(entry))
    return body.name if isinstance(body, AttachmentAdded) else None


def shelf(database: Database) -> Shelf:
    """Raises NotPossible where this province was given no folder."""
    if database.files is None:
        raise NotPossible("Tỉnh chưa có thư mục cho tệp (--files).", "This province has no folder for files (--files).")
    return Shelf(database.files)


def arrived(database: Database, blob: str) -> None:
    """A file is here whole: prove it against its entry and tell, or leave it until an entry names it.

    Raises Unreadable for what is not the file its entry says; it is gone then, and may come again.
    """
    place = shelf(database)
    with database.reading() as work:
        named = _named(work, blob)
    if not named:
        return
    right = [body.attachment for body in named if _is_right(place, body)]
    if right and not place.holds(blob):
        _take(place, blob)
    if place.holds(blob):
        _tell(database, right)
    elif not right and place.upload(blob).is_file():
        place.drop(blob)
        raise Unreadable("file", "not what its entry says")


def _take(place: Shelf, blob: str) -> None:
    with suppress(FileNotFoundError):  # another worker was quicker
        place.take(blob)


def tell_again(database: Database, blob: str) -> None:
    """A file that came to its place, and whose word was lost because something failed in between."""
    place = shelf(database)
    with database.reading() as work:
        untold = [body for body in _named(work, blob) if not work.session.get_one(AttachmentRow, body.attachment).held]
    proven = [body.attachment for body in untold if _is_right(place, body)]
    if proven:
        _tell(database, proven)


def settle(database: Database, desk: UUID) -> None:
    """After entries of a desk were judged: take the files that were waiting for them, drop those that were erased."""
    if database.files is None:
        return
    place = shelf(database)
    with database.reading() as work:
        rows = select(AttachmentRow, EntryRow.erased).join(EntryRow, EntryRow.hash == AttachmentRow.entry)
        to_do = or_(AttachmentRow.held.is_(False), EntryRow.erased)
        found = work.session.execute(rows.where(EntryRow.desk == desk, to_do)).tuples().all()
    _forget(database, place, [row for row, erased in found if erased])
    for row, erased in found:
        if not erased and not row.held and place.upload(row.blob).is_file() and _is_whole(place, row):
            with suppress(Unreadable):  # dropped; it comes again
                arrived(database, row.blob)


def settle_all(database: Database) -> None:
    """The same for every desk: after judging that requests left to another, and after a worker died at its work."""
    if database.files is None:
        return
    place = shelf(database)
    with database.reading() as work:
        gone = select(AttachmentRow).join(EntryRow, EntryRow.hash == AttachmentRow.entry).where(EntryRow.erased)
        rows = list(work.session.scalars(gone))
    _forget(database, place, rows)
    for blob in place.whole_uploads():
        with suppress(Unreadable):  # dropped; it comes again
            arrived(database, blob)


def bring_in(database: Database, places: Iterable[Path]) -> Iterator[BroughtFile]:
    """Sealed files from a stick. Raises NotPossible, OSError for a place that cannot be read."""
    for file in files_at(places, SEALED):
        yield BroughtFile(file, _bring(database, file))


def _bring(database: Database, file: Path) -> Problem | None:
    blob, place = file.name.removesuffix(SEALED), shelf(database)
    with database.reading() as work:
        named = _named(work, blob)
    if not named:
        return Unreadable("file", "no entry names it yet")
    if place.holds(blob):
        return None
    try:
        if file.stat().st_size != named[0].sealed_size or not place.has_room(named[0].sealed_size):
            return Unreadable("file", "of another length, or no room for it")
        with file.open("rb") as source:
            aside = place.uploads / f"{uuid4()}.stick"
            lay_down_by(aside, lambda out: shutil.copyfileobj(source, out))
        aside.replace(place.upload(blob))
        arrived(database, blob)
    except Problem as problem:
        return problem
    except OSError as error:
        return Unreadable("file", error.strerror or "not readable")
    return None


def _named(work: Work, blob: str) -> list[AttachmentAdded]:
    """What the entries that name a blob say of it, of those whose bodies are here."""
    query = select(EntryRow).join(AttachmentRow, AttachmentRow.entry == EntryRow.hash)
    rows = work.session.scalars(query.where(AttachmentRow.blob == blob, EntryRow.erased.is_(False)))
    bodies = (read_body(entry_of(row)) for row in rows)
    return [body for body in bodies if isinstance(body, AttachmentAdded)]


def _prove(place: Shelf, body: AttachmentAdded) -> None:
    """Raises Unreadable."""
    file = place.path(body.blob) if place.holds(body.blob) else place.upload(body.blob)
    with file.open("rb") as source:
        found = open_file(source, _Nowhere(), bytes.fromhex(body.key))
    if (found.size, found.sha256, found.blob) != (body.size, body.sha256, body.blob):
        raise Unreadable("file", "not what its entry says")


def _is_right(place: Shelf, body: AttachmentAdded) -> bool:
    try:
        _prove(place, body)
    except (Unreadable, FileNotFoundError):
        return False
    return True


def _tell(database: Database, attachments: list[UUID]) -> None:
    with database.telling() as work:
        for attachment in attachments:
            row = work.session.get_one(AttachmentRow, attachment)
            if row.held or row.dossier is None:
                continue
            row.held = True
            told = AttachmentHeld(attachment=attachment, dossier=row.dossier, at=write_instant(work.now))
            for scope in _scopes(work, row):
                feed.tell(work, "attachment", str(attachment), told, scope=scope, dossier=row.dossier)
    log.info("%d files held", len(attachments))


def _forget(database: Database, place: Shelf, rows: list[AttachmentRow]) -> None:
    """The law had the dossier forgotten: its files go here as they go at the desk."""
    if not rows:
        return
    for row in rows:
        place.drop(row.blob)
    with database.telling() as work:
        for row in rows:
            kept = work.session.get(AttachmentRow, row.attachment)
            if kept is None:
                continue
            for scope in _scopes(work, kept) if kept.held else ():
                feed.tell(work, "attachment", str(kept.attachment), None, scope=scope, dossier=kept.dossier)
            work.session.delete(kept)


def _scopes(work: Work, row: AttachmentRow) -> list[str]:
    """The agency whose desk laid it there, and those the dossier concerns."""
    entry = work.session.scalars(select(EntryRow).where(EntryRow.hash == row.entry)).one()
    agencies = {work.session.get_one(DeskRow, entry.desk).agency}
    dossier = work.session.get(DossierRow, row.dossier)
    if dossier is not None:
        agencies |= {dossier.receiving_agency, dossier.resolving_agency}
    return sorted(agencies)


def _is_whole(place: Shelf, row: AttachmentRow) -> bool:
    return place.upload(row.blob).stat().st_size == row.sealed_size


def _age(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return 0.0


class _Nowhere(Sink):
    """For looking at what passes only."""

    def write(self, data: bytes, /) -> None:
        """Gone."""
