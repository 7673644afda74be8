"""How soon a desk notices that its line is back, and how many desks knock at a province that is not there.

The first is real: a network of its own that is cut and mended, with the system's word and without. The second is pure
arithmetic over the schedule the desks really keep, for ten minutes and several runs of desk numbers.
"""

from collections import Counter
from datetime import timedelta
from random import Random

from sync.schedule import BEAT, Beat, Course, Wake, Why, after_failure, pause, place_of, woken
from sync.troubles import Offline
from tests.back_online import back_online
from tests.bench.figure import Figure, at_most

DESKS = 400
WITH_WORD, WITHOUT = 10, 5
A_DOSSIER = timedelta(seconds=110)
MINUTES = 10
FIRST_NUMBERS = (1000, 2345, 7001)


def measure() -> tuple[Figure, ...]:
    return (
        _return("line-return", WITH_WORD, deaf=False, limit=2),
        _return("line-beat", WITHOUT, deaf=True, limit=15),
        _knocks(),
    )


def _return(name: str, rounds: int, *, deaf: bool, limit: float) -> Figure:
    seconds = back_online(rounds, deaf=deaf)
    return Figure(
        name=name,
        value=max(seconds),
        unit="s, the longest",
        against="nobody said that the network is up" if deaf else "from the system's word that the network is up",
        target=at_most(limit),
        spread=f"{rounds} returns of a real network, {min(seconds):.2f} … {max(seconds):.2f} s",
    )


def _knocks() -> Figure:
    counts = [knocks(first) for first in FIRST_NUMBERS]
    busiest = max(max(counted.values()) for counted in counts)
    mean = sum(sum(counted.values()) for counted in counts) / (len(counts) * MINUTES * 60)
    return Figure(
        name="probes",
        value=busiest,
        unit="a second, the busiest",
        against=f"{DESKS} desks that go on taking dossiers, a beat of {BEAT:.0f} s",
        target=at_most(30),
        spread=f"{mean:.1f} on average over {MINUTES} minutes",
    )


def knocks(first: int) -> Counter[int]:
    """By second, how often desks numbered from `first` on knock; their clocks are right to 50 ms, as they learned."""
    chance = Random(first)
    counted: Counter[int] = Counter()
    for number in range(first, first + DESKS):
        for second in _knocks_of(number, chance):
            counted[second] += 1
    return counted


def _knocks_of(number: int, chance: Random) -> list[int]:
    """The line dies while the desk rests; each knock takes up to a fifth of a second to fail."""
    course = Course(why=Why.IDLE, ask_first=False)
    place, wrong = place_of(number), chance.uniform(-0.05, 0.05)
    now, dossier, seconds = chance.uniform(0, BEAT), chance.uniform(0, A_DOSSIER.total_seconds()), []
    while now < MINUTES * 60:
        course = after_failure(course, Offline("ConnectTimeoutError"))
        now += chance.uniform(0.01, 0.2)
        due = now + pause(course, Beat(now + wrong, place))
        while dossier < due:
            course = woken(course, Wake.ENTRY)
            due = min(due, dossier + pause(course, Beat(dossier + wrong, place)))
            dossier += A_DOSSIER.total_seconds()
        now = due
        seconds.append(int(now))
    return seconds
