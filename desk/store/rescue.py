"""What can still be read of a damaged store, entry by entry: a page that does not decrypt costs what lies on it.

Nothing is written, and the store is not opened as a desk: for that its tables would have to agree. SQLCipher gives a
connection up at the first page whose seal is broken, so after each such page there is a new one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlcipher3 import dbapi2

from desk.domain.errors import NotEnrolled, StoreDamaged
from desk.store.connections import connect
from desk.store.store import FILE
from desk.store.trouble import classify, renamed
from sync.protocol.entry import Entry

PATIENCE = 2_000
"""So many places in a row that cannot be read are taken for the end, where the end itself cannot be read."""

_EPOCHS = ("SELECT epoch FROM epochs", "SELECT epoch FROM certificates")
_LAST = "SELECT max(seq) FROM heads WHERE epoch = ?"
_HEAD = "SELECT head, signature, dossier FROM heads WHERE epoch = ? AND seq = ?"
_BODY = "SELECT body, salt FROM bodies WHERE epoch = ? AND seq = ?"
_SALT = "SELECT salt FROM salts WHERE dossier = ?"


@dataclass(frozen=True)
class Lost:
    """What could not be read at a place: the whole entry, or its body alone, whose head is there to tell."""

    epoch: int
    seq: int
    what: Literal["entry", "body"]


class _Broken(Exception):
    """The page that was asked for does not decrypt, or is none."""


class Rescue:
    """Close it, or leave it as a context manager."""

    def __init__(self, home: Path, key: bytes) -> None:
        """Raises NotEnrolled without a store; WrongKey or StoreDamaged where not even its schema can be read."""
        self._file, self._key = home / FILE, key
        if not self._file.is_file():
            raise NotEnrolled
        self._connection = self._connect()

    def journal(self) -> Iterator[Entry | Lost]:
        """What can be read, in order, and word of what cannot; an entry without its body comes after that word."""
        for epoch in self._epochs():
            yield from self._epoch(epoch)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _epochs(self) -> list[int]:
        """From whichever table can be read; the first epoch every journal has."""
        found = {1}
        for question in _EPOCHS:
            try:
                found |= {row[0] for row in self._ask(question)}
            except _Broken:
                continue
        return sorted(found)

    def _epoch(self, epoch: int) -> Iterator[Entry | Lost]:
        last = self._last(epoch)
        seq, unread = 1, 0
        while (seq <= last) if last is not None else (unread < PATIENCE):
            try:
                rows = self._ask(_HEAD, epoch, seq)
            except _Broken:
                unread += 1
                yield Lost(epoch, seq, "entry")
            else:
                if not rows:
                    return
                unread = 0
                yield from self._entry(epoch, seq, *rows[0])
            seq += 1

    def _last(self, epoch: int) -> int | None:
        try:
            return self._ask(_LAST, epoch)[0][0] or 0
        except _Broken:
            return None

    def _entry(
        self, epoch: int, seq: int, head: str, signature: bytes | None, dossier: str | None
    ) -> Iterator[Entry | Lost]:
        try:
            body, salt = next(iter(self._ask(_BODY, epoch, seq)), (None, None))
            if body is not None and salt is None:
                salt = next((row[0] for row in self._ask(_SALT, dossier)), None)
        except _Broken:
            yield Lost(epoch, seq, "body")
            body = salt = None
        yield Entry(head, body, salt if body is not None else None, signature)

    def _ask(self, question: str, *values: Any) -> list[Any]:
        """Raises _Broken, after which another question may be asked."""
        try:
            rows: list[Any] = self._connection.execute(question, values).fetchall()
        except dbapi2.Error as error:
            if not isinstance(classify(error), StoreDamaged):
                with renamed():
                    raise
            self._connection.close()
            self._connection = self._connect()
            raise _Broken from error
        return rows

    def _connect(self) -> Any:
        return connect(self._file, self._key, writing=False)
