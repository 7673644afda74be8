"""A process of its own with the real window on a real store, for tests that pull the plug.

python -m tests.ui.half_filled HOME PASSPHRASE_FILE fill    types half an intake, says "kept", and waits to be killed
python -m tests.ui.half_filled HOME PASSPHRASE_FILE read    says what stands in the form after the next sign-in
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desk.settings import Settings
from desk.staging import stage_window
from desk.ui.stage import Stage
from desk.ui.typed import as_draft
from tests.ui import hands

PIN = "246810"
LOOK_EVERY_MS = 10


def live(until: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop, look = QEventLoop(), QTimer(interval=LOOK_EVERY_MS)
    look.timeout.connect(lambda: loop.quit() if until() else None)
    look.start()
    loop.exec()


def sign_in(stage: Stage) -> None:
    window = stage.window
    live(lambda: window.sign_in.person is not None)
    if window.sign_in.code.isVisible():  # the first supervisor sets a PIN without a code
        hands.enter()
        hands.types(PIN)
        hands.enter()
    hands.types(PIN)
    hands.enter()
    ready: list[bool] = []
    window.ready.connect(lambda: ready.append(True))
    live(lambda: bool(ready))


def fill(stage: Stage) -> None:
    form = stage.window.intake.form
    hands.types("khai sinh")
    live(form.procedure.offers.isVisible)
    hands.enter()
    form.person.full_name.editor.setFocus()
    hands.types("Đặng Thị Mỹ Duyên")
    kept = as_draft(form.typed)
    live(lambda: stage.deeds.load_draft() == kept)
    print("kept", flush=True)
    print(kept, flush=True)
    QApplication.exec()


def main(home: str, passphrase_file: str, task: str) -> None:
    with stage_window(Settings(home=Path(home), passphrase_file=Path(passphrase_file))) as stage:
        sign_in(stage)
        if task == "fill":
            fill(stage)
        live(lambda: not stage.background.busy)
        print(as_draft(stage.window.intake.form.typed), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
