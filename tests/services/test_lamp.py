"""Green only when the province holds every entry and refuses none."""

import pytest

from desk.services.lamp import look, outbox
from desk.services.ports.values import Lamp, LampReason, LampState
from sync.protocol.feed import Reason, Verdict
from tests import make
from tests.store.stores import DeskAtWork


def _lamp(desk: DeskAtWork, line: LampReason = LampReason.NONE) -> Lamp:
    return look(open_reading=desk.store.open_reading, line=line)


def _judge(desk: DeskAtWork, first: int, last: int, verdict: str, **facts: object) -> None:
    me = desk.wire.identity().desk
    said = Verdict(desk=me, epoch=1, first=first, last=last, verdict=verdict, **facts)  # type: ignore[arg-type]
    desk.hears(desk.province.item("verdict", f"{me}/1/{first}", said))


def test_what_is_only_here_is_counted_in_dossiers_entries_and_minutes(desk: DeskAtWork) -> None:
    desk.holds_all()
    desk.accepts(fees=(make.fee_line(),))
    desk.clock.forward(minutes=14)
    desk.accepts()

    lamp = _lamp(desk, LampReason.OFFLINE)

    assert (lamp.state, lamp.reason) == (LampState.AMBER, LampReason.OFFLINE)
    assert (lamp.unsent_dossiers, lamp.unsent_entries) == (2, 3)
    assert lamp.oldest_minutes(desk.clock.now) == 14


def test_what_is_held_and_not_judged_yet_is_amber(desk: DeskAtWork) -> None:
    """A province judges in its own time, and an answer can be lost: a refusal may be on its way."""
    desk.accepts()
    desk.holds_all()
    _judge(desk, 1, 1, "applied")

    lamp = _lamp(desk)

    assert (lamp.state, lamp.reason, lamp.unsent_entries) == (LampState.AMBER, LampReason.WAITING, 0)


def test_green_when_all_is_held_and_judged_even_with_the_line_down(desk: DeskAtWork) -> None:
    desk.accepts()
    desk.holds_all()
    _judge(desk, 1, 2, "applied")

    lamp = _lamp(desk, LampReason.OFFLINE)

    assert (lamp.state, lamp.reason, lamp.unsent_entries, lamp.oldest_at) == (LampState.GREEN, LampReason.NONE, 0, None)


def test_held_is_not_applied_and_a_refusal_is_red_until_it_is_judged_anew(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.holds_all()

    _judge(desk, 2, 2, "refused", dossier=taken.id, field="note", reason=Reason(vi="Sai", en="Wrong"))
    red = outbox(open_reading=desk.store.open_reading)
    _judge(desk, 1, 2, "applied")

    assert (red.lamp.state, red.lamp.reason, red.lamp.refused) == (LampState.RED, LampReason.REFUSED, 1)
    assert [(one.code, one.kind, one.field, one.vi) for one in red.refused] == [
        (taken.code, "dossier_accepted", "note", "Sai")
    ]
    assert _lamp(desk).state is LampState.GREEN


def test_an_entry_that_waits_for_another_desk_is_amber_and_named(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.holds_all()

    _judge(desk, 2, 2, "waiting", dossier=taken.id)

    seen = outbox(open_reading=desk.store.open_reading)
    assert (seen.lamp.state, seen.lamp.reason, seen.lamp.waiting) == (LampState.AMBER, LampReason.WAITING, 1)
    assert [one.code for one in seen.waiting] == [taken.code]


def test_a_province_that_forgot_makes_the_lamp_amber_again(desk: DeskAtWork) -> None:
    desk.accepts()
    desk.holds_all()

    desk.hears(held=[])

    assert _lamp(desk).unsent_entries == 2


@pytest.mark.parametrize("line", [LampReason.DESK_REFUSED])
def test_a_desk_that_is_refused_is_red_whatever_is_held(desk: DeskAtWork, line: LampReason) -> None:
    desk.holds_all()

    assert (_lamp(desk, line).state, _lamp(desk, line).reason) == (LampState.RED, line)


def test_the_outbox_names_the_dossiers_that_are_only_here_oldest_first(desk: DeskAtWork) -> None:
    codes = [desk.accepts().code for _ in range(3)]

    assert [one.code for one in outbox(open_reading=desk.store.open_reading).unsent] == codes


@pytest.mark.parametrize(
    "reason",
    [LampReason.DESK_REFUSED, LampReason.FORKED, LampReason.CLOCK, LampReason.STORE],
    ids=lambda one: one.value,
)
def test_what_does_not_pass_by_itself_is_red_though_nothing_waits(desk: DeskAtWork, reason: LampReason) -> None:
    desk.accepts()
    desk.holds_all()

    lamp = _lamp(desk, reason)

    assert (lamp.state, lamp.reason) == (LampState.RED, reason)


def test_a_body_somebody_stops_is_amber_though_every_head_is_held(desk: DeskAtWork) -> None:
    desk.accepts()
    desk.holds_all()

    lamp = _lamp(desk, LampReason.BODIES)

    assert (lamp.state, lamp.reason) == (LampState.AMBER, LampReason.BODIES)


@pytest.mark.parametrize("reason", [LampReason.ASKING, LampReason.STUCK], ids=lambda one: one.value)
def test_what_waits_says_why_it_waits(desk: DeskAtWork, reason: LampReason) -> None:
    desk.accepts()

    lamp = _lamp(desk, reason)

    assert (lamp.state, lamp.reason) == (LampState.AMBER, reason)
