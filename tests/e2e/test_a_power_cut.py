"""The power goes while a form is half filled: what was typed stands there again."""

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.clerk import PASSPHRASE, Clerk

AT_THE_SCREEN = """
import sys
from pathlib import Path
from desk.settings import Settings
from desk.staging import stage_window
from desk.ui.hands import Hands

home, passphrase = Path(sys.argv[1]), Path(sys.argv[2])
with stage_window(Settings(home=home, passphrase_file=passphrase)) as stage:
    hands = Hands(stage)
    hands.sign_in("246810")
    form = stage.window.intake.form
    {deed}
"""

TYPES_AND_WAITS = """
    hands.type("Nguyễn Thị Hồng Nhung", form.person.full_name.editor)
    hands.wait("the draft to be kept", lambda: "Nhung" in (stage.deeds.load_draft() or ""))
    print("kept", flush=True)
    stage.run()
"""

READS = """
    hands.settle()
    print(form.person.full_name.text)
"""

SETS_A_PIN = """
import sys
from pathlib import Path
from uuid import uuid4
from desk.home import open_store
from desk.services import people
from desk.workshop import Workshop

with open_store(Path(sys.argv[1]), sys.argv[2], writing=True) as store:
    people.set_pin(sys.argv[3], "", "246810", open_work=store.open_work, clock=Workshop.clock)
"""

OFFSCREEN = os.environ | {"QT_QPA_PLATFORM": "offscreen"}


def test_a_half_filled_intake_survives_a_kill(clerk: Clerk) -> None:
    sets_a_pin(clerk)

    with python(AT_THE_SCREEN.format(deed=TYPES_AND_WAITS), clerk.home, clerk.folder / "passphrase") as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "kept\n"
        window.kill()
    with python(AT_THE_SCREEN.format(deed=READS), clerk.home, clerk.folder / "passphrase") as window:
        out, _ = window.communicate(timeout=60)

    assert out.strip() == "Nguyễn Thị Hồng Nhung"


def test_a_window_holds_the_home_and_looking_goes_on_beside_it(clerk: Clerk) -> None:
    sets_a_pin(clerk)
    waiting = 'print("stands", flush=True); stage.run()'

    with python(AT_THE_SCREEN.format(deed=waiting), clerk.home, clerk.folder / "passphrase") as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "stands\n"
        status = clerk.status
        refused = clerk.does("window", fails=True)
        window.kill()

    assert status["enrolled"]
    assert refused[0]["error"] == "AnotherWindow"


def sets_a_pin(clerk: Clerk) -> None:
    with python(SETS_A_PIN, clerk.home, PASSPHRASE, clerk.name) as setting:
        assert setting.wait(60) == 0


def python(program: str, *words: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=OFFSCREEN)
