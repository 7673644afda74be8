"""A desk that comes up beside its window, or does not."""

import queue
from pathlib import Path

import pytest

from desk.domain.errors import NotEnrolled
from desk.opening import Opening
from sync.runner import Line
from sync.schedule import Why
from sync.troubles import Offline
from tests.commands.conftest import found
from tests.store.stores import FakeClock

SECONDS = 20


class NoLine:
    """A road that leads nowhere."""

    def exchange(self, parcel: bytes) -> bytes:
        raise Offline("cut")


def test_the_store_opens_and_the_line_starts(tmp_path: Path) -> None:
    found(tmp_path).store.close()
    lines: queue.Queue[Line] = queue.Queue()
    opening = Opening(tmp_path, None, clock=FakeClock(), road=lambda _: NoLine())

    opening.begin(lines.put)
    with opening.store().open_reading() as memory:
        number = memory.identity.desk().number
    while lines.get(timeout=SECONDS).why is not Why.OFFLINE:
        pass
    opening.close()

    assert number == 1017


def test_whoever_asks_for_a_store_that_did_not_open_hears_why(tmp_path: Path) -> None:
    opening = Opening(tmp_path, None, clock=FakeClock())

    opening.begin(lambda _: None)

    with pytest.raises(NotEnrolled):
        opening.store()
    assert opening.runner() is None
    opening.close()
