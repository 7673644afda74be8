"""The disk is full in the morning: the counter works until the evening, hears about it, and loses nothing."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk.store.reserve import RESERVE_BYTES
from tests.faults.full_disk import DOSSIERS
from tests.faults.small_disks import who_may_mount

SMALL = 2 * RESERVE_BYTES // 2**20 + 16
"""Megabytes: room for a store and for the reserve twice, which is what it asks for."""


def test_three_hundred_dossiers_are_taken_on_a_disk_that_is_full(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """On a real small disk where one can be mounted; elsewhere what the day takes is measured against the reserve."""
    prefix = who_may_mount(tmp_path / "try")

    day = _day(prefix or [], tmp_path, SMALL if prefix is not None else 0)

    tell(f"full disk: {DOSSIERS} dossiers took {day['taken']} bytes, {'mounted' if prefix is not None else 'measured'}")
    assert day["kept"]
    assert day["taken"] < RESERVE_BYTES / 2
    assert day["troubles"] in ([], ["ReserveGivenUp"])
    assert day["lamp"] == ["red", "disk_full"]
    assert day["dossiers"] == DOSSIERS + 1
    assert day["sound"]
    assert day["made_again"]
    assert day["reason_then"] != "disk_full"


def _day(prefix: list[str], folder: Path, megabytes: int) -> dict[str, Any]:
    home = folder / "disk"
    home.mkdir()
    command = [*prefix, sys.executable, "-m", "tests.faults.full_disk", str(home), str(megabytes)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return said
