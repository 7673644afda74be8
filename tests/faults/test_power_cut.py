"""The power goes at any point of a day: what people hold in their hands and what the province may hold is there."""

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desk.home import found_store, open_store
from desk.services.verify import verify
from desk.store.files import FileBox
from desk.store.store import Store
from tests.faults.day_at_a_desk import ATTACHED, ENROLLED, PRINTED, SENDING, TAKEN
from tests.faults.disk import Disk, Fate, Image
from tests.faults.syscalls import Event, events, trace
from tests.servers import province_in_thread

Tell = Callable[[str], None]

SHORT, SHORT_DAY = 180, 15
LONG_DAY = 30
FATES = (Fate.ANY, Fate.ANY, Fate.LOST, Fate.KEPT)


@dataclass(frozen=True)
class Day:
    """What a desk asked of its disk, and where all of that lies."""

    events: tuple[Event, ...]
    home: Path


@pytest.fixture(scope="module")
def a_day(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Day]:
    return lambda dossiers: _traced(tmp_path_factory.mktemp("day"), dossiers)


def test_a_cut_at_some_points_of_a_short_day_loses_nothing_that_counts(
    a_day: Callable[[int], Day], tmp_path: Path, seed: int, tell: Tell
) -> None:
    day, chance = a_day(SHORT_DAY), random.Random(seed)
    points = set(chance.sample(range(len(day.events)), min(SHORT, len(day.events))))

    tried = sum(_survives(disk, day, tmp_path, n, chance) for n, disk in _through(day) if n in points)

    tell(f"power cuts: {len(day.events)} events, tried {tried}")
    assert tried == len(points)


@pytest.mark.soak
@pytest.mark.parametrize("fate", Fate)
def test_a_cut_at_every_point_of_a_long_day_loses_nothing_that_counts(
    a_day: Callable[[int], Day], tmp_path: Path, seed: int, tell: Tell, fate: Fate
) -> None:
    day, chance = a_day(LONG_DAY), random.Random(seed)

    tried = sum(_survives(disk, day, tmp_path, n, chance, fate) for n, disk in _through(day))

    tell(f"power cuts, unsynced writes {fate}: {len(day.events)} events, tried {tried}")
    assert tried == len(day.events)


def _traced(folder: Path, dossiers: int) -> Day:
    home = folder / "desk" / "home"
    home.parent.mkdir()
    with province_in_thread(f"sqlite:///{folder / 'province.db'}", folder) as province:
        words = [str(home), province.url, province.code(), str(dossiers)]
        trace([sys.executable, "-m", "tests.faults.day_at_a_desk", *words], folder / "log")
    return Day(tuple(events(folder / "log", home.parent)), home)


def _through(day: Day) -> Iterator[tuple[int, Disk]]:
    """The disk after every event."""
    disk = Disk(str(day.home.parent))
    for n, event in enumerate(day.events):
        disk.take(event)
        yield n, disk


def _survives(disk: Disk, day: Day, folder: Path, n: int, chance: random.Random, fate: Fate | None = None) -> bool:
    fate = fate or chance.choice(FATES)
    _put_down(disk.cut(fate, chance), folder / "after")
    try:
        _check(folder / "after" / day.home.name, disk.said)
    except BaseException as error:
        error.add_note(f"cut after event {n} of {len(day.events)} ({day.events[n]!r:.200}), unsynced writes {fate}")
        raise
    finally:
        shutil.rmtree(folder / "after")
    return True


def _put_down(image: Image, folder: Path) -> None:
    folder.mkdir()
    for path, data in image.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _check(home: Path, said: list[str]) -> None:
    """Before anybody was told that this is a desk, it is enough that it can become one."""
    if ENROLLED not in said:
        found_store(home, None, plain=True).close()
        return
    with open_store(home, None, writing=True) as store:
        assert verify(open_reading=store.open_reading, files=FileBox(home)).findings == ()
        codes, slips = _column(store, "SELECT code FROM dossiers"), _column(store, "SELECT code FROM slips")
        files = _column(store, "SELECT attachment FROM attachments")
        assert _told(TAKEN, said) <= codes, "a dossier somebody was told of is gone"
        assert _told(PRINTED, said) <= slips, "a paper has lost its record"
        assert _told(ATTACHED, said) <= files, "a file has lost its entry"
        assert _told(SENDING, said) <= _column(store, "SELECT hash FROM heads"), "the province may hold what is gone"


def _told(word: str, said: list[str]) -> set[str]:
    return {line.split()[1] for line in said if line.startswith(f"{word} ")}


def _column(store: Store, question: str) -> set[Any]:
    with store.open_reading() as memory:
        return set(memory.connection.exec_driver_sql(question).scalars())
