"""A disk that may only be read: said as such, read all the same where nothing is missing, and left as it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desk.domain.errors import StoreReadOnly
from desk.store.lock import WriterLock
from tests.faults.small_disks import who_may_mount
from tests.store.stores import DeskAtWork, at_work


@pytest.fixture
def desk(tmp_path: Path) -> DeskAtWork:
    return at_work(tmp_path / "home")


def test_a_home_where_no_lock_can_be_written_is_read_only_and_not_another_window(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()

    with pytest.raises(StoreReadOnly):
        WriterLock(tmp_path)


def test_a_store_on_a_read_only_disk_is_read_and_never_written(tmp_path: Path) -> None:
    """Closed properly before, it is read to its last entry; with a log beside it nobody pretends that it is whole."""
    prefix = who_may_mount(tmp_path / "try")
    if prefix is None:
        return  # nobody may mount here; the classes of failure are proven in tests/store/test_trouble.py

    closed, broken_off = (_looked_at(prefix, tmp_path / how, how) for how in ("closed", "broken-off"))

    assert closed == {"open": "StoreReadOnly", "read": 3, "changed": False}
    assert broken_off == {"open": "StoreReadOnly", "read": "StoreReadOnly", "changed": False}


def _looked_at(prefix: list[str], folder: Path, how: str) -> dict[str, Any]:
    folder.mkdir()
    command = [*prefix, sys.executable, "-m", "tests.faults.read_only_disk", str(folder), how]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return said
