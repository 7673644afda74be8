"""A slip on its way to paper: written down as issued, handed to the printer, then what the clerk sees with own eyes."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.services.ports.values import SlipOutcome
from desk.ui.background import Background, Lane
from desk.ui.deeds import Deeds, Issued


class PaperRun(QObject):
    """Prints one slip at a time. A run that was replaced by another one is heard no more."""

    printing = Signal()
    sent = Signal(str)
    """The printer's name."""
    failed = Signal(object)
    """The error: the dossier is safe, the paper is not there."""

    def __init__(self, deeds: Deeds, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._deeds, self._background = deeds, background
        self._code = ""
        self._slip: Issued | None = None
        self._is_sent = False

    @property
    def is_sent(self) -> bool:
        return self._is_sent

    def forget(self) -> None:
        self._code, self._slip, self._is_sent = "", None, False

    def start(self, code: str) -> None:
        """Issue a slip and print it; from the second one of a dossier on it is a reprint, and says so."""
        self._code, self._slip, self._is_sent = code, None, False
        self.printing.emit()
        self._background.run(
            Lane.WRITE,
            partial(self._deeds.issue_slip, code),
            owner=self,
            done=partial(self._issued, code),
            failed=self.failed.emit,
        )

    def again(self, code: str) -> None:
        """The paper was spoilt: issue another. One that never reached a printer is sent as it is."""
        if self._code == code and self._slip is not None and not self._is_sent:
            self.printing.emit()
            self._send(self._slip)
            return
        self.confirm(SlipOutcome.SPOILT)
        self.start(code)

    def confirm(self, outcome: SlipOutcome) -> None:
        """Write down what came out, once, where a printer has had it."""
        if self._slip is not None and self._is_sent:
            work = partial(self._deeds.confirm_slip, self._slip.id, outcome)
            self._slip = None
            self._background.run(Lane.WRITE, work, owner=self, failed=self.failed.emit)

    def _issued(self, code: str, slip: Issued) -> None:
        if code == self._code:
            self._slip = slip
            self._send(slip)

    def _send(self, slip: Issued) -> None:
        self._background.run(
            Lane.PRINT,
            partial(self._deeds.send_slip, slip),
            owner=self,
            done=partial(self._was_sent, slip),
            failed=partial(self._not_sent, slip),
        )

    def _was_sent(self, slip: Issued, printer: str) -> None:
        if slip is self._slip:
            self._is_sent = True
            self.sent.emit(printer)

    def _not_sent(self, slip: Issued, error: Exception) -> None:
        if slip is self._slip:
            self.failed.emit(error)
