"""The thread that never dies and never makes anybody wait."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync.cycle import Road
from sync.runner import Line, Runner
from sync.schedule import Why
from sync.transport import PARCEL_TYPE, HttpTransport
from sync.troubles import Offline
from tests.sync.far_end import FarEnd
from tests.sync.journals import NOW, Keys, MemoryJournal
from tests.sync.servers import Asked, Said, serving

PATIENCE = 20


class Watch:
    """Runs a runner and waits for what it says."""

    def __init__(self, journal: MemoryJournal, road: Callable[[], Road]) -> None:
        self.lines: queue.Queue[Line] = queue.Queue()
        self.runner = Runner(journal, road, clock=lambda: NOW, software="test", listener=self.lines.put)

    def wait_for(self, *whys: Why, unsent: int | None = None) -> Line:
        while True:
            line = self.lines.get(timeout=PATIENCE)
            if line.why in whys and (unsent is None or (line.last_turn and line.last_turn.unsent == unsent)):
                return line


@contextmanager
def watching(journal: MemoryJournal, road: Callable[[], Road]) -> Iterator[Watch]:
    watch = Watch(journal, road)
    watch.runner.start()
    yield watch
    assert watch.runner.stop(PATIENCE)


class Cuttable:
    """A road that can be cut."""

    def __init__(self, far: FarEnd) -> None:
        self._far, self.cut = far, False

    def exchange(self, parcel: bytes) -> bytes:
        if self.cut:
            raise Offline("cut")
        return self._far.exchange(parcel)


def test_everything_waiting_is_sent_over_http_without_being_asked() -> None:
    far = FarEnd(Keys.new())
    journal = MemoryJournal.enrolled(far.keys)
    journal.write(3)
    far.speak(450)

    def answer(asked: Asked) -> Said:
        return Said(200, {"Content-Type": PARCEL_TYPE}, far.exchange(asked.body))

    with serving(answer) as url, watching(journal, lambda: HttpTransport(url)) as watch:
        line = watch.wait_for(Why.IDLE, unsent=0)
        while len(journal.heard) < 450:
            line = watch.wait_for(Why.IDLE)

    assert [item.n for item in journal.heard] == list(range(1, 451))
    assert line.last_contact == NOW


def test_a_new_entry_is_sent_at_once() -> None:
    far = FarEnd(Keys.new())
    journal = MemoryJournal.enrolled(far.keys)

    with watching(journal, lambda: far) as watch:
        watch.wait_for(Why.IDLE)
        journal.write()
        watch.runner.entry_written()
        while len(far.entries) < 1:
            watch.wait_for(Why.IDLE)

    assert journal.unsent() == 0


def test_a_cut_line_is_said_and_what_waits_goes_when_somebody_asks() -> None:
    far = FarEnd(Keys.new())
    journal, road = MemoryJournal.enrolled(far.keys), Cuttable(far)
    journal.write(2)
    road.cut = True

    with watching(journal, lambda: road) as watch:
        line = watch.wait_for(Why.OFFLINE)
        while line.next_try_at is None:
            line = watch.wait_for(Why.OFFLINE)
        road.cut = False
        watch.runner.ask_now()
        watch.wait_for(Why.IDLE, unsent=0)

    assert line.next_try_at > NOW
    assert len(far.entries) == 2


def test_an_error_nobody_foresaw_does_not_end_the_thread() -> None:
    far = FarEnd(Keys.new())
    journal = MemoryJournal.enrolled(far.keys)
    broken = threading.Event()

    def road() -> Road:
        if not broken.is_set():
            broken.set()
            raise RuntimeError("nobody foresaw this")
        return far

    with watching(journal, road) as watch:
        watch.wait_for(Why.FAILED)
        watch.runner.ask_now()
        watch.wait_for(Why.IDLE)


def test_a_listener_that_fails_does_not_end_the_thread() -> None:
    far = FarEnd(Keys.new())
    journal = MemoryJournal.enrolled(far.keys)
    idle = threading.Event()

    def listener(line: Line) -> None:
        if line.why is Why.IDLE:
            idle.set()
        raise RuntimeError("the window is gone")

    runner = Runner(journal, lambda: far, clock=lambda: NOW, software="test", listener=listener)
    runner.start()

    assert idle.wait(PATIENCE)
    assert runner.stop(PATIENCE)


def test_a_hanging_request_does_not_keep_the_window_from_closing() -> None:
    far = FarEnd(Keys.new())
    journal, asked, release = MemoryJournal.enrolled(far.keys), threading.Event(), threading.Event()

    class Hanging:
        def exchange(self, parcel: bytes) -> bytes:
            asked.set()
            release.wait(PATIENCE)
            raise Offline("released")

    runner = Runner(journal, Hanging, clock=lambda: NOW, software="test", listener=lambda _: None)
    runner.start()
    assert asked.wait(PATIENCE)

    assert not runner.stop(0.01)
    release.set()
    assert runner.stop(PATIENCE)


def test_draining_turns_until_nothing_moves() -> None:
    far = FarEnd(Keys.new())
    journal = MemoryJournal.enrolled(far.keys)
    for _ in range(40):
        journal.write(1, note="n" * 400)
    far.speak(900)

    line = Runner(journal, lambda: far, clock=lambda: NOW, software="test", listener=lambda _: None).drain()

    assert (line.why, journal.unsent(), len(journal.heard)) == (Why.IDLE, 0, 900)


def test_draining_ends_when_the_line_is_dead() -> None:
    far = FarEnd(Keys.new())
    journal, road = MemoryJournal.enrolled(far.keys), Cuttable(far)
    journal.write()
    road.cut = True

    line = Runner(journal, lambda: road, clock=lambda: NOW, software="test", listener=lambda _: None).drain()

    assert (line.why, journal.unsent()) == (Why.OFFLINE, 1)


def test_draining_goes_on_from_where_a_restored_province_says() -> None:
    far = FarEnd(Keys.new())
    journal = MemoryJournal.enrolled(far.keys)
    journal.write(3)
    journal.held_seq = 2

    line = Runner(journal, lambda: far, clock=lambda: NOW, software="test", listener=lambda _: None).drain()

    assert (line.why, journal.unsent(), len(far.entries)) == (Why.IDLE, 0, 3)
