"""A backup of a desk as one file: a zip whose members are stored, so that nothing in it can unpack to more than it is.

    mimetype        first, so that the file's first bytes tell what it is
    key.json        the store's key under a passphrase (absent where none was given), as the desk's own key file
    key.sealed      the store's key sealed to the province (HPKE, RFC 9180), for the day the passphrase is lost
    desk.db         the store, encrypted as ever under its own key
    files/<blob>    sealed files the province had not confirmed (`sealed_file`)
    manifest.json   last: format, desk, moment, schema, and size and SHA-256 of each member

Whoever reads one believes no size and no name that the manifest does not tell.
"""

import errno
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Annotated, BinaryIO, Literal, Self
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.instant import InstantText
from sync.protocol.problems import Unreadable
from sync.protocol.signing import Digest, Key

MIMETYPE = b"application/x-commune-desk-backup"
FORMAT = 1
STORE, KEY, SEALED_KEY, MANIFEST = "desk.db", "key.json", "key.sealed", "manifest.json"
FILES = "files/"
SMALL = 64 * 1024
MANIFEST_LIMIT = 64 * 1024 * 1024
KEY_BYTES = 32

_PIECE = 1024 * 1024
_MIMETYPE_NAME = "mimetype"
_BLOB = re.compile(r"files/[0-9a-f]{64}")
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_INFO = b"commune-desk/backup-key/1"


class Member(Said, frozen=True, kw_only=True):
    """A member by size in bytes and SHA-256."""

    size: Annotated[int, msgspec.Meta(ge=0, le=2**50)]
    sha256: Digest


class Manifest(Said, frozen=True, kw_only=True):
    """What the backup is of, and all that is in it."""

    format: Literal[1] = 1
    desk: UUID
    made_at: InstantText
    schema: Annotated[str, msgspec.Meta(max_length=20)]
    members: dict[str, Member]


class SealedKey(Said, frozen=True, kw_only=True):
    """The store's key, sealed to a sealing key of the province and bound to the desk."""

    v: Literal[1] = 1
    desk: UUID
    reader: Key
    sealed: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64,400}\Z")]


def seal_key(key: bytes, *, desk: UUID, reader: str) -> SealedKey:
    """`reader` is the province's public sealing key in hexadecimal."""
    sealed = _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(bytes.fromhex(reader)), _INFO + desk.bytes)
    return SealedKey(desk=desk, reader=reader, sealed=sealed.hex())


def unseal_key(sealed: SealedKey, seal: X25519PrivateKey) -> bytes:
    """The store's 32 bytes. Raises Unreadable."""
    try:
        key = _SUITE.decrypt(bytes.fromhex(sealed.sealed), seal, _INFO + sealed.desk.bytes)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("backup", "key is not sealed to this reader") from error
    if len(key) != KEY_BYTES:
        raise Unreadable("backup", "key is of another length")
    return key


class BackupWriter:
    """Writes members one after another; `close` writes the manifest over all of them."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True)
        self._members: dict[str, Member] = {}
        self._zip.writestr(_MIMETYPE_NAME, MIMETYPE)

    def add(self, name: str, source: IO[bytes]) -> None:
        """Raises OSError."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as out:
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        self._members[name] = Member(size=size, sha256=digest.hexdigest())

    def add_bytes(self, name: str, data: bytes) -> None:
        """Raises OSError."""
        self.add(name, io.BytesIO(data))

    def close(self, *, desk: UUID, made_at: str, schema: str) -> Manifest:
        """Raises OSError."""
        manifest = Manifest(desk=desk, made_at=made_at, schema=schema, members=self._members)
        self._zip.writestr(MANIFEST, canonical.write(manifest))
        self._zip.close()
        return manifest


@dataclass
class BackupReader:
    """A backup whose manifest was read; members are proven as they are read to their end."""

    manifest: Manifest
    _zip: zipfile.ZipFile

    @classmethod
    def open(cls, file: Path) -> Self:
        """Close it, or leave it as a context manager. Raises Unreadable, OSError."""
        with _torn():
            opened = zipfile.ZipFile(file)
        try:
            return cls(_manifest_of(opened), opened)
        except BaseException:
            opened.close()
            raise

    def small(self, name: str) -> bytes:
        """A small member as a whole. Raises Unreadable, KeyError where it is not there."""
        if self.manifest.members[name].size > SMALL:
            raise Unreadable("backup", f"{name} is too long")
        pieces: list[bytes] = []
        self.copy(name, pieces.append)
        return b"".join(pieces)

    def sealed_key(self) -> SealedKey:
        """Raises Unreadable; KeyError for a backup without one."""
        return canonical.read(self.small(SEALED_KEY), SealedKey, what="backup key", limit=SMALL)

    def copy(self, name: str, write: Callable[[bytes], object]) -> None:
        """Read a member to its end. Raises Unreadable where the manifest tells otherwise, and what `write` does."""
        told = self.manifest.members[name]
        digest, left = hashlib.sha256(), told.size
        with _torn(), self._zip.open(name) as source:
            while piece := source.read(min(_PIECE, left + 1)):
                left -= len(piece)
                if left < 0:
                    break
                digest.update(piece)
                write(piece)
        if left != 0 or digest.hexdigest() != told.sha256:
            raise Unreadable("backup", f"{name} is not what the manifest tells")

    def files(self) -> tuple[str, ...]:
        """The sealed files that are there, by their blobs."""
        return tuple(name.removeprefix(FILES) for name in self.manifest.members if name.startswith(FILES))

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check_backup(file: Path) -> Manifest:
    """Read all of it. Raises Unreadable, OSError."""
    with BackupReader.open(file) as backup:
        for name in backup.manifest.members:
            backup.copy(name, lambda _: None)
        return backup.manifest


def _manifest_of(opened: zipfile.ZipFile) -> Manifest:
    infos = {info.filename: info for info in opened.infolist()}
    twice = len(infos) != len(opened.infolist())
    if next(iter(infos), None) != _MIMETYPE_NAME or MANIFEST not in infos or twice:
        raise Unreadable("backup", "not a backup")
    if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 for info in infos.values()):
        raise Unreadable("backup", "packed or locked members")
    if infos[_MIMETYPE_NAME].file_size != len(MIMETYPE) or infos[MANIFEST].file_size > MANIFEST_LIMIT:
        raise Unreadable("backup", "not a backup")
    with _torn():
        if opened.read(_MIMETYPE_NAME) != MIMETYPE:
            raise Unreadable("backup", "not a backup")
        text = opened.read(MANIFEST)
    manifest = canonical.read(text, Manifest, what="backup manifest", limit=MANIFEST_LIMIT)
    _check_members(manifest, set(infos) - {_MIMETYPE_NAME, MANIFEST})
    return manifest


def _check_members(manifest: Manifest, there: set[str]) -> None:
    if set(manifest.members) != there or STORE not in there:
        raise Unreadable("backup", "members the manifest does not tell, or lacks")
    strange = [name for name in there if name not in (STORE, KEY, SEALED_KEY) and not _BLOB.fullmatch(name)]
    if strange:
        raise Unreadable("backup", "a member of no known name")


@contextmanager
def _torn() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise Unreadable("backup", "torn") from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it points to a place before its own beginning
            raise Unreadable("backup", "torn") from error
        raise
