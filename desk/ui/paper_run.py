"""A slip on its way to paper: written down as issued, handed to the printer, then what the clerk sees with own eyes."""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.services.ports.values import SlipOutcome
from desk.ui.background import Background, Lane
from desk.ui.deeds import Deeds, Issued
from desk.ui.messages import explain
from desk.ui.words import Language


class PaperState(StrEnum):
    """Where a slip is, as the clerk is told."""

    PRINTING = "printing"
    SENT = "sent"
    NOT_PRINTED = "not_printed"


class PaperRun(QObject):
    """Prints one slip at a time. `moved` says that `state` has changed; a run that was replaced is heard no more."""

    moved = Signal()

    def __init__(self, deeds: Deeds, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._deeds, self._background = deeds, background
        self._error: Exception | None = None
        self._code = self.printer = ""
        self._slip: Issued | None = None
        self._confirmed = False
        self.state = PaperState.PRINTING

    def why(self, language: Language) -> str:
        """Why there is no paper: the dossier is safe."""
        return explain(self._error).in_(language) if self._error else ""

    def forget(self) -> None:
        self._code = self.printer = ""
        self._slip, self._confirmed, self._error = None, False, None
        self.state = PaperState.PRINTING

    def start(self, code: str) -> None:
        """Issue a slip and print it; from the second one of a dossier on it is a reprint, and says so."""
        self.forget()
        self._code = code
        self._move(PaperState.PRINTING)
        self._background.run(
            Lane.WRITE,
            partial(self._deeds.issue_slip, code),
            owner=self,
            done=partial(self._issued, code),
            failed=self._not_printed,
        )

    def again(self, code: str) -> None:
        """The paper was spoilt: issue another. One that never reached a printer is sent as it is."""
        if self._code == code and self._slip is not None and self.state is not PaperState.SENT:
            self._move(PaperState.PRINTING)
            self._send(self._slip)
            return
        self.confirm(SlipOutcome.SPOILT)
        self.start(code)

    def confirm(self, outcome: SlipOutcome) -> None:
        """Write down what came out, once, where a printer has had it."""
        if self._slip is not None and self.state is PaperState.SENT and not self._confirmed:
            self._confirmed = True
            work = partial(self._deeds.confirm_slip, self._slip.id, outcome)
            self._background.run(Lane.WRITE, work, owner=self, failed=self._not_printed)

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
            self.printer = printer
            self._move(PaperState.SENT)

    def _not_sent(self, slip: Issued, error: Exception) -> None:
        if slip is self._slip:
            self._not_printed(error)

    def _not_printed(self, error: Exception) -> None:
        self._error = error
        self._move(PaperState.NOT_PRINTED)

    def _move(self, state: PaperState) -> None:
        self.state = state
        self.moved.emit()
