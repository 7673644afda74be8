"""When the wheel turns next, over everything that can have happened."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.cycle import Kind, Turn
from sync.protocol.entry import BEGINNING, Tip
from sync.protocol.exchange import ToldProblem
from sync.protocol.problems import Forked
from sync.schedule import (
    BEAT,
    CORNERED,
    IDLE_PAUSE,
    LEAST_BYTES,
    LONGEST_PAUSE,
    MOST_BYTES,
    MOST_ITEMS,
    MOST_RESTS,
    SHORT_PAUSE,
    TARGET,
    Beat,
    Course,
    Wake,
    Why,
    after_failure,
    after_turn,
    is_worth_another,
    pause,
    place_of,
    woken,
)
from sync.troubles import AnswerLost, Busy, ClockWrong, NotTheProvince, Offline, Refused, TooLarge, Trouble

DONE = Turn(
    kind=Kind.FEED,
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
ANSWERED = replace(DONE, kind=Kind.QUESTION)
SENT = replace(DONE, kind=Kind.ENTRIES, sent=10)
BODY = Tip(epoch=1, seq=7, hash=BEGINNING)
RUNNING = Course(ask_first=False, why=Why.IDLE)

beats = st.builds(Beat, st.floats(0, 1e9), st.floats(0, 1, exclude_max=True))
kinds = st.sampled_from(Kind)
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
    kind=kinds,
    sent=st.integers(0, 100),
    settled=st.booleans(),
    items=st.integers(0, 500),
    more=st.booleans(),
    unsent=st.integers(0, 1000),
    wanted=st.sampled_from([(), (BODY,)]),
    delivered=st.booleans(),
    bytes_up=st.integers(0, 10**6),
    bytes_down=st.integers(0, 10**6),
    seconds=st.floats(0, 400),
)
Event = Turn | tuple[Trouble | Forked, Kind] | Wake
histories = st.lists(st.one_of(st.tuples(troubles, kinds), turns, st.sampled_from(Wake)), max_size=40)


def lived(history: list[Event], course: Course | None = None) -> Course:
    course = course or Course()
    for event in history:
        match event:
            case Turn():
                course = after_turn(course, event)
            case Wake():
                course = woken(course, event)
            case error, kind:
                course = after_failure(course, error, kind)
    return course


def failing(error: Trouble, times: int, kind: Kind = Kind.QUESTION) -> Course:
    return lived([(error, kind)] * times, RUNNING)


def cornered() -> Course:
    """One deed alone was refused so often that its heads go without their bodies."""
    course = replace(RUNNING, entry_bytes=LEAST_BYTES)
    for _ in range(CORNERED):
        course = lived([(NotTheProvince("status"), Kind.ENTRIES), ANSWERED], course)
    return course


@given(histories, beats)
def test_whatever_happened_no_pause_is_longer_than_five_minutes(history: list[Event], beat: Beat) -> None:
    assert 0 <= pause(lived(history), beat) <= LONGEST_PAUSE


@given(histories)
def test_whatever_happened_a_portion_carries_at_least_one_deed_and_never_too_much(history: list[Event]) -> None:
    course = lived(history)

    assert LEAST_BYTES <= course.entry_bytes <= MOST_BYTES
    assert 1 <= course.feed_items <= MOST_ITEMS


@given(histories, beats)
def test_whatever_happened_somebody_who_asks_does_not_wait(history: list[Event], beat: Beat) -> None:
    assert pause(woken(lived(history), Wake.ASKED), beat) == 0


@given(histories)
def test_whatever_happened_a_good_answer_ends_the_backing_off(history: list[Event]) -> None:
    assert after_turn(lived(history), DONE).failures == 0


@given(histories, beats, troubles, kinds)
def test_whatever_happened_a_line_that_keeps_failing_is_not_knocked_at_without_end(
    history: list[Event], beat: Beat, error: Trouble, kind: Kind
) -> None:
    """Two tries may lie close together, three lie at least a second apart."""
    course, waited = lived(history), 0.0
    for _ in range(3):
        course = after_failure(course, error, kind)
        waited += pause(course, Beat(beat.now + waited, beat.place))
        waited += 0.001  # no try takes no time at all

    assert waited > 0.9


@given(beats, st.floats(0, 250))
def test_a_beat_comes_within_its_length_and_at_the_desks_own_place(beat: Beat, seconds: float) -> None:
    wait = beat.after(seconds)

    assert seconds <= wait <= seconds + BEAT
    assert abs((beat.now + wait - beat.place * BEAT + BEAT / 2) % BEAT - BEAT / 2) < 1e-5


@given(beats)
def test_a_dead_line_is_tried_within_a_quarter_of_a_minute_however_long_it_was_dead(beat: Beat) -> None:
    assert pause(failing(Offline("x"), 30), beat) <= BEAT


@given(beats)
def test_pauses_double_until_the_ceiling(beat: Beat) -> None:
    course = RUNNING
    for times in range(12):
        course = after_failure(course, NotTheProvince("x"))
        assert min(2**times, LONGEST_PAUSE - BEAT) <= pause(course, beat) <= LONGEST_PAUSE


@given(st.floats(0, 285), beats)
def test_a_busy_province_is_left_alone_as_long_as_it_asked(seconds: float, beat: Beat) -> None:
    course = after_failure(RUNNING, Busy(seconds))

    assert pause(course, beat) >= seconds
    if seconds:
        assert woken(course, Wake.LINK) == woken(course, Wake.ENTRY) == course


@given(beats)
def test_a_link_that_came_back_ends_every_other_pause(beat: Beat) -> None:
    for error in (Offline("x"), NotTheProvince("x"), AnswerLost("x"), Refused("x", {})):
        assert pause(woken(failing(error, 20), Wake.LINK), beat) == 0


def test_a_link_that_was_never_gone_brings_nobody_to_the_door() -> None:
    idle = after_turn(RUNNING, DONE)

    assert woken(idle, Wake.LINK) == idle


@given(beats)
def test_a_new_entry_goes_at_once_while_the_line_is_well_and_at_the_next_beat_while_it_is_not(beat: Beat) -> None:
    assert pause(woken(replace(RUNNING, eager=False), Wake.ENTRY), beat) == 0
    assert pause(woken(failing(NotTheProvince("x"), 20), Wake.ENTRY), beat) <= 1 + BEAT
    assert pause(woken(failing(Offline("x"), 20), Wake.ENTRY), beat) == pause(failing(Offline("x"), 20), beat)


def knocks(desks: range, seconds: int, first: list[Course]) -> Counter[int]:
    """How often 400 desks that go on working knock at a dead province in each second; a try takes a moment."""
    counted: Counter[int] = Counter()
    for number, course in zip(desks, first, strict=True):
        now, place, due = 1e6, place_of(number), number % 110
        while now < 1e6 + seconds:
            counted[int(now)] += 1
            course = after_failure(course, Offline("ConnectTimeoutError"))
            ends = now + 0.2 + pause(course, Beat(now + 0.2, place))
            while due < ends - 1e6:  # a dossier is taken every 110 seconds
                course = woken(course, Wake.ENTRY)
                due += 110
            now = ends
    return counted


@pytest.mark.parametrize("first_number", [1000, 1234, 5003, 9000])
def test_four_hundred_desks_knock_at_a_dead_province_at_most_thirty_times_a_second(first_number: int) -> None:
    """The first second is what was on its way when it died."""
    begun = [RUNNING] * 400

    counted = knocks(range(first_number, first_number + 400), 600, begun)

    seconds = [counted[second] for second in range(1_000_001, 1_000_600)]
    assert max(seconds) <= 30
    assert sum(seconds) / len(seconds) <= 400 / BEAT + 0.5


@given(beats)
def test_an_idle_desk_looks_at_the_feed_every_third_beat(beat: Beat) -> None:
    assert IDLE_PAUSE - BEAT <= pause(after_turn(RUNNING, DONE), beat) <= IDLE_PAUSE


def test_after_something_was_sent_the_desk_looks_soon_whether_it_is_judged_and_then_ever_more_rarely() -> None:
    beat = Beat(0, 0.5)
    course, pauses = after_turn(RUNNING, SENT), []
    for _ in range(4):
        pauses.append(pause(course, beat))
        course = after_turn(course, DONE)

    assert pauses[:3] == [5, 10, 20]
    assert pauses[3] >= IDLE_PAUSE - BEAT


def test_once_the_province_has_spoken_nobody_looks_more_often_than_usual() -> None:
    course = after_turn(after_turn(RUNNING, SENT), replace(DONE, items=1))

    assert pause(course, Beat(0, 0.5)) >= IDLE_PAUSE - BEAT


def test_after_a_lost_answer_the_desk_asks_soon_and_before_it_sends() -> None:
    course = after_failure(RUNNING, AnswerLost("x"), Kind.ENTRIES)

    assert course.why is Why.UNKNOWN
    assert pause(course, Beat(0, 0.5)) == SHORT_PAUSE
    assert (course.portion.entry_bytes, course.portion.feed_items) == (0, 0)
    assert after_turn(course, replace(ANSWERED, unsent=9)).portion.entry_bytes > 0


def test_a_program_that_starts_asks_first() -> None:
    assert Course().portion.entry_bytes == 0


@pytest.mark.parametrize("error", [AnswerLost("timeout"), TooLarge()])
def test_portions_shrink_when_a_parcel_does_not_get_through(error: Trouble) -> None:
    assert after_failure(RUNNING, error, Kind.ENTRIES).entry_bytes == RUNNING.entry_bytes // 2


@pytest.mark.parametrize("error", [Offline("x"), Busy(3), NotTheProvince("x"), Refused("x", {})])
def test_portions_stay_when_size_is_not_to_blame(error: Trouble) -> None:
    assert after_failure(RUNNING, error, Kind.ENTRIES).entry_bytes == RUNNING.entry_bytes


def test_a_parcel_somebody_stops_who_lets_questions_through_is_made_smaller() -> None:
    course = lived([(NotTheProvince("status"), Kind.ENTRIES), ANSWERED], RUNNING)

    assert course.entry_bytes == RUNNING.entry_bytes // 2


@pytest.mark.parametrize("error", [AnswerLost("x"), TooLarge(), NotTheProvince("x")])
def test_one_deed_that_never_gets_through_goes_without_its_bodies(error: Trouble) -> None:
    course, tries = RUNNING, 0
    while not course.portion.bare:
        course = lived([(error, Kind.ENTRIES), ANSWERED], course)
        tries += 1

    assert tries <= 12
    assert (course.portion.entry_bytes, course.portion.apart) == (LEAST_BYTES, True)


def test_a_line_that_answers_no_question_never_costs_a_body() -> None:
    course = lived([(AnswerLost("x"), Kind.ENTRIES), *[(AnswerLost("x"), Kind.QUESTION)] * 50], RUNNING)

    assert course.cornered == 0


def test_after_bare_heads_the_next_deed_goes_whole_and_the_body_waits_its_turn() -> None:
    course = after_turn(cornered(), replace(SENT, kind=Kind.HEADS, wanted=(BODY,)))

    assert (course.why, course.portion.bare, course.portion.bodies) == (Why.BODIES, False, False)
    assert course.portion.alone is not None


@given(st.integers(1, 300))
def test_a_body_somebody_refuses_is_tried_alone_and_ever_more_rarely(times: int) -> None:
    course = after_turn(cornered(), replace(SENT, kind=Kind.HEADS, wanted=(BODY,)))
    tried = 0
    for _ in range(times):
        if course.portion.bodies:
            tried += 1
            course = lived([(NotTheProvince("status"), Kind.BODIES), ANSWERED], course)
        course = after_turn(course, replace(DONE, wanted=(BODY,)))

    assert course.why is Why.BODIES
    assert course.body_rest <= MOST_RESTS
    assert tried <= 6 + times // MOST_RESTS


def test_a_body_that_got_through_brings_the_next_at_once() -> None:
    course = replace(RUNNING, asked_for=True, body_failures=3)

    course = after_turn(course, replace(SENT, kind=Kind.BODIES, wanted=(BODY,), sent=1))

    assert course.portion.bodies
    assert pause(course, Beat(0, 0.5)) == 0


def test_bodies_the_province_does_not_keep_are_not_sent_in_a_tight_circle() -> None:
    course = after_turn(RUNNING, replace(SENT, kind=Kind.BODIES, wanted=(BODY,), delivered=False))

    assert not course.portion.bodies
    assert pause(course, Beat(0, 0.5)) > 1


def test_when_no_body_is_asked_for_any_more_the_lamp_forgets_it() -> None:
    course = replace(RUNNING, asked_for=True, body_failures=3, why=Why.BODIES)

    course = after_turn(course, replace(SENT, kind=Kind.BODIES, wanted=(), sent=1))

    assert (course.why, course.body_failures, course.portion.alone) == (Why.IDLE, 0, None)


def test_portions_grow_towards_a_target_of_seconds() -> None:
    course = after_turn(RUNNING, replace(SENT, unsent=90, items=200, more=True, seconds=TARGET / 4))

    assert course.entry_bytes == RUNNING.entry_bytes * 4
    assert course.feed_items == RUNNING.feed_items * 4
    assert pause(course, Beat(0, 0.5)) == 0


@given(st.floats(500, 400_000), st.floats(0, 2))
def test_on_any_line_a_turn_soon_takes_about_as_long_as_it_should(rate: float, round_trip: float) -> None:
    """`rate` in bytes a second; what goes up is a fifth of what it was before it was packed."""
    course, seconds = RUNNING, 0.0
    for _ in range(12):
        packed = course.entry_bytes / 5
        seconds = packed / rate + round_trip
        course = after_turn(course, replace(SENT, unsent=9, bytes_up=round(packed), bytes_down=0, seconds=seconds))

    assert seconds <= 2.5 * TARGET
    assert seconds >= TARGET / 2 or course.entry_bytes == MOST_BYTES


def test_portions_shrink_when_a_turn_takes_too_long() -> None:
    up = after_turn(RUNNING, replace(SENT, bytes_up=10_000, seconds=60))
    down = after_turn(RUNNING, replace(SENT, bytes_down=10_000, seconds=60))

    assert (up.entry_bytes, up.feed_items) == (RUNNING.entry_bytes // 4, RUNNING.feed_items)
    assert (down.entry_bytes, down.feed_items) == (RUNNING.entry_bytes, RUNNING.feed_items // 4)


def test_a_province_that_holds_nothing_new_is_not_asked_in_a_tight_circle() -> None:
    course = after_turn(RUNNING, replace(SENT, settled=False, unsent=5))

    assert course.why is Why.STUCK
    assert pause(course, Beat(0, 0.5)) > 0


def test_a_feed_that_promises_more_and_brings_nothing_is_not_read_in_a_tight_circle() -> None:
    assert pause(after_turn(RUNNING, replace(DONE, more=True)), Beat(0, 0.5)) > 1


@pytest.mark.parametrize(
    ("code", "why"), [("forked", Why.FORKED), ("not-certified", Why.REFUSED), ("chain-broken", Why.STUCK)]
)
def test_a_told_problem_is_named_for_the_lamp(code: str, why: Why) -> None:
    told = replace(DONE, problem=ToldProblem(code=code, facts={}))

    assert after_turn(RUNNING, told).why is why


def test_another_machine_under_our_name_is_named_for_the_lamp() -> None:
    assert after_turn(RUNNING, replace(SENT, forked=True)).why is Why.FORKED


def test_our_own_side_failing_is_not_the_lines_fault() -> None:
    assert after_failure(RUNNING, OSError("disk")).why is Why.FAILED


@given(histories)
def test_whoever_drains_on_foot_comes_to_an_end_on_a_line_that_fails(history: list[Event]) -> None:
    course, times = lived(history), 0
    while is_worth_another(course, patience=3):
        course = after_failure(course, TooLarge(), Kind.ENTRIES)
        times += 1

    assert times < 20
