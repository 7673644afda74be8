"""What a process was doing when it died: bytes in a file its memory is mapped onto, so that no death loses them."""

import mmap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any, Self

from tests.faults.statements import Connection, is_desks


class Doing(IntEnum):
    """The place of each mark."""

    TRANSACTION = 0
    """Between BEGIN IMMEDIATE and its end."""
    COMMIT = 1
    REQUEST = 2
    PAPER = 3
    """Between the record of a slip and the word that it was printed."""


class Marks:
    """Set by one process, read by another."""

    def __init__(self, file: Path) -> None:
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), len(Doing))

    @classmethod
    def new(cls, file: Path) -> Self:
        file.write_bytes(bytes(len(Doing)))
        return cls(file)

    def is_on(self, mark: Doing) -> bool:
        return self._memory[mark] == 1

    def on(self) -> tuple[Doing, ...]:
        return tuple(mark for mark in Doing if self.is_on(mark))

    def set(self, mark: Doing, *, on: bool) -> None:
        self._memory[mark] = on

    @contextmanager
    def while_doing(self, mark: Doing) -> Iterator[None]:
        self.set(mark, on=True)
        try:
            yield
        finally:
            self.set(mark, on=False)


class Watched(Connection):
    """A store's connection that marks its transactions."""

    def __init__(self, real: Any, marks: Marks) -> None:
        super().__init__(real)
        object.__setattr__(self, "_marks", marks)

    def go(self, do: Callable[[], Any], what: str, half: Callable[[], Any] = lambda: None) -> Any:
        if not is_desks(self._real):
            return do()
        if what == "BEGIN IMMEDIATE":
            self._marks.set(Doing.TRANSACTION, on=True)
        if what == "COMMIT":
            with self._marks.while_doing(Doing.COMMIT):
                do()
        else:
            return self._ended(do())
        return self._ended(None)

    def _ended(self, answer: Any) -> Any:
        if not self._real.in_transaction:
            self._marks.set(Doing.TRANSACTION, on=False)
        return answer
