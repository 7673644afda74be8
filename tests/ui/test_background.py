"""The lanes: answers on the screen's thread, and none for who is gone."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.ui.background import Background, Lane


def unexpected(answer: object) -> None:
    pytest.fail(f"nobody asked for {answer!r}")


def test_the_answer_comes_on_the_screens_thread(qtbot: QtBot, background: Background, qapp: object) -> None:
    threads: list[threading.Thread] = []
    owner = QWidget()

    with qtbot.waitSignal(background.idle):
        background.run(
            Lane.READ,
            threading.current_thread,
            owner=owner,
            done=lambda worker: threads.extend((worker, threading.current_thread())),
            failed=unexpected,
        )

    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_what_goes_wrong_is_told_and_not_raised(qtbot: QtBot, background: Background) -> None:
    told: list[Exception] = []
    owner = QWidget()

    with qtbot.waitSignal(background.idle):
        background.run(Lane.WRITE, lambda: 1 // 0, owner=owner, done=unexpected, failed=told.append)

    assert isinstance(told[0], ZeroDivisionError)


@pytest.mark.parametrize("work", [lambda: "late", lambda: 1 // 0], ids=["done", "failed"])
def test_an_answer_for_a_closed_page_is_dropped(
    qtbot: QtBot, background: Background, work: Callable[[], object]
) -> None:
    gate = threading.Event()
    page = QWidget()

    def wait_and_work() -> object:
        gate.wait()
        return work()

    background.run(Lane.READ, wait_and_work, owner=page, done=unexpected, failed=unexpected)
    shiboken6.delete(page)

    with qtbot.waitSignal(background.idle):
        gate.set()


def test_a_search_does_not_wait_for_a_write_nor_a_write_for_the_printer(qtbot: QtBot, background: Background) -> None:
    gates = {lane: threading.Event() for lane in (Lane.PRINT, Lane.WRITE)}
    answers: list[str] = []
    owner = QWidget()
    for lane, gate in gates.items():
        background.run(lane, gate.wait, owner=owner, failed=unexpected)

    background.run(Lane.READ, lambda: "found", owner=owner, done=answers.append, failed=unexpected)
    qtbot.waitUntil(lambda: answers == ["found"])
    background.run(Lane.WRITE, lambda: "written", owner=owner, done=answers.append, failed=unexpected)
    gates[Lane.WRITE].set()
    qtbot.waitUntil(lambda: answers == ["found", "written"])

    with qtbot.waitSignal(background.idle):
        gates[Lane.PRINT].set()


def test_writes_are_done_in_the_order_they_were_asked_for(qtbot: QtBot, background: Background) -> None:
    written: list[int] = []
    owner = QWidget()

    with qtbot.waitSignal(background.idle):
        for number in range(20):
            background.run(Lane.WRITE, partial(written.append, number), owner=owner, failed=unexpected)

    assert written == list(range(20))


def test_stopping_finishes_what_was_to_be_written_and_hears_nobody_afterwards() -> None:
    written: list[str] = []
    lanes = Background()
    owner = QWidget()
    for word in ("first", "second"):
        lanes.run(Lane.WRITE, partial(written.append, word), owner=owner, failed=unexpected)

    lanes.stop()
    lanes.run(Lane.WRITE, lambda: written.append("too late"), owner=owner, failed=unexpected)

    assert written == ["first", "second"]
