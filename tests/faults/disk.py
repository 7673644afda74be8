"""A disk as a power cut leaves it: what was synced is there, and of the rest any part, in any order, or nothing.

Stricter than any file system we know: a write that was not synced may be lost, kept, or torn between its sectors;
later ones may be there and earlier ones not; a file may have grown without its bytes; a new, renamed or removed name
counts only once its folder was synced. Only what is promised to us is taken for sure: a sync that returned, and that
a sector is written whole.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from tests.faults.syscalls import Event, Made, Opened, Removed, Renamed, Resized, Said, SyncBegan, SyncEnded, Wrote

SECTOR = 512


class Fate(StrEnum):
    """What becomes of everything that was not synced."""

    LOST = "lost"
    KEPT = "kept"
    ANY = "any"
    """Each sector, each change of size and each name for itself."""


@dataclass(frozen=True)
class _Write:
    offset: int
    data: bytes


@dataclass(frozen=True)
class _Size:
    size: int


@dataclass
class _Inode:
    """`safe` is what the platter surely has; `pending` what was asked for since, in order."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[_Write | _Size] = field(default_factory=list)
    syncing: int = 0
    size: int = 0

    def ask(self, change: _Write | _Size) -> None:
        self.pending.append(change)
        self.size = change.size if isinstance(change, _Size) else max(self.size, change.offset + len(change.data))

    def settle(self) -> None:
        """The sync that began when `syncing` changes were pending has returned."""
        for change in self.pending[: self.syncing]:
            _apply(self.safe, change)
        del self.pending[: self.syncing]
        self.syncing = 0


@dataclass
class _Folder:
    """Names and what they stand for: surely, and each change since, in order."""

    safe: dict[str, "_Thing"] = field(default_factory=dict)
    pending: list[tuple[str, "_Thing | None"]] = field(default_factory=list)
    syncing: int = 0

    def settle(self) -> None:
        for name, thing in self.pending[: self.syncing]:
            _name(self.safe, name, thing)
        del self.pending[: self.syncing]
        self.syncing = 0


_Thing = _Inode | _Folder

Image = dict[str, bytes]
"""Files by path below the root, after the power is back."""


class Disk:
    """A folder, empty in the beginning. It is told every event in order; `cut` may be asked between any two."""

    def __init__(self, root: str) -> None:
        self.said: list[str] = []
        self._root = _Folder()
        self._now: dict[str, _Thing] = {root: self._root}
        self._positions: dict[tuple[int, int], int] = {}

    def take(self, event: Event) -> None:
        match event:
            case Said():
                self.said.append(event.line)
            case Made():
                self._put(event.path, _Folder())
            case Opened():
                self._open(event)
            case Wrote():
                self._write(event)
            case Resized():
                self._file(event.path).ask(_Size(event.size))
            case SyncBegan():
                thing = self._now[event.path]
                thing.syncing = len(thing.pending)
            case SyncEnded():
                self._now[event.path].settle()
            case Renamed():
                thing = self._now[event.old]
                self._put(event.old, None)
                self._put(event.new, thing)
            case Removed():
                self._put(event.path, None)

    def cut(self, fate: Fate, chance: random.Random) -> Image:
        """The files there are when the power comes back."""
        return dict(_surviving(self._root, "", fate, chance))

    def _open(self, event: Opened) -> None:
        if event.path not in self._now:
            self._put(event.path, _Inode())
        if isinstance(self._now[event.path], _Folder):
            return
        inode = self._file(event.path)
        if event.emptied and inode.size:
            inode.ask(_Size(0))
        self._positions[event.handle] = inode.size if event.appends else 0

    def _write(self, event: Wrote) -> None:
        at = event.offset
        if at is None:
            at = self._positions[event.handle]
            self._positions[event.handle] = at + len(event.data)
        self._file(event.path).ask(_Write(at, event.data))

    def _file(self, path: str) -> _Inode:
        thing = self._now[path]
        assert isinstance(thing, _Inode)
        return thing

    def _put(self, path: str, thing: _Thing | None) -> None:
        where = PurePosixPath(path)
        folder = self._now[str(where.parent)]
        assert isinstance(folder, _Folder)
        folder.pending.append((where.name, thing))
        _name(self._now, path, thing)


def _surviving(folder: _Folder, path: str, fate: Fate, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """What lies in a folder whose name is lost is lost with it."""
    for name, thing in _surviving_names(folder, fate, chance).items():
        if isinstance(thing, _Folder):
            yield from _surviving(thing, f"{path}{name}/", fate, chance)
        else:
            yield f"{path}{name}", _surviving_bytes(thing, fate, chance)


def _surviving_names(folder: _Folder, fate: Fate, chance: random.Random) -> dict[str, _Thing]:
    names = dict(folder.safe)
    if fate is Fate.LOST:
        return names
    for name in dict.fromkeys(name for name, _ in folder.pending):
        states = [thing for other, thing in folder.pending if other == name]
        reached = len(states) if fate is Fate.KEPT else chance.randint(0, len(states))
        if reached:
            _name(names, name, states[reached - 1])
    return names


def _surviving_bytes(inode: _Inode, fate: Fate, chance: random.Random) -> bytes:
    data = bytearray(inode.safe)
    if fate is Fate.LOST:
        return bytes(data)
    if fate is Fate.KEPT:
        for change in inode.pending:
            _apply(data, change)
        return bytes(data)
    pieces = [piece for change in inode.pending for piece in _sectors(change)]
    kept = chance.choice((0.05, 0.5, 0.95))
    surviving = [piece for piece in pieces if chance.random() < kept]
    if chance.random() < 0.5:
        chance.shuffle(surviving)
    for piece in surviving:
        _apply(data, piece)
    return bytes(data)


def _sectors(change: _Write | _Size) -> Iterator[_Write | _Size]:
    """A write comes apart at sector borders; one that makes a file longer may also only have made it longer."""
    if isinstance(change, _Size):
        yield change
        return
    end = change.offset + len(change.data)
    at = change.offset
    while at < end:
        border = min(end, (at // SECTOR + 1) * SECTOR)
        yield _Write(at, change.data[at - change.offset : border - change.offset])
        at = border


def _apply(data: bytearray, change: _Write | _Size) -> None:
    """Holes are zeros."""
    end = change.size if isinstance(change, _Size) else change.offset + len(change.data)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    if isinstance(change, _Size):
        del data[end:]
    else:
        data[change.offset : end] = change.data


def _name(names: dict[str, _Thing], name: str, thing: _Thing | None) -> None:
    if thing is None:
        names.pop(name, None)
    else:
        names[name] = thing
