"""From nothing to the first key in intake, against another program of Debian's that shows a window: picard.

Both are Python with Qt; both have been started before, so that all they read lies in memory; both are started in
turn on the same Xvfb without a window manager.
"""

import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, which
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from desk.services import pins
from tests.bench import screen
from tests.bench.desks import PIN
from tests.bench.figure import Figure, at_most
from tests.bench.fill import filled, scratch
from tests.bench.packages import missing_after_asking_apt
from tests.bench.rounds import time
from tests.bench.screen import NoWindow, Screen, new_screen, resident_mb

IN_THE_STORE = 100_000
ROUNDS = 7
LEAST_WINDOW = (600, 400)
"""Smaller ones are splash screens."""
A_DIGIT = 0.2
"""Seconds a hand takes for a digit of the PIN; from the first to Enter, they are taken out again."""
SETTLES = 2.0
"""Seconds after which both are asked how much memory they hold."""
TIME, MEMORY = at_most(1.3), at_most(1.0)


@dataclass(frozen=True)
class Started:
    seconds: float
    window_after: float
    memory: float
    pin_check: float = 0.0


def measure() -> tuple[Figure, ...]:
    missing = missing_after_asking_apt(("picard", *screen.PACKAGES))
    if missing:
        return _not_measured(f"apt could not bring {', '.join(missing)}")
    try:
        with _homes() as (desk, picard), new_screen() as shown:
            starts = [(_start_desk(shown, desk), _start_picard(shown, picard)) for _ in range(ROUNDS + 1)]
    except NoWindow as error:
        return _not_measured(f"no window: {error}")
    ours, theirs = zip(*starts[1:], strict=True)  # the first ones only warmed up
    return _time(ours, theirs), _memory(ours, theirs)


def _time(ours: Sequence[Started], theirs: Sequence[Started]) -> Figure:
    desk, picard = [one.seconds for one in ours], [one.seconds for one in theirs]
    window = statistics.median(one.window_after for one in ours)
    check = statistics.median(one.pin_check for one in ours)
    return Figure(
        name="start",
        value=statistics.median(desk) / statistics.median(picard),
        unit="× picard's window",
        against=f"picard's window {_told(picard)}",
        target=TIME,
        spread=f"first key {_told(desk)}, to the window {window:.3f} s; a PIN check of {check:.3f} s taken out",
    )


def _memory(ours: Sequence[Started], theirs: Sequence[Started]) -> Figure:
    desk, picard = [one.memory for one in ours], [one.memory for one in theirs]
    return Figure(
        name="memory",
        value=statistics.median(desk) / statistics.median(picard),
        unit="× picard's",
        against=f"picard {statistics.median(picard):.1f} MB resident",
        target=MEMORY,
        spread=f"desk {statistics.median(desk):.1f} MB, {min(desk):.1f} … {max(desk):.1f}",
    )


def _told(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f} s, {min(seconds):.3f} … {max(seconds):.3f} over {len(seconds)} starts"


def _not_measured(why: str) -> tuple[Figure, ...]:
    return (
        Figure(name="start", value=None, unit="× picard's window", against=why, target=TIME),
        Figure(name="memory", value=None, unit="× picard's", against=why, target=MEMORY),
    )


@contextmanager
def _homes() -> Iterator[tuple[Path, Path]]:
    """The desk's folder, and a home for picard that it keeps from one start to the next."""
    with TemporaryDirectory(dir=scratch()) as place:
        desk = copytree(filled(IN_THE_STORE), Path(place) / "desk")
        picard = Path(place) / "picard"
        picard.mkdir()
        yield desk, picard


def _start_picard(shown: Screen, home: Path) -> Started:
    command = which("picard")
    assert command is not None
    begun = monotonic()
    with _running([command], shown, home) as program:
        window = shown.wait_for_window(after=begun, least=LEAST_WINDOW, program=program)
        sleep(SETTLES)
        return Started(window.at - begun, window.at - begun, resident_mb(program.pid))


def _start_desk(shown: Screen, home: Path) -> Started:
    """Type the PIN at a hand's pace as soon as there is a window, then a letter as soon as intake asks for words."""
    hands = shown.hands
    begun = monotonic()
    command = [sys.executable, "-m", "tests.bench.watched_desk", "--home", str(home)]
    with _running(command, shown, home) as program:
        window = shown.wait_for_window(after=begun, least=LEAST_WINDOW, program=program)
        hands.turn_to(window.window)
        asked = _heard(program, "asks-for-pin")
        for digit in PIN:
            sleep(A_DIGIT)
            hands.press(digit)
        entered = monotonic()
        hands.press("Return")
        _heard(program, "asks-for-words")
        hands.press("h")
        took = _heard(program, "took-a-key")
        sleep(SETTLES)
        memory, check = resident_mb(program.pid), _check_of_a_pin()
        seconds = (max(asked, window.at) - begun) + (took - entered) - check
        return Started(seconds, window.at - begun, memory, check)


def _check_of_a_pin() -> float:
    """What Argon2id takes, which is slow on purpose and belongs to the PIN's time as well."""
    proof = pins.prove(PIN)
    return statistics.median(time(lambda: pins.is_pin(PIN, proof)) for _ in range(3))


@contextmanager
def _running(command: list[str], shown: Screen, home: Path) -> "Iterator[subprocess.Popen[bytes]]":
    program = screen.start(command, screen=shown, home=home)
    try:
        yield program
    finally:
        program.terminate()
        program.wait()


def _heard(program: "subprocess.Popen[bytes]", word: str) -> float:
    """The moment the program said so. Raises NoWindow when it ends without."""
    assert program.stdout is not None
    for line in program.stdout:
        said, moment = line.split()
        if said.decode() == word:
            return float(moment)
    raise NoWindow(program.args, program.wait())
