"""`desk` itself, with a heart that beats on the screen's own thread: says how late its beats were while it sends.

Lines on standard output are as in `watched_desk.py`; besides, every half second, `late` with all latenesses since, in
milliseconds.
"""

import sys
from time import monotonic

from desk.ui.unhooked import load_qt

load_qt()

from PySide6.QtCore import QObject, Qt, QTimer  # noqa: E402  as `desk.staging` does it
from PySide6.QtWidgets import QApplication  # noqa: E402

from desk.app import main  # noqa: E402
from tests.bench.watched_desk import Witness  # noqa: E402

BEAT_MS, TELL_MS = 5, 500


class Heart(QObject):
    """A beat every 5 ms while the screen answers; a beat that is late is what a clerk would have felt."""

    def __init__(self) -> None:
        super().__init__()
        self._late: list[float] = []
        self._last = monotonic()
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._beaten)
        self._teller = QTimer(self, interval=TELL_MS)
        self._teller.timeout.connect(self._tell)
        self._beat.start()
        self._teller.start()

    def _beaten(self) -> None:
        now = monotonic()
        self._late.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def _tell(self) -> None:
        print("late", " ".join(f"{one:.1f}" for one in self._late), flush=True)
        self._late.clear()


if __name__ == "__main__":
    witness, heart = Witness(QApplication([])), Heart()
    sys.exit(main(sys.argv[1:]))
