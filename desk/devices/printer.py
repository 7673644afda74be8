"""Where papers come out.

What a printer is given is always a picture of the page, never text and fonts: drivers replace fonts, and an official
paper must look on every printer as it looks on the screen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from desk.devices import errand
from desk.domain.errors import PrinterTrouble

LISTING_SECONDS = 5.0
SENDING_SECONDS = 30.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What was handed over: to whom, and how many pages. Whether paper came out only a person can say."""

    printer: str
    pages: int


class Printer(Protocol):
    """Takes whole papers. Both methods may wait: call them from a thread that may."""

    def names(self) -> tuple[str, ...]:
        """The printers there are, the usual one first. Raises PrinterTrouble(…, "timeout")."""
        ...

    def send(self, pdf: bytes, title: str) -> PrintJob:
        """Hand a paper over. `title` stands in the spool for all to read: a dossier's code, no person.

        Raises PrinterTrouble. Errors of the spooler after it took the paper are not heard of: whether paper came out
        is for the clerk to say.
        """
        ...


class SystemPrinter:
    """A printer of the operating system, by name; "" is the one the system calls usual."""

    def __init__(
        self, name: str = "", *, listing_seconds: float = LISTING_SECONDS, sending_seconds: float = SENDING_SECONDS
    ) -> None:
        self._name = name
        self._listing_seconds = listing_seconds
        self._sending_seconds = sending_seconds

    def names(self) -> tuple[str, ...]:
        return self._run(_names, seconds=self._listing_seconds)

    def send(self, pdf: bytes, title: str) -> PrintJob:
        printer, count, trouble = self._run(_spool, self._name, pdf, title, seconds=self._sending_seconds)
        if trouble:
            raise PrinterTrouble(printer, trouble)
        return PrintJob(printer, count)

    def _run(self, work: Callable[..., T], *args: object, seconds: float) -> T:
        try:
            return errand.run(work, *args, seconds=seconds)
        except errand.OutOfPatience as error:
            raise PrinterTrouble(self._name, "timeout") from error
        except errand.Died as error:
            raise PrinterTrouble(self._name, "refused") from error


class FolderPrinter:
    """Puts papers into a folder as they are: for the demo, and where an office prints in another way."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        return (self._folder.name,)

    def send(self, pdf: bytes, title: str) -> PrintJob:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(pdf, re.sub(r"[^A-Za-z0-9.-]+", "-", title).strip(".-")[:100] or "paper")
        except OSError as error:
            raise PrinterTrouble(self._folder.name, "refused") from error
        return PrintJob(self._folder.name, _count(pdf))

    def _write(self, pdf: bytes, stem: str) -> None:
        """Under a name nobody has: an earlier paper is never overwritten."""
        for number in range(1, 10_000):
            name = f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf"
            try:
                with (self._folder / name).open("xb") as file:
                    file.write(pdf)
            except FileExistsError:
                continue
            return
        raise FileExistsError(stem)


# What prints is large, and only needed where it prints: in the errand's process, not in the window's.


def _names() -> tuple[str, ...]:
    from desk.devices import spool

    return spool.names()


def _spool(name: str, pdf: bytes, title: str) -> tuple[str, int, str]:
    from desk.devices import spool

    return spool.spool(name, pdf, title)


def _count(pdf: bytes) -> int:
    from desk.devices.raster import pages

    return sum(1 for _ in pages(pdf, dpi=1))
