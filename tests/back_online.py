"""A desk in a network of its own that is cut and mended: how soon what waits is on its way again.

    unshare -n python -m tests.back_online [--deaf] ROUNDS

prints for each round the seconds from the system's word that its only network is up to the first entry at the province.
`--deaf` does not listen to the system.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from desk.devices.link import watching_the_link
from sync.protocol.exchange import read_up
from sync.protocol.parcel import open_parcel, read_outside
from sync.runner import Line, Runner
from sync.schedule import Why
from sync.transport import PARCEL_TYPE, HttpTransport
from tests.sync.far_end import FarEnd
from tests.sync.journals import NOW, Keys, MemoryJournal
from tests.sync.servers import Asked, Said, serving

PATIENCE = 60


def back_online(rounds: int, *, deaf: bool = False) -> list[float]:
    """Run this as a program in a network namespace of its own; whoever is not root becomes it there."""
    alone = ["unshare", "-n"] if os.access("/proc/1/root", os.R_OK) else ["unshare", "-Urn"]
    command = [*alone, sys.executable, "-m", "tests.back_online", *(["--deaf"] if deaf else []), str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    return [float(line) for line in done.stdout.splitlines()]


class Cut:
    """A desk with a line, and a hand at the network."""

    def __init__(self, *, deaf: bool) -> None:
        self.far = FarEnd(Keys.new())
        self.journal = MemoryJournal.enrolled(self.far.keys)
        self.arrived, self.offline, self.heard = threading.Event(), threading.Event(), threading.Event()
        self.arrived_at = 0.0
        self._deaf = deaf

    @contextmanager
    def working(self) -> Iterator[None]:
        with serving(self._answer) as url:
            runner = Runner(self.journal, lambda: HttpTransport(url), clock=clock, software="test", listener=self._hear)
            runner.start()
            self.runner = runner
            with nullcontext() if self._deaf else watching_the_link(runner.link_returned):
                yield
            runner.stop(PATIENCE)

    def once(self) -> float:
        """Cut the line, write, mend the line: seconds until the entry was there."""
        assert self.heard.wait(PATIENCE)
        network("down")
        for event in (self.arrived, self.offline, self.heard):
            event.clear()
        self.journal.write()
        self.runner.entry_written()
        assert self.offline.wait(PATIENCE)
        network("up")
        mended = monotonic()
        assert self.arrived.wait(PATIENCE)
        return self.arrived_at - mended

    def _answer(self, asked: Asked) -> Said:
        _, entries = read_up(open_parcel(read_outside(asked.body), seal=self.far.keys.seal))
        self.far.now = clock()
        if entries:
            self.arrived_at = monotonic()
            self.arrived.set()
        return Said(200, {"Content-Type": PARCEL_TYPE, "Connection": "close"}, self.far.exchange(asked.body))

    def _hear(self, line: Line) -> None:
        if line.why is Why.OFFLINE and line.next_try_at is not None:
            self.offline.set()
        if line.why is Why.IDLE and line.next_try_at is not None and not self.journal.unsent():
            self.heard.set()


def clock() -> datetime:
    """Moves as time does, in the days of the tests' certificates."""
    return NOW + timedelta(seconds=monotonic())


def network(state: str) -> None:
    subprocess.run(["ip", "link", "set", "lo", state], check=True)


def main(words: list[str]) -> int:
    network("up")
    cut = Cut(deaf="--deaf" in words)
    with cut.working():
        for _ in range(int(words[-1])):
            print(f"{cut.once():.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
