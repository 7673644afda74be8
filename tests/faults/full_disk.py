"""`python -m tests.faults.full_disk FOLDER [MEGABYTES]`: a day at a desk whose disk is full since the morning, as JSON.

With megabytes the folder becomes a small disk of its own first, which somebody else fills to the last byte. Without,
the reserve is given up at once and what the day took of the disk is counted.
"""

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

from desk.domain.errors import DiskFull, ReserveGivenUp
from desk.services.lamp import look
from desk.services.ports.values import SlipOutcome
from desk.services.slips import confirm_slip, issue_slip, slip_sent
from desk.services.verify import verify
from tests import make
from tests.store.stores import LAN, DeskAtWork, at_work
from tests.store.units import UNITS

DOSSIERS = 300
PAPERS = tuple(make.requirement(f"Bản chính giấy tờ thứ {n}") for n in range(8))


def day(folder: Path, megabytes: int) -> dict[str, Any]:
    if megabytes:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        return _day(folder, small=megabytes > 0)
    finally:
        if megabytes:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _day(folder: Path, *, small: bool) -> dict[str, Any]:
    desk = at_work(folder / "home")
    kept = desk.store.reserve.make()
    if small:
        _fill(folder / "film")
    else:
        desk.store.reserve.give_up()
    before = _size(desk)
    troubles = _receive(desk)
    taken, lamp = _size(desk) - before, look(open_reading=desk.store.open_reading)
    desk.reopened().accepts()
    (folder / "film").unlink(missing_ok=True)
    said = {
        "kept": kept,
        "taken": taken,
        "troubles": troubles,
        "lamp": [lamp.state, lamp.reason],
        "made_again": desk.store.reserve.make(),
        "reason_then": look(open_reading=desk.store.open_reading).reason,
        "sound": verify(open_reading=desk.store.open_reading).sound,
        "dossiers": sum(entry.head.kind == "dossier_accepted" for entry in desk.entries()),
    }
    desk.store.close()
    return said


def _receive(desk: DeskAtWork) -> list[str]:
    """As a clerk does: what did not go is done again once. A fuller disk than that ends the day."""
    troubles: list[str] = []
    for _ in range(DOSSIERS):
        try:
            _one(desk)
        except DiskFull as full:
            troubles.append(type(full).__name__)
            if not isinstance(full, ReserveGivenUp):
                return troubles
            _one(desk)
    return troubles


def _one(desk: DeskAtWork) -> None:
    """A dossier with its money, its slip and the word that the slip came out."""
    work, clock = desk.store.open_work, desk.clock
    code = desk.accepts(requirements=PAPERS, fees=(make.fee_line(),)).code
    slip = issue_slip(code, clerk=LAN, open_work=work, clock=clock, new_id=uuid4, units=UNITS)
    slip_sent(slip.id, open_work=work, clock=clock)
    confirm_slip(slip.id, SlipOutcome.PRINTED, clerk=LAN, open_work=work, clock=clock)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as film, contextlib.suppress(OSError):
        while film.write(bytes(4096)):
            pass


def _size(desk: DeskAtWork) -> int:
    return sum(file.stat().st_size for file in desk.home.glob("desk.db*"))


if __name__ == "__main__":
    print(json.dumps(day(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
