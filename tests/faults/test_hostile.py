"""A province among strangers and spoilt desks: it answers everything in the protocol's words, and in bounded memory."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
import zstandard

from sync.protocol.exchange import LINES_A_PARCEL
from sync.protocol.parcel import PARCEL, PAYLOAD_LIMIT
from sync.protocol.problems import Unreadable
from sync.protocol.signing import public, sign
from sync.troubles import Refused
from tests.faults import bombs, forged
from tests.faults.world import World, copied, morning
from tests.servers import listening

BOUND = 4 * PAYLOAD_LIMIT // 2**20
"""Megabytes a bomb may take: what is unpacked, its lines, and what is made of them."""
_CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"

Tell = Callable[[str], None]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return morning(tmp_path_factory.mktemp("morning"))


@pytest.fixture
def world(begun: Path, tmp_path: Path) -> Iterator[World]:
    with closing(copied(begun, tmp_path)) as made:
        yield made


# --- strangers


def test_every_door_answers_what_its_description_allows_and_forbids(world: World, tmp_path: Path, seed: int) -> None:
    _ask_every_door(world, tmp_path, seed, questions=4)


@pytest.mark.soak
def test_every_door_answers_many_questions(world: World, tmp_path: Path, seed: int) -> None:
    _ask_every_door(world, tmp_path, seed, questions=400)


def _ask_every_door(world: World, folder: Path, seed: int, *, questions: int) -> None:
    tool = Path(sys.executable).with_name("schemathesis")
    chosen = ["--checks", _CHECKS, "--max-examples", str(questions), "--seed", str(seed)]
    plainly = ["--no-color", "--no-shrink", "--generation-database", "none"]
    hooks = os.environ | {"SCHEMATHESIS_HOOKS": "tests.faults.doors", "PYTHONPATH": str(Path(__file__).parents[2])}
    with listening(world.database) as url:
        run = subprocess.run(
            [tool, "run", f"{url}/openapi.json", *chosen, *plainly],
            capture_output=True,
            text=True,
            cwd=folder,
            env=hooks,
        )

    assert run.returncode == 0, run.stdout[-6_000:] + run.stderr[-2_000:]


# --- a desk whose hand is genuine and whose words are not


def test_spoilt_words_in_a_genuine_hand_are_answered_and_none_of_them_is_held(world: World, seed: int) -> None:
    _spoil(world, Random(seed), 60)


@pytest.mark.soak
def test_many_spoilt_words_in_a_genuine_hand(world: World, seed: int) -> None:
    _spoil(world, Random(seed), 5_000)


def _spoil(world: World, dice: Random, times: int) -> None:
    """Doubled, dropped and foreign bytes inside a parcel that is sealed and signed as it should be."""
    machine = world.machines[0]
    before = world.rows("SELECT hash, head, body FROM entries ORDER BY hash")
    good = forged.payload(machine)
    for _ in range(times):
        data = bytearray(good)
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(len(data))
            data[at : at + dice.randrange(4)] = dice.choice((b"", b"\x00", b"\n", b'"', b"9" * 30, data[at : at + 99]))
        _answered(world, forged.up(machine, zstandard.compress(bytes(data))))

    assert world.rows("SELECT hash, head, body FROM entries ORDER BY hash") == before
    assert machine.sync_until_quiet()


def _answered(world: World, parcel: bytes) -> bool:
    """With a parcel, or with a problem of the protocol. Anything else comes out as what it is."""
    try:
        world.receive(parcel)
    except Refused:
        return False
    return True


def test_a_parcel_of_too_many_lines_is_answered_and_the_next_one_taken(world: World) -> None:
    machine = world.machines[0]
    manifest, line, *_ = forged.payload(machine).split(b"\n")

    _answered(world, forged.up(machine, zstandard.compress(b"\n".join([manifest, *[line] * (LINES_A_PARCEL + 1)]))))

    assert machine.sync_until_quiet()


def test_a_parcel_signed_anew_by_another_desk_says_nothing(world: World) -> None:
    """The header with the sender's name is bound into the seal, so whoever puts in his own cannot be read."""
    victim, thief = (machine.journal.identity().key for machine in world.machines[:2])
    world.machines[0].sync()
    stolen = world.parcels[-1][:-64]
    anew = stolen.replace(public(victim).encode(), public(thief).encode())

    with pytest.raises(Refused) as refused:
        world.receive(anew + sign(thief, PARCEL, anew))

    assert refused.value.code == Unreadable.code


def test_lengths_that_lie_are_no_parcel(world: World) -> None:
    world.machines[0].sync()
    parcel = world.parcels[-1]

    for at, shape in ((9, ">H"), (11 + struct.unpack_from(">H", parcel, 9)[0], ">I")):
        for lie in (0, 1, 2**16 - 1, 2 ** (8 * struct.calcsize(shape)) - 1):
            data = bytearray(parcel)
            struct.pack_into(shape, data, at, lie)
            assert not _answered(world, bytes(data))


# --- bombs


def test_bombs_in_genuine_parcels_take_little_memory_on_either_side(tmp_path: Path, tell: Tell) -> None:
    """In a process of its own, whose greatest size the system tells."""
    run = subprocess.run([sys.executable, "-m", "tests.faults.bombs", tmp_path], capture_output=True, text=True)

    assert run.returncode == 0, run.stderr
    grown: dict[str, int] = json.loads(run.stdout.splitlines()[-1])
    tell(f"bombs, megabytes at most: {grown}")
    assert grown.keys() == bombs.BOMBS.keys()
    assert max(grown.values()) < BOUND
