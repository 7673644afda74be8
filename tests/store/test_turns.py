"""Who writes next: the counter before sync, nobody beside anybody."""

from contextlib import suppress
from threading import Event, Thread

from desk.store.turns import Turns


def test_whoever_waits_at_the_counter_goes_before_sync() -> None:
    turns, order, begun = Turns(), list[str](), Event()

    def sync() -> None:
        begun.set()
        with turns.sync():
            order.append("sync")

    def counter() -> None:
        with turns.counter():
            order.append("counter")

    with turns.sync():
        threads = [Thread(target=sync), Thread(target=counter)]
        threads[0].start()
        begun.wait()
        threads[1].start()
        while not turns.counter_waits:
            threads[1].join(0.001)
        order.append("first")
    for thread in threads:
        thread.join()

    assert order == ["first", "counter", "sync"]


def test_a_turn_ends_also_when_what_was_done_in_it_failed() -> None:
    turns = Turns()

    for door in (turns.counter, turns.sync):
        with suppress(ZeroDivisionError), door():
            print(1 // 0)

    with turns.counter():
        assert not turns.counter_waits
