"""What a desk costs when a storm is over: 100,000 entries waiting, and the window in use while they go.

The same window is opened over a store with 100 entries waiting and over one with 100,000; a province that holds all it
hears answers on this computer, so nothing but the desk's own pace slows it. Memory is the highest each process reached;
stalls are how late a beat every 5 ms came on the screen's thread while it sent.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desk.devices.keystore import open_key
from desk.store.connections import connect
from desk.store.store import FILE, Store
from sync.protocol.entry import Tip
from sync.transport import PARCEL_TYPE
from tests.bench import screen
from tests.bench.desks import PIN
from tests.bench.figure import Figure, at_most
from tests.bench.fill import filled, scratch
from tests.bench.packages import missing_after_asking_apt
from tests.bench.province import SEAL, make_province
from tests.bench.rounds import p99
from tests.bench.screen import NoWindow, Screen, new_screen
from tests.bench.start import LEAST_WINDOW
from tests.sync.far_end import FarEnd
from tests.sync.journals import Keys
from tests.sync.servers import Asked, Said, serving

FEW, MANY = 100, 100_000
IN_THE_STORE = 45_000
"""Dossiers; more than enough to have written so many entries."""
WATCHED = 30.0
"""Seconds the window is watched; long enough for a desk to have all its portions at their largest."""
MEMORY, USUAL, LONGEST = at_most(15), at_most(16), at_most(100)


@dataclass(frozen=True)
class Drained:
    """Of one window: the most memory it held (MB), how late its beats were (ms), and entries that went meanwhile."""

    memory: float
    late: tuple[float, ...]
    sent: int


def measure() -> tuple[Figure, ...]:
    missing = missing_after_asking_apt(screen.PACKAGES)
    if missing:
        return _not_measured(f"apt could not bring {', '.join(missing)}")
    try:
        with new_screen() as shown:
            few, many = (_drained(shown, waiting) for waiting in (FEW, MANY))
    except NoWindow as error:
        return _not_measured(f"no window: {error}")
    return _memory(few, many), *_stalls(few, many)


def _memory(few: Drained, many: Drained) -> Figure:
    return Figure(
        name="waiting-memory",
        value=many.memory - few.memory,
        unit="MB more",
        against=f"{FEW} entries waiting: {few.memory:.1f} MB",
        target=MEMORY,
        spread=f"{MANY:,} waiting: {many.memory:.1f} MB, {many.sent:,} of them sent meanwhile",
    )


def _stalls(few: Drained, many: Drained) -> tuple[Figure, ...]:
    """What the machine itself costs shows in the window that had nearly nothing to send."""
    spread = f"{len(many.late):,} beats while {many.sent:,} entries went in {WATCHED:.0f} s"
    against = f"nothing to send: p99 {p99(few.late):.1f} ms, longest {max(few.late):.0f} ms"
    usual = Figure(
        name="stalls-p99", value=p99(many.late), unit="ms, p99", against=against, target=USUAL, spread=spread
    )
    longest = Figure(
        name="stalls-longest", value=max(many.late), unit="ms", against=against, target=LONGEST, spread=spread
    )
    return usual, longest


def _not_measured(why: str) -> tuple[Figure, ...]:
    return (
        Figure(name="waiting-memory", value=None, unit="MB more", against=why, target=MEMORY),
        Figure(name="stalls-p99", value=None, unit="ms, p99", against=why, target=USUAL),
        Figure(name="stalls-longest", value=None, unit="ms", against=why, target=LONGEST),
    )


def _drained(shown: Screen, waiting: int) -> Drained:
    """A clerk signs in, and the window is watched while what waits goes."""
    with _home(waiting) as (home, far):
        begun = monotonic()
        with _window(shown, home) as program:
            _sign_in(shown, program, begun)
            before = far.held.seq
            late = _watched(program)
            return Drained(_most_memory_mb(program.pid), late, far.held.seq - before)


def _sign_in(shown: Screen, program: "subprocess.Popen[bytes]", begun: float) -> None:
    window = shown.wait_for_window(after=begun, least=LEAST_WINDOW, program=program)
    shown.hands.turn_to(window.window)
    _heard(program, "asks-for-pin")
    for key in (*PIN, "Return"):
        shown.hands.press(key)
    _heard(program, "asks-for-words")


def _watched(program: "subprocess.Popen[bytes]") -> tuple[float, ...]:
    """The first half second still belongs to what came before."""
    ends = monotonic() + WATCHED
    _heard(program, "late")
    late: list[float] = []
    while monotonic() < ends:
        late.extend(float(one) for one in _heard(program, "late"))
    return tuple(late)


def _heard(program: "subprocess.Popen[bytes]", word: str) -> list[str]:
    """What the program said behind that word. Raises NoWindow when it ends without."""
    assert program.stdout is not None
    for line in program.stdout:
        said, *rest = line.decode().split()
        if said == word:
            return rest
    raise NoWindow(program.args, program.wait())


def _most_memory_mb(pid: int) -> float:
    """The most that was ever resident of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024 / 1e6


@contextmanager
def _window(shown: Screen, home: Path) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", "tests.bench.draining_desk", "--home", str(home)]
    program = screen.start(command, screen=shown, home=home)
    try:
        yield program
    finally:
        program.terminate()
        program.wait()


@contextmanager
def _home(waiting: int) -> Iterator[tuple[Path, FarEnd]]:
    """A store whose last so many entries the province does not hold, and that province."""
    with TemporaryDirectory(dir=scratch()) as place:
        home = copytree(filled(IN_THE_STORE), Path(place) / "desk")
        far = _far_end(_forget_last(home, waiting))

        def answer(asked: Asked) -> Said:
            far.entries.clear()  # what it holds is counted, not kept
            far.bodies.clear()
            return Said(200, {"Content-Type": PARCEL_TYPE}, far.exchange(asked.body))

        with serving(answer) as url:
            with closing(Store.open(home, open_key(home))) as store, store.open_work() as work:
                work.identity.learn_address(url)
                work.commit()
            yield home, far


def _forget_last(home: Path, waiting: int) -> Tip:
    """Set the watermark back; where it stands then."""
    with closing(connect(home / FILE, open_key(home), writing=True)) as connection:
        ((epoch, last),) = connection.execute("SELECT epoch, max(seq) FROM heads GROUP BY epoch").fetchall()
        place = (epoch, last - waiting)
        ((name,),) = connection.execute("SELECT hash FROM heads WHERE epoch = ? AND seq = ?", place).fetchall()
        connection.execute("UPDATE held SET seq = ?, hash = ?", (place[1], name))
        connection.commit()
    return Tip(epoch=epoch, seq=place[1], hash=name)


def _far_end(held: Tip) -> FarEnd:
    province = make_province()
    seal = X25519PrivateKey.from_private_bytes(SEAL)
    return FarEnd(Keys(province.root, province.key, seal, province.certificate), held, now=datetime.now(UTC))
