"""A screen nobody sees, with the moments at which windows appear on it."""

import os
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.bench import hands
from tests.bench.hands import Hands

PACKAGES = ("xvfb", "x11-utils", *hands.PACKAGES)
SIZE = "1366x768x24"
PATIENCE = 60.0
"""Seconds a window may take before the bench gives up."""

_EVENT = re.compile(r"^(\w+Notify) event")
_WINDOW = re.compile(r"window (0x[0-9a-f]+)(?:, \(-?\d+,-?\d+\), width (\d+), height (\d+))?")


class NoWindow(Exception):
    """A program ended, or waited too long, without showing a window."""


@dataclass(frozen=True)
class Shown:
    """A top-level window and the moment (`time.monotonic`) it was mapped."""

    window: int
    width: int
    height: int
    at: float


class Screen:
    """An Xvfb of our own and a witness of all that is mapped on it. No window manager stands between."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._changed = threading.Condition()
        self._sizes: dict[str, tuple[int, int]] = {}
        self._shown: list[Shown] = []
        # xev tells the moment itself; asking again and again would cost the programs we measure.
        self._witness = subprocess.Popen(
            ["stdbuf", "-oL", "xev", "-display", display, "-root", "-event", "substructure"],
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._watch, daemon=True).start()
        self.hands = Hands(display)

    def wait_for_window(self, *, after: float, least: tuple[int, int], program: "subprocess.Popen[bytes]") -> Shown:
        """The first window at least so large that was mapped after a moment. Raises NoWindow."""
        with self._changed:
            while monotonic() < after + PATIENCE and program.poll() is None:
                for shown in self._shown:
                    if shown.at > after and shown.width >= least[0] and shown.height >= least[1]:
                        return shown
                self._changed.wait(0.2)
        raise NoWindow(program.args, program.poll())

    def close(self) -> None:
        self.hands.leave()
        self._witness.terminate()
        self._witness.wait()

    def _watch(self) -> None:
        assert self._witness.stdout is not None
        event = ""
        for line in self._witness.stdout:
            if named := _EVENT.match(line):
                event = named[1]
            elif (found := _WINDOW.search(line)) and event:
                self._note(event, *found.groups())
                event = ""

    def _note(self, event: str, window: str, width: str | None, height: str | None) -> None:
        with self._changed:
            if width is not None and height is not None:
                self._sizes[window] = (int(width), int(height))
            if event == "MapNotify":
                self._shown.append(Shown(int(window, 16), *self._sizes.get(window, (0, 0)), at=monotonic()))
                self._changed.notify_all()


@contextmanager
def new_screen() -> Iterator[Screen]:
    """A screen on the first free display."""
    told, telling = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(telling), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=[telling],
        stderr=subprocess.DEVNULL,
    )
    os.close(telling)
    try:
        with os.fdopen(told) as answer:
            screen = Screen(f":{answer.readline().strip()}")
        yield screen
        screen.close()
    finally:
        xvfb.terminate()
        xvfb.wait()


def start(command: Sequence[str], *, screen: Screen, home: Path) -> "subprocess.Popen[bytes]":
    """A program on that screen, with a home folder of its own and, whatever our environment says, bytecode kept."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "PYTHON", "XDG_"))}
    return subprocess.Popen(
        command,
        env=kept | {"DISPLAY": screen.display, "HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def resident_mb(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    return own * 1024 / 1e6 + sum(resident_mb(int(child)) for child in children)
