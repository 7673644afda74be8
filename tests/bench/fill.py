"""Stores with many dossiers, made in minutes and kept in a scratch folder outside the repository.

Rows are written in bulk on the store's own connection through its own tables, triggers and full text, under a journal
whose every head is chained, committed to its body and signed deed by deed; the province holds and has judged all of
it, and all but the last days' dossiers were handed over. That the desk itself would have written the same is proven on
a small store, whenever a large one is made: journal and feed are told again and compared.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory
from typing import Any

from platformdirs import user_cache_path

from desk.devices.keystore import open_key
from desk.store import searchable
from desk.store.connections import connect
from desk.store.store import FILE, Store
from desk.store.upgrade import MIGRATIONS
from desk.store.versions import KNOWN
from tests.bench.desks import new_store, open_store, templates
from tests.bench.lives import A_DAY, Roster, acceptances, first_day_before
from tests.bench.machine import memory_kib
from tests.bench.people import Population, populate
from tests.bench.province import AGENCY, NUMBER
from tests.bench.written import TABLES, Rows, Written

MORNING_AFTER = datetime(2025, 7, 1, tzinfo=UTC)
"""Whoever works on a filled store begins then: 07:00 on Tuesday 1 July 2025 in Viet Nam."""
STILL_OPEN = 3 * A_DAY
"""So many of the last dossiers were not handed over yet."""
SMALL = 1_000
AT_ONCE = 5_000
"""Dossiers between two bulk writes."""


def filled(count: int) -> Path:
    """The home of a desk with so many dossiers, made now or found from an earlier run. It is not to be written to."""
    home = scratch() / f"{_recipe()}-{count}"
    if not home.exists():
        _prove_filling()
        with TemporaryDirectory(dir=scratch()) as place:
            fill(Path(place) / "home", count)
            for outdated in scratch().glob(f"*-{count}"):
                rmtree(outdated)
            (Path(place) / "home").rename(home)
    return home


class NotAsTheDeskWould(Exception):
    """Rows were written that journal and feed do not lead to; measuring them would mean nothing."""


def prove(home: Path) -> None:
    """Tell journal and feed again. Raises NotAsTheDeskWould, with the first rows that differ."""
    with open_store(home, writing=False) as store, store.open_reading() as memory:
        differences = list(islice(memory.differences(), 10))
    if differences:
        raise NotAsTheDeskWould(differences)


def _prove_filling() -> None:
    with TemporaryDirectory(dir=scratch()) as place:
        home = Path(place) / "home"
        fill(home, SMALL)
        prove(home)


@contextmanager
def copy_of_filled(count: int) -> Iterator[Store]:
    """A store of so many dossiers to write to, on the same disk as the one it was copied from."""
    with TemporaryDirectory(dir=scratch()) as place:
        home = Path(place) / "home"
        copytree(filled(count), home)
        with open_store(home) as store:
            yield store


def scratch() -> Path:
    """Where stores are kept between runs; COMMUNE_DESK_BENCH names another place."""
    place = Path(os.environ.get("COMMUNE_DESK_BENCH") or user_cache_path("commune-desk-bench"))
    place.mkdir(parents=True, exist_ok=True)
    return place


def _recipe() -> str:
    """Changes when the schema does, or what is written into it."""
    here = Path(__file__).parent
    recipe = [here / f"{name}.py" for name in ("fill", "written", "lives", "people", "province", "desks")]
    digest = hashlib.sha256()
    for source in (*recipe, *sorted(MIGRATIONS.glob("versions/*.py")), Path(searchable.__file__)):
        digest.update(source.read_bytes())
    return f"{KNOWN[-1]}-{digest.hexdigest()[:12]}"


def fill(home: Path, count: int) -> None:
    """Make a store of so many dossiers. A million takes minutes and a few gigabytes."""
    begun = first_day_before(MORNING_AFTER, count)
    with new_store(home, begun.astimezone(UTC)) as store, store.open_reading() as memory:
        written = Written(memory.journal.tip())
    roster = Roster(AGENCY, NUMBER, begun)
    everything = acceptances(roster, templates(), population_of(count))
    with closing(_bulk(home)) as connection:
        for done in range(0, count, AT_ONCE):
            some = islice(everything, min(AT_ONCE, count - done))
            _insert(connection, written.taken(some, handed_over=count - STILL_OPEN - done))
        _insert(connection, written.told())
        connection.execute("COMMIT")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("PRAGMA journal_mode = WAL")


def population_of(count: int) -> Population:
    """Who brought so many dossiers: everybody comes back, four times on average."""
    return populate(max(count // 4, 100))


def _bulk(home: Path) -> Any:
    """A connection that keeps everything in memory until the end: a store half filled is thrown away."""
    connection = connect(home / FILE, open_key(home), writing=True)
    for pragma in (
        "journal_mode = DELETE",
        "locking_mode = EXCLUSIVE",
        "journal_mode = OFF",
        "synchronous = OFF",
        f"cache_size = -{memory_kib() // 3}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def _insert(connection: Any, rows: Rows) -> None:
    for table, values in rows.items():
        columns = TABLES[table]
        blanks = ", ".join("?" * len(columns.split(",")))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({blanks})", values)
