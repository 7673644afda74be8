"""`python -m tests.faults.bombs FOLDER`: set bombs off at a province and at a desk, and say how far each made us grow.

A line of JSON: by name, how many megabytes the process was larger at its largest than just before, as Linux tells.
"""

import json
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import zstandard

from sync.protocol.parcel import PAYLOAD_LIMIT
from sync.troubles import NotTheProvince, Refused, Trouble
from tests.faults import forged
from tests.faults.world import Machine, Way, World, morning

MB = 1024 * 1024
BOMBS = {
    "one long line": (b"a", 512 * MB),
    "nothing but line ends": (b"\n", 512 * MB),
    "just below the limit": (b"x" * 1023 + b"\n", PAYLOAD_LIMIT - MB),
    "deep brackets": (b"[", PAYLOAD_LIMIT - MB),
}


def frame(name: str) -> bytes:
    """A few kilobytes that unpack to so many bytes of a unit."""
    unit, size = BOMBS[name]
    compressor = zstandard.ZstdCompressor(level=3).compressobj()
    block = unit * (MB // len(unit))
    return b"".join([compressor.compress(block) for _ in range(size // len(block))]) + compressor.flush()


@dataclass
class _Answering(Way):
    """A province whose key somebody stole answers with a bomb."""

    machine: Machine | None = None
    bomb: bytes = b""

    def exchange(self, parcel: bytes) -> bytes:
        assert self.machine is not None
        return forged.down(self.world, self.machine, parcel, self.bomb)


def set_off(world: World, bomb: bytes) -> int:
    """Megabytes by which the process grew."""
    machine = world.machines[0]
    before = _forget_the_most()
    assert _refusal(world, forged.up(machine, bomb)) == "unreadable"
    machine.way = _Answering(world, machine.desk, machine=machine, bomb=bomb)
    line = machine.restart().runner.drain()
    assert isinstance(line.trouble, NotTheProvince), line
    return _most_memory() - before


def _refusal(world: World, parcel: bytes) -> str:
    try:
        world.receive(parcel)
    except Trouble as trouble:
        return trouble.code if isinstance(trouble, Refused) else type(trouble).__name__
    return "answered"


def _forget_the_most() -> int:
    """From now on the greatest size counts anew; it is the size of now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _most_memory()


def _most_memory() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    with closing(World(morning(Path(sys.argv[1])))) as small_province:
        print(json.dumps({name: set_off(small_province, frame(name)) for name in BOMBS}))
