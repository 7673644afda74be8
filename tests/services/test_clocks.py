"""A clock that cannot be believed: said, corrected where the province's time is known, vouched for where it is not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from desk.domain.clock import Doubt
from desk.domain.dossier import Dossier
from desk.domain.errors import ClockBehind, ClockOff, ClockUnset
from desk.forms.slip import SlipPaper
from desk.services import clocks
from desk.services.reception import accept_dossier, preview
from desk.services.search import needs_me
from desk.services.slips import issue_slip
from sync.protocol.entries import read_body
from sync.protocol.entries.clock_confirmed import ClockConfirmed
from tests import make
from tests.store.stores import LAN, DeskAtWork
from tests.store.units import UNITS

HOUR = timedelta(hours=1)


def province_is_ahead(desk: DeskAtWork, by: timedelta) -> None:
    offset = by // timedelta(milliseconds=1)
    desk.wire.settle(desk.province.answer((), [desk.wire.tip()], offset=offset))


def confirms(desk: DeskAtWork) -> None:
    clocks.confirm_day(clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)


def confirmations(desk: DeskAtWork) -> list[ClockConfirmed]:
    bodies = [read_body(one) for one in desk.entries()]
    return [body for body in bodies if isinstance(body, ClockConfirmed)]


def accepts(desk: DeskAtWork, *, built: datetime | None = None, strictly: bool = False) -> Dossier:
    return accept_dossier(
        make.intake(),
        clerk=LAN,
        open_work=desk.store.open_work,
        clock=desk.clock,
        new_id=uuid4,
        built=built,
        strictly=strictly,
    )


def paper(desk: DeskAtWork, code: str) -> SlipPaper:
    issued = issue_slip(code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS)
    return issued.paper


def test_ten_minutes_off_are_doubted_and_nine_are_not(desk: DeskAtWork) -> None:
    def doubt_at(minutes: int) -> Doubt | None:
        province_is_ahead(desk, timedelta(minutes=minutes))
        return clocks.look(open_reading=desk.store.open_reading, clock=desk.clock).doubt

    assert [doubt_at(minutes) for minutes in (0, 9, 10, -10)] == [None, None, Doubt.OFF, Doubt.OFF]


def test_promises_and_printed_hours_go_by_the_provinces_time(desk: DeskAtWork) -> None:
    """At 08:15 by the computer it is 15:15: what comes now is due tomorrow."""
    province_is_ahead(desk, 7 * HOUR)

    taken = accepts(desk)
    slip = paper(desk, taken.code)

    assert taken.received_at == desk.clock.now + 7 * HOUR
    assert taken.due_at is not None
    assert taken.due_at.date() == (desk.clock.now + 24 * HOUR).date()
    assert slip.issued_at == desk.clock.now + 7 * HOUR
    assert not slip.clock_unproven


def test_what_is_shown_beside_the_form_is_what_will_be_promised(desk: DeskAtWork) -> None:
    province_is_ahead(desk, 7 * HOUR)

    seen = preview(make.intake(), open_reading=desk.store.open_reading, clock=desk.clock, prefixes=make.prefixes())

    assert seen.due_at == accepts(desk).due_at


def test_the_entry_keeps_the_computers_own_time_and_the_offset(desk: DeskAtWork) -> None:
    province_is_ahead(desk, 7 * HOUR)

    accepts(desk)

    head = desk.entries()[-1].head
    assert datetime.fromisoformat(head.time) == desk.clock.now
    assert head.offset == 7 * 3_600_000


def test_at_the_screen_a_corrected_clock_is_asked_about_once_a_day(desk: DeskAtWork) -> None:
    province_is_ahead(desk, HOUR)
    with pytest.raises(ClockOff) as asked:
        accepts(desk, strictly=True)

    confirms(desk)
    accepts(desk, strictly=True)
    confirms(desk)

    assert (asked.value.now, asked.value.province) == (desk.clock.now, desk.clock.now + HOUR)
    (said,) = confirmations(desk)
    assert said.offset == 3_600_000
    desk.clock.forward(days=1)
    with pytest.raises(ClockOff):
        accepts(desk, strictly=True)


def test_a_confirmation_is_for_the_offset_it_was_given_for(desk: DeskAtWork) -> None:
    province_is_ahead(desk, HOUR)
    confirms(desk)

    province_is_ahead(desk, 3 * HOUR)

    with pytest.raises(ClockOff):
        accepts(desk, strictly=True)


def test_a_clock_behind_the_last_entry_writes_nothing_until_somebody_vouches_for_the_day(desk: DeskAtWork) -> None:
    accepts(desk)
    entries = len(desk.entries())
    desk.clock.forward(hours=-2)
    with pytest.raises(ClockBehind):
        accepts(desk)
    assert len(desk.entries()) == entries

    confirms(desk)
    taken = accepts(desk)

    assert taken.received_at == desk.clock.now
    (said,) = confirmations(desk)
    assert said.last is not None
    assert said.shown < said.last
    with desk.store.open_reading() as memory:
        assert [one.head.seq for one in memory.journal.entries()] == list(range(1, entries + 4 - 1))


def test_a_slip_says_that_only_a_person_vouched_for_its_hour(desk: DeskAtWork) -> None:
    accepts(desk)
    desk.clock.forward(hours=-2)
    confirms(desk)

    taken = accepts(desk)

    assert paper(desk, taken.code).clock_unproven


def test_once_compared_with_the_province_the_slip_says_so_no_more(desk: DeskAtWork) -> None:
    accepts(desk)
    desk.clock.forward(hours=-2)
    confirms(desk)
    taken = accepts(desk)
    desk.clock.forward(minutes=1)

    province_is_ahead(desk, timedelta())

    assert not paper(desk, taken.code).clock_unproven


def test_no_clock_stands_before_the_day_the_program_was_built(desk: DeskAtWork) -> None:
    built = desk.clock.now + timedelta(days=400)

    with pytest.raises(ClockUnset):
        accepts(desk, built=built)

    confirms_built = clocks.confirm_day(clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, built=built)
    assert confirms_built.doubt is Doubt.UNSET
    assert paper(desk, accepts(desk, built=built).code).clock_unproven


def test_order_comes_from_sequence_numbers_whatever_the_clock_shows(desk: DeskAtWork) -> None:
    first = accepts(desk)
    desk.clock.forward(hours=-2)
    confirms(desk)

    second = accepts(desk)

    kinds = [(one.head.seq, one.head.dossier) for one in desk.entries() if one.head.kind == "dossier_accepted"]
    assert [dossier for _, dossier in sorted(kinds)] == [first.id, second.id]
    assert {one.code for one in needs_me(open_reading=desk.store.open_reading, clock=desk.clock)} == {
        first.code,
        second.code,
    }
    assert datetime.fromisoformat(desk.entries()[-1].head.time).tzinfo == UTC
