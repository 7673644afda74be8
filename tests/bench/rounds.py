"""Timing deeds against each other in alternating rounds, so that a noisy minute hits all of them alike."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

Clock = Callable[[], float]
"""Seconds: `perf_counter` of the wall, `process_time` of all cores."""
Deed = Callable[[], object]
Prepared = Callable[[], Deed]
"""Called off the clock; what it gives back is called on it."""


@dataclass(frozen=True)
class Timings:
    """How long one deed took, in seconds, round by round."""

    rounds: tuple[tuple[float, ...], ...]

    @property
    def all(self) -> list[float]:
        return [seconds for one in self.rounds for seconds in one]

    @property
    def median(self) -> float:
        return statistics.median(self.all)

    def percentile(self, percent: float) -> float:
        """The smallest time that at least so many percent of all times do not exceed."""
        return percentile(self.all, percent)

    def told(self, of: Callable[[Sequence[float]], float] = statistics.median) -> str:
        """`0.61 ms, rounds 0.58 … 0.66` by the median, or by what else `of` makes of times."""
        by_round = [of(one) * 1000 for one in self.rounds]
        return f"{of(self.all) * 1000:.3g} ms, rounds {min(by_round):.3g} … {max(by_round):.3g}"


def percentile(values: Sequence[float], percent: float) -> float:
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1]


def p99(values: Sequence[float]) -> float:
    return percentile(values, 99)


def time(deed: Deed, clock: Clock = perf_counter) -> float:
    """Seconds it took, once."""
    begun = clock()
    deed()
    return clock() - begun


def alternate(
    deeds: Mapping[str, Prepared], *, rounds: int, each: int, clock: Clock = perf_counter
) -> dict[str, Timings]:
    """Do all deeds `each` times a round, one after the other; a first round warms up and is not counted.

    Who goes first changes from one turn to the next.
    """
    taken: dict[str, list[tuple[float, ...]]] = {name: [] for name in deeds}
    for number in range(rounds + 1):
        for name, seconds in _one_round(deeds, each, clock).items():
            if number:
                taken[name].append(tuple(seconds))
    return {name: Timings(tuple(rounds)) for name, rounds in taken.items()}


def _one_round(deeds: Mapping[str, Prepared], each: int, clock: Clock) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in deeds}
    for turn in range(each):
        names = list(deeds) if turn % 2 else list(deeds)[::-1]
        for name in names:
            seconds[name].append(time(deeds[name](), clock))
    return seconds
