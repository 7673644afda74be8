"""When the wheel turns next, over everything that can have happened."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.cycle import Turn
from sync.protocol.exchange import ToldProblem
from sync.protocol.problems import Forked
from sync.schedule import (
    LEAST_BYTES,
    LONGEST_PAUSE,
    MOST_BYTES,
    MOST_ITEMS,
    OFFLINE_PAUSE,
    QUICK,
    Course,
    Why,
    after_failure,
    after_turn,
    pause,
    woken,
)
from sync.troubles import AnswerLost, Busy, ClockWrong, NotTheProvince, Offline, Refused, TooLarge, Trouble

DONE = Turn(
    sent=0,
    settled=True,
    items=0,
    more=False,
    unsent=0,
    wanted=(),
    problem=None,
    offset=0,
    bytes_up=900,
    bytes_down=900,
    seconds=0.2,
)
RUNNING = Course(ask_first=False, why=Why.IDLE)

chances = st.floats(0, 1, exclude_max=True)
troubles: st.SearchStrategy[Trouble | Forked] = st.one_of(
    st.builds(Offline, st.just("x")),
    st.builds(AnswerLost, st.just("x")),
    st.builds(TooLarge),
    st.builds(Busy, st.floats(0, 86_400)),
    st.builds(NotTheProvince, st.just("x")),
    st.builds(Refused, st.just("not-certified"), st.just({})),
    st.builds(ClockWrong, st.integers()),
    st.builds(Forked, st.just(1), st.just(1), st.just("x")),
)
turns = st.builds(
    replace,
    st.just(DONE),
    sent=st.integers(0, 100),
    settled=st.booleans(),
    items=st.integers(0, 500),
    more=st.booleans(),
    unsent=st.integers(0, 1000),
    seconds=st.floats(0, 200),
)
histories = st.lists(st.one_of(troubles, turns), max_size=40)


def lived(history: list[Trouble | Forked | Turn]) -> Course:
    course = Course()
    for event in history:
        course = after_turn(course, event) if isinstance(event, Turn) else after_failure(course, event)
    return course


@given(histories, chances)
def test_whatever_happened_no_pause_is_longer_than_five_minutes(
    history: list[Trouble | Forked | Turn], chance: float
) -> None:
    assert 0 <= pause(lived(history), chance) <= LONGEST_PAUSE


@given(histories)
def test_whatever_happened_a_portion_carries_at_least_one_deed_and_never_too_much(
    history: list[Trouble | Forked | Turn],
) -> None:
    course = lived(history)

    assert LEAST_BYTES <= course.entry_bytes <= MOST_BYTES
    assert 1 <= course.feed_items <= MOST_ITEMS


@given(histories)
def test_whatever_happened_somebody_who_asks_does_not_wait(history: list[Trouble | Forked | Turn]) -> None:
    assert pause(woken(lived(history), asked=True), 0.5) == 0


@given(histories)
def test_whatever_happened_a_good_answer_ends_the_backing_off(history: list[Trouble | Forked | Turn]) -> None:
    assert after_turn(lived(history), DONE).failures == 0


@given(st.lists(troubles, min_size=1, max_size=30), chances)
def test_each_trouble_in_a_row_waits_at_least_as_long_as_chance_allows(
    history: list[Trouble | Forked], chance: float
) -> None:
    assert pause(lived(list(history)), chance) > 0.5


@given(chances, chances)
def test_chance_spreads_desks_but_only_by_a_fifth(one: float, other: float) -> None:
    course = lived([NotTheProvince("x")] * 20)

    assert pause(course, one) >= 0.8 * pause(course, other)


def test_pauses_double_until_the_ceiling() -> None:
    course, pauses = RUNNING, []
    for _ in range(12):
        course = after_failure(course, NotTheProvince("x"))
        pauses.append(pause(course, 0))

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_a_dead_line_is_tried_every_quarter_of_a_minute() -> None:
    assert pause(lived([Offline("x")] * 30), 0) == OFFLINE_PAUSE


@given(st.floats(0, 290), chances)
def test_a_busy_province_is_left_alone_as_long_as_it_asked(seconds: float, chance: float) -> None:
    course = after_failure(RUNNING, Busy(seconds))

    assert pause(course, chance) >= seconds
    assert woken(course, asked=False) == (course if seconds else woken(course, asked=False))


def test_a_new_entry_ends_a_long_pause() -> None:
    assert pause(woken(lived([NotTheProvince("x")] * 20), asked=False), 0) == 0


def test_after_a_lost_answer_the_desk_asks_before_it_sends() -> None:
    course = after_failure(RUNNING, AnswerLost("x"))

    assert course.why is Why.UNKNOWN
    assert (course.portion.entry_bytes, course.portion.feed_items) == (0, 0)
    assert after_turn(course, replace(DONE, unsent=9)).portion.entry_bytes > 0


def test_a_program_that_starts_asks_first() -> None:
    assert Course().portion.entry_bytes == 0


@pytest.mark.parametrize("error", [AnswerLost("timeout"), TooLarge()])
def test_portions_shrink_when_a_parcel_does_not_get_through(error: Trouble) -> None:
    assert after_failure(RUNNING, error).entry_bytes == RUNNING.entry_bytes // 2


@pytest.mark.parametrize("error", [Offline("x"), Busy(3), NotTheProvince("x"), Refused("x", {})])
def test_portions_stay_when_size_is_not_to_blame(error: Trouble) -> None:
    assert after_failure(RUNNING, error).entry_bytes == RUNNING.entry_bytes


def test_portions_grow_when_the_link_is_good() -> None:
    course = after_turn(RUNNING, replace(DONE, sent=10, unsent=90, items=200, more=True, seconds=QUICK / 2))

    assert course.entry_bytes == RUNNING.entry_bytes * 2
    assert course.feed_items == RUNNING.feed_items * 2
    assert pause(course, 0) == 0


def test_portions_shrink_when_a_turn_takes_too_long() -> None:
    assert after_turn(RUNNING, replace(DONE, sent=10, seconds=60)).entry_bytes == RUNNING.entry_bytes // 2


def test_a_province_that_holds_nothing_new_is_not_asked_in_a_tight_circle() -> None:
    course = after_turn(RUNNING, replace(DONE, sent=5, settled=False, unsent=5))

    assert course.why is Why.STUCK
    assert pause(course, 0) > 0


def test_a_feed_that_promises_more_and_brings_nothing_is_not_read_in_a_tight_circle() -> None:
    assert pause(after_turn(RUNNING, replace(DONE, more=True)), 0) > 1


@pytest.mark.parametrize(
    ("code", "why"), [("forked", Why.FORKED), ("not-certified", Why.REFUSED), ("chain-broken", Why.STUCK)]
)
def test_a_told_problem_is_named_for_the_lamp(code: str, why: Why) -> None:
    told = replace(DONE, problem=ToldProblem(code=code, facts={}))

    assert after_turn(RUNNING, told).why is why


def test_our_own_side_failing_is_not_the_lines_fault() -> None:
    assert after_failure(RUNNING, OSError("disk")).why is Why.FAILED
