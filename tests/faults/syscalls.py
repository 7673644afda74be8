"""What a process asked of the disk, call by call, as strace saw it; and what it said meanwhile."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = "openat,creat,write,pwrite64,writev,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range"
CALLS += ",unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,mmap"
LONGEST = 1 << 20
"""Bytes of one write; SQLite's are a page and a frame's head."""

_LINE = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\((?P<rest>.*)$", re.DOTALL)
_RESUMED = re.compile(r"^(?P<pid>\d+) +<\.\.\. (?P<call>\w+) resumed>(?P<rest>.*)$", re.DOTALL)
_RESULT = re.compile(r"\)\s+= (?P<result>-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FILE = re.compile(r"^(-?\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")
_UNFINISHED = " <unfinished ...>"


@dataclass(frozen=True)
class Opened:
    """A file opened; `made` when the call may create it, `emptied` when it cuts it to nothing."""

    path: str
    handle: tuple[int, int]
    made: bool
    emptied: bool
    appends: bool


@dataclass(frozen=True)
class Wrote:
    """`offset` None is wherever the handle stands."""

    path: str
    handle: tuple[int, int]
    data: bytes
    offset: int | None


@dataclass(frozen=True)
class Resized:
    path: str
    size: int


@dataclass(frozen=True)
class SyncBegan:
    """What was written before this, `SyncEnded` makes durable."""

    path: str


@dataclass(frozen=True)
class SyncEnded:
    path: str


@dataclass(frozen=True)
class Made:
    """A folder."""

    path: str


@dataclass(frozen=True)
class Renamed:
    old: str
    new: str


@dataclass(frozen=True)
class Removed:
    path: str


@dataclass(frozen=True)
class Said:
    """A line on standard output: what people know from here on."""

    line: str


Event = Opened | Made | Wrote | Resized | SyncBegan | SyncEnded | Renamed | Removed | Said


class NotUnderstood(Exception):
    """A call that this reader has no notion of: better no proof than a wrong one."""


def trace(command: Sequence[str], log: Path) -> None:
    """Run a command under strace. Fails, and does not skip, where there is no strace: without it nothing is proven."""
    tool = shutil.which("strace")
    assert tool is not None, "strace is missing: apt-get install strace"
    words = [tool, "-f", "--seccomp-bpf", "-y", "-xx", "-s", str(LONGEST), "-e", f"trace={CALLS}", "-o", str(log)]
    done = subprocess.run([*words, *command], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def events(log: Path, below: Path) -> Iterator[Event]:
    """All that happened below a folder, in order, and what was said. Raises NotUnderstood."""
    reader = _Reader(str(below))
    with log.open(encoding="ascii") as lines:
        for line in lines:
            yield from reader.read(line.rstrip("\n"))


class _Reader:
    def __init__(self, below: str) -> None:
        self._below = below
        self._begun: dict[int, str] = {}

    def read(self, line: str) -> Iterator[Event]:
        """A call that another thread's call stands between has a line where it begins and one where it ends."""
        if resumed := _RESUMED.match(line):
            pid = int(resumed["pid"])
            yield from self._call(pid, resumed["call"], self._begun.pop(pid) + resumed["rest"], began=False)
        elif began := _LINE.match(line):
            pid, rest = int(began["pid"]), began["rest"]
            if not rest.endswith(_UNFINISHED):
                yield from self._call(pid, began["call"], rest, began=True)
                return
            self._begun[pid] = rest.removesuffix(_UNFINISHED)
            yield from self._sync_began(began["call"], rest)

    def _call(self, pid: int, call: str, rest: str, *, began: bool) -> Iterator[Event]:
        result = _RESULT.search(rest)
        if result is None or int(result["result"]) < 0:
            return
        if began:
            yield from self._sync_began(call, rest)
        yield from self._done(pid, call, rest, int(result["result"]))

    def _sync_began(self, call: str, rest: str) -> Iterator[Event]:
        if call in ("fsync", "fdatasync") and (path := self._path_of(rest)):
            yield SyncBegan(path)

    def _done(self, pid: int, call: str, rest: str, result: int) -> Iterator[Event]:
        match call:
            case "openat":
                yield from self._opened(pid, rest, result)
            case "write" | "pwrite64":
                yield from self._wrote(pid, call, rest, result)
            case "ftruncate" if path := self._path_of(rest):
                yield Resized(path, int(rest[: rest.index(")")].rsplit(",", 1)[1]))
            case "fsync" | "fdatasync" if path := self._path_of(rest):
                yield SyncEnded(path)
            case "rename":
                old, new = (_text(found[1]) for found in _TEXT.finditer(rest))
                if self._is_below(old) or self._is_below(new):
                    yield Renamed(old, new)
            case "unlink" if self._is_below(path := self._named(rest)):
                yield Removed(path)
            case "mkdir" if self._is_below(path := self._named(rest)):
                yield Made(path)
            case "ftruncate" | "fsync" | "fdatasync" | "unlink" | "mkdir":
                return
            case "mmap":
                self._check_mapping(rest)
            case _:
                self._check_elsewhere(call, rest)

    def _opened(self, pid: int, rest: str, result: int) -> Iterator[Event]:
        path = self._named(rest)
        if self._is_below(path) and "O_DIRECTORY" not in rest:
            yield Opened(path, (pid, result), "O_CREAT" in rest, "O_TRUNC" in rest, "O_APPEND" in rest)

    def _wrote(self, pid: int, call: str, rest: str, result: int) -> Iterator[Event]:
        text = _TEXT.search(rest)
        if text is None or text[2]:
            raise NotUnderstood(call)
        file = _FILE.match(rest)
        if call == "write" and rest.startswith("1<"):
            yield from (Said(line) for line in bytes.fromhex(text[1].replace("\\x", "")).decode().splitlines())
        elif file and (path := self._path_of(rest)):
            data = bytes.fromhex(text[1].replace("\\x", ""))[:result]
            offset = int(rest[: rest.rindex(")")].rsplit(",", 1)[1]) if call == "pwrite64" else None
            yield Wrote(path, (pid, int(file[1])), data, offset)

    def _check_mapping(self, rest: str) -> None:
        """What is written through memory is not seen here. SQLite does so only with its index, which it makes anew."""
        if "MAP_SHARED" in rest and "PROT_WRITE" in rest:
            mapped = re.search(r"<((?:\\x[0-9a-f]{2})+)>", rest)
            if mapped and self._is_below(path := _text(mapped[1])) and not path.endswith("-shm"):
                raise NotUnderstood(f"a mapping of {path}")

    def _check_elsewhere(self, call: str, rest: str) -> None:
        if any(self._is_below(_text(found)) for found in re.findall(r"((?:\\x[0-9a-f]{2})+)", rest)):
            raise NotUnderstood(call)

    def _path_of(self, rest: str) -> str:
        """Of the handle a call is about; empty when it is none of ours."""
        file = _FILE.match(rest)
        path = _text(file[2]) if file else ""
        return path if self._is_below(path) else ""

    def _named(self, rest: str) -> str:
        text = _TEXT.search(rest)
        return _text(text[1]) if text else ""

    def _is_below(self, path: str) -> bool:
        return path == self._below or path.startswith(self._below + "/")


def _text(escaped: str) -> str:
    return bytes.fromhex(escaped.replace("\\x", "")).decode(errors="replace")
