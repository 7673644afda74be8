"""Pictures of every screen in every state, for people to look at.

    python -m tests.ui.pictures [FOLDER]

writes PNG files of 1366×768 pixels. With QT_SCALE_FACTOR=1.25 they show what a screen set to 125 % shows.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desk.ui import theme
from desk.ui.words import Language
from tests.ui.scene import picture_of
from tests.ui.states import scenes


def main(folder: Path) -> None:
    app = QApplication(["pictures"])
    theme.dress(app)
    folder.mkdir(parents=True, exist_ok=True)
    for language in Language:
        for number, (name, scene) in enumerate(scenes(language), start=1):
            picture_of(scene.window).save(str(folder / f"{language}-{number:02}-{name}.png"))
    print(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/pictures"))
