"""The tests' own line does what it says, or nothing measured on it would mean anything."""

from time import monotonic

import pytest

from sync.transport import PARCEL_TYPE, HttpTransport
from sync.troubles import AnswerLost, NotTheProvince, Offline, Trouble
from tests.relay import Line, Mishap, Way, kbit, relaying
from tests.sync.servers import Said, serving

ECHO = {"Content-Type": PARCEL_TYPE}
SIZE = 100_000


def exchanged(line: Line, size: int = SIZE) -> float:
    """Seconds a parcel of so many bytes takes there and back."""
    begun = monotonic()
    parcel = bytes(range(250)) * (size // 250)
    assert HttpTransport(line.url, read_seconds=0.7).exchange(parcel) == parcel
    return monotonic() - begun


def test_a_line_without_weather_changes_nothing_and_counts_everything() -> None:
    with serving(lambda asked: Said(200, ECHO, asked.body)) as url, relaying(url) as line:
        exchanged(line)

    assert SIZE < line.up.passed < SIZE + 1_000
    assert SIZE < line.down.passed < SIZE + 1_000
    assert line.connections == 1


def test_a_parcel_takes_the_time_its_bytes_take_and_the_way_both_ways() -> None:
    way = Way(delay=0.15, rate=kbit(2_000))
    with serving(lambda asked: Said(200, ECHO, asked.body)) as url, relaying(url, way, way) as line:
        seconds = exchanged(line)

    alone = 2 * SIZE / kbit(2_000) + 0.3
    assert alone * 0.9 < seconds < alone * 1.6


@pytest.mark.parametrize(
    ("mishap", "trouble"),
    [
        (Mishap("reset", "up", 50_000), AnswerLost),
        (Mishap("reset", "down", 50_000), AnswerLost),
        (Mishap("cut", "down", 50_000), AnswerLost),
        (Mishap("hang", "down", 50_000), AnswerLost),
        (Mishap("junk", "down", 0), (AnswerLost, NotTheProvince)),
    ],
    ids=str,
)
def test_a_mishap_befalls_the_connection_it_was_chosen_for(mishap: Mishap, trouble: type[Trouble]) -> None:
    def first_only(n: int) -> Mishap | None:
        return mishap if n == 1 else None

    with serving(lambda asked: Said(200, ECHO, asked.body)) as url, relaying(url, mishap=first_only) as line:
        with pytest.raises(trouble):
            exchanged(line)
        exchanged(line)


def test_a_line_that_broke_down_comes_back_at_the_same_address() -> None:
    with serving(lambda asked: Said(200, ECHO, asked.body)) as url, relaying(url) as line:
        exchanged(line)
        line.break_down()
        with pytest.raises(Offline):
            exchanged(line)
        line.come_back()
        exchanged(line)
