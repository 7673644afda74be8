"""Files laid to dossiers: kept before the entry that names them is written, let go once the province has them."""

import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import BinaryIO, Protocol
from uuid import UUID

from desk.domain.clock import check_clock
from desk.domain.errors import FileTooLarge, NotAllowedNow
from desk.domain.media import SNIFFED, media_type
from desk.domain.text import nfc
from desk.services.ports import Clerk, Clock, NewId, OpenReading, OpenWork, Reading, Work
from desk.services.ports.values import Attachment, DossierState
from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.protocol.problems import Unreadable
from sync.protocol.sealed_file import FILE_LIMIT, KEY_BYTES, Sealed, Sink, Source

LARGEST = FILE_LIMIT // 2
"""Bytes. Half of what the protocol carries: a scan of a hundred pages has a tenth of that."""
_NAME = 200


class Files(Protocol):
    """The sealed files beside the store. `desk.store.files` answers."""

    def seal(self, source: Source, key: bytes) -> Sealed:
        """Keep all of `source`, to last. Raises DiskFull and the like."""
        ...

    def has(self, blob: str) -> bool: ...

    def unseal(self, blob: str, key: bytes, target: Sink) -> Sealed:
        """Raises FileNotFoundError, Unreadable."""
        ...

    def drop(self, blob: str) -> None: ...

    def sweep(self, named: frozenset[str]) -> int:
        """Remove what is in nobody's list and a day old; how many went."""
        ...


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a dossier as a person sees it: what it is, and where it is."""

    name: str
    media_type: str
    size: int
    added_at: datetime
    here: bool
    at_province: bool


def attach(
    code: str,
    name: str,
    source: BinaryIO,
    *,
    clerk: Clerk,
    files: Files,
    open_work: OpenWork,
    clock: Clock,
    new_id: NewId,
) -> AttachmentAdded:
    """Lay a file to a dossier of this desk. `source` can be read from its start again.

    Raises NotFound, NotAllowedNow for another desk's, a void or an erased dossier, FileTooLarge, DiskFull, ClockBehind.
    """
    with open_work() as work:
        _attachable(work, code)
    key = secrets.token_bytes(KEY_BYTES)
    kind = media_type(source.read(SNIFFED))
    sealed = _seal(files, source, key)
    body = AttachmentAdded(
        attachment=new_id(),
        name=file_name(name),
        media_type=kind,
        size=sealed.size,
        sha256=sealed.sha256,
        key=key.hex(),
        blob=sealed.blob,
        sealed_size=sealed.sealed_size,
    )
    with open_work() as work:
        found = _attachable(work, code)
        now = clock()
        check_clock(work.journal.last_at(), now)
        work.journal.append(body, at=now, clerk=clerk.id, dossier=found.dossier.id)
        work.commit()
    return body


def list_attached(code: str, *, files: Files, open_reading: OpenReading) -> tuple[Attached, ...]:
    """The files of a dossier, oldest first, and where each is. Raises NotFound."""
    with open_reading() as memory:
        found = memory.attachments.of(memory.dossiers.by_code(code).dossier.id)
    return tuple(_attached(one, here=files.has(one.blob)) for one in found)


def let_go(*, files: Files, open_reading: OpenReading, clock: Clock) -> int:
    """Remove files the province has had for as many days as its policy says, and what no entry names.

    Runs by itself. Never one the province has not confirmed; the day is the province's as last compared. How many went.
    """
    with open_reading() as memory:
        offset = memory.contact.offset() or timedelta()
        kept_for = timedelta(days=memory.reference.policy().keep_file_days)
        held = memory.attachments.held_before(clock() + offset - kept_for)
        named = frozenset(one.blob for one in memory.attachments.all())
    here = [one for one in held if files.has(one.blob)]
    for one in here:
        files.drop(one.blob)
    return len(here) + files.sweep(named)


def damaged(memory: Reading, files: Files) -> Iterator[UUID]:
    """Attachments whose file is not what the entry says: gone before the province had it, or changed."""
    for one in memory.attachments.all():
        if not _is_whole(one, files):
            yield one.id


def file_name(name: str) -> str:
    """As the clerk knows the file, without a folder and without what cannot be shown."""
    bare = PurePath(nfc(name).replace("\\", "/")).name
    shown = "".join(letter for letter in bare if unicodedata.category(letter)[0] != "C").strip()
    return shown[-_NAME:] or "file"


def _attachable(work: Work, code: str) -> DossierState:
    found = work.dossiers.by_code(code)
    if not found.mine:
        raise NotAllowedNow("attach", "another_desk")
    if found.voided:
        raise NotAllowedNow("attach", "voided")
    if found.erased:
        raise NotAllowedNow("attach", "erased")
    return found


def _seal(files: Files, source: BinaryIO, key: bytes) -> Sealed:
    size = source.seek(0, 2)
    source.seek(0)
    if size > LARGEST:
        raise FileTooLarge(LARGEST // 1024**2)
    try:
        return files.seal(source, key)
    except Unreadable as error:  # it grew while it was read
        raise FileTooLarge(LARGEST // 1024**2) from error


def _attached(one: Attachment, *, here: bool) -> Attached:
    return Attached(one.name, one.media_type, one.size, one.added_at, here, one.held_at is not None)


def _is_whole(one: Attachment, files: Files) -> bool:
    try:
        found = files.unseal(one.blob, bytes.fromhex(one.key), _Nowhere())
    except FileNotFoundError:
        return one.held_at is not None
    except (Unreadable, OSError):
        return False
    return (found.size, found.sha256, found.blob) == (one.size, one.sha256, one.blob)


class _Nowhere:
    """For looking at what passes only."""

    def write(self, data: bytes) -> None:
        """Gone."""
