"""The desk's own window with somebody at it who never rests: takes dossiers, prints, confirms, while its line sends.

`python -m tests.faults.desk_at_work HOME PIN`; it says a line for each thing it was told is done, and never ends.
The folder beside HOME called `papers` is its printer.
"""

import os
import random
import sys
import threading
from pathlib import Path

from desk.devices.printer import FolderPrinter
from desk.services.ports.values import LampState, SlipOutcome
from desk.settings import Settings
from desk.staging import stage_window
from desk.ui.deeds import Deeds
from sync.transport import HttpTransport
from tests import make
from tests.faults.marks import Doing, Marks, Watched
from tests.faults.statements import wrapping


class MarkedRoad:
    """HTTP, with a mark for as long as a request is out."""

    def __init__(self, url: str, marks: Marks) -> None:
        self._road, self._marks = HttpTransport(url), marks

    def exchange(self, parcel: bytes) -> bytes:
        with self._marks.while_doing(Doing.REQUEST):
            return self._road.exchange(parcel)


def main(home: Path, pin: str) -> int:
    marks = Marks(home.parent / "marks")
    printer = FolderPrinter(home.parent / "papers")
    with (
        wrapping(lambda connection: Watched(connection, marks)),
        stage_window(Settings(home=home), printer, lambda url: MarkedRoad(url, marks)) as stage,
    ):
        threading.Thread(target=work, args=[stage.deeds, marks, pin], daemon=True).start()
        return stage.run()


def work(deeds: Deeds, marks: Marks, pin: str) -> None:
    """For ever. What is said is what a clerk saw done."""
    deeds.sign_in(deeds.staff()[0].id, pin)
    say("begins")
    while True:
        code = deeds.accept(make.intake(fees=(make.fee_line(),))).code
        say("taken", code)
        with marks.while_doing(Doing.PAPER):
            issued = deeds.issue_slip(code)
            deeds.send_slip(issued)
        say("printed", code, str(issued.issue))
        if random.random() < 0.5:
            deeds.confirm_slip(issued.id, SlipOutcome.PRINTED)
            say("confirmed", code)
        if random.random() < 0.1:
            deeds.void(code, "taken by mistake")
            say("voided", code)
        if deeds.lamp().state is LampState.GREEN:
            say("green", code)


def say(*words: str) -> None:
    """In one write, so that a death never leaves half a line."""
    os.write(1, (" ".join(words) + "\n").encode())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
