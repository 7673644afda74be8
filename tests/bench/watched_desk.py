"""`desk` itself, with a witness inside: says on standard output when the PIN can be typed and when intake took a key.

Each line is a word and the moment by `time.monotonic`, which all processes of a machine share. The witness hears of
focus and of text only, which cost the program nothing.
"""

import sys
from time import monotonic

from desk.ui.unhooked import load_qt

load_qt()

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget  # noqa: E402  as `desk.staging` does it

from desk.app import main  # noqa: E402
from desk.ui.sign_in_page import PinEdit  # noqa: E402


class Witness:
    def __init__(self, application: QApplication) -> None:
        application.focusChanged.connect(self._focused)

    def _focused(self, _: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, PinEdit):
            _say("asks-for-pin")
        elif isinstance(now, QLineEdit):
            _say("asks-for-words")
            now.textEdited.connect(self._typed)

    def _typed(self, _: str) -> None:
        _say("took-a-key")


def _say(word: str) -> None:
    print(word, monotonic(), flush=True)


if __name__ == "__main__":
    witness = Witness(QApplication([]))
    sys.exit(main(sys.argv[1:]))
