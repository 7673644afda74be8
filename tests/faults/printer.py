"""A printer that is a real device to the desk, and a witness to us: it looks whether what it prints is on record."""

from collections.abc import Callable
from dataclasses import dataclass, field

from desk.devices.printer import PrintJob
from desk.domain.errors import PrinterTrouble
from tests.faults.faults import Faults, Moment, Site


@dataclass
class Witness:
    """`recorded` counts the slips of a code that stand in the journal, seen by a reader of its own."""

    recorded: Callable[[str], int]
    faults: Faults
    papers: list[str] = field(default_factory=list)
    """The code on each paper that came out."""
    unrecorded: list[str] = field(default_factory=list)
    """Codes of papers that came out before the journal knew of them."""

    def names(self) -> tuple[str, ...]:
        return ("witness",)

    def send(self, pdf: bytes, title: str) -> PrintJob:
        fault = self.faults.meet(Site.PRINTER, "a paper")
        if fault is None or fault.moment is Moment.AFTER:
            self._print(pdf, title)
        if fault is not None:
            raise PrinterTrouble("witness", ("timeout", "refused")[fault.way % 2])
        return PrintJob("witness", 2)

    def _print(self, pdf: bytes, code: str) -> None:
        assert pdf.startswith(b"%PDF")
        self.papers.append(code)
        if self.recorded(code) < self.papers.count(code):
            self.unrecorded.append(code)
