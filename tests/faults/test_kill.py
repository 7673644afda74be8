"""Killed at any moment, again and again: what was said stays said, and the next start goes on from there."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.killing import Death, Scene
from tests.faults.marks import Doing

Tell = Callable[[str], None]

SHORT, LONG, LIVES = 20, 300, 20
"""Kills in all; after so many lives a new desk begins, or proving its journal would take longer than filling it."""


def test_twenty_kills_lose_nothing(tmp_path: Path, seed: int, tell: Tell) -> None:
    deaths = _deaths(tmp_path, random.Random(seed), SHORT)

    assert len(deaths) == SHORT
    tell(_where(deaths))


@pytest.mark.soak
def test_three_hundred_kills_lose_nothing(tmp_path: Path, seed: int, tell: Tell) -> None:
    chance = random.Random(seed)
    deaths: list[Death] = []
    while len(deaths) < LONG:
        deaths += _deaths(tmp_path / str(len(deaths)), chance, min(LIVES, LONG - len(deaths)))

    assert len(deaths) == LONG
    tell(_where(deaths))


def _deaths(folder: Path, chance: random.Random, lives: int) -> list[Death]:
    """Of one desk, which in the end still agrees with its province."""
    folder.mkdir(exist_ok=True)
    scene = Scene(folder, chance)
    try:
        scene.enrol()
        deaths = [scene.live_and_die() for _ in range(lives)]
        scene.settle()
    finally:
        scene.close()
    return deaths


def _where(deaths: list[Death]) -> str:
    windows = [death for death in deaths if death.who == "window"]
    inside = sum(bool({Doing.TRANSACTION, Doing.COMMIT, Doing.REQUEST}.intersection(death.doing)) for death in windows)
    places = Counter(doing.name.lower() for death in windows for doing in death.doing)
    commands = Counter(death.who for death in deaths if death.who != "window")
    return (
        f"kills: {len(deaths)}; of {len(windows)} windows {inside} inside a transaction or a request"
        f" ({_counts(places)}); commands: {_counts(commands)};"
        f" the province killed besides: {sum(death.province_died for death in deaths)}"
    )


def _counts(things: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(things.items()))
