"""`python -m tests.faults.read_only_disk FOLDER closed|broken-off`: what a store says on a read-only disk."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from desk.domain.errors import StoreTrouble
from desk.store.store import FILE, Store
from tests.store.stores import KEY, at_work


def look(folder: Path, how: str) -> dict[str, Any]:
    """A desk with three entries; `broken-off` leaves the log of the store beside it, as a power cut does."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
    try:
        home = _home(folder, how)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        before = _bytes(home)
        said = {"open": _tried(home, writing=True), "read": _tried(home, writing=False)}
        return said | {"changed": _bytes(home) != before}
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _home(folder: Path, how: str) -> Path:
    desk = at_work(folder / "first")
    desk.accepts()
    desk.accepts()
    if how == "closed":
        desk.store.close()
    shutil.copytree(folder / "first", folder / "home")
    desk.store.close()
    return folder / "home"


def _tried(home: Path, *, writing: bool) -> str | int:
    """How many entries were read, or what was said."""
    try:
        with Store.open(home, KEY, writing=writing) as store, store.open_reading() as memory:
            return len(list(memory.journal.entries()))
    except StoreTrouble as trouble:
        return type(trouble).__name__


def _bytes(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in home.glob(f"{FILE}*")}


if __name__ == "__main__":
    print(json.dumps(look(Path(sys.argv[1]), sys.argv[2])))
