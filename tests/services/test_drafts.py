"""A half-filled form: one a person, kept until it is dropped."""

import pytest

from desk.domain.errors import Malformed
from desk.services.drafts import LONGEST, drop_draft, list_drafts, load_draft, save_draft
from tests.store.stores import HOA, LAN, DeskAtWork


def test_the_last_draft_of_each_person_is_kept_until_it_is_dropped(desk: DeskAtWork) -> None:
    save = {"open_work": desk.store.open_work, "clock": desk.clock}
    save_draft(LAN, '{"a":1}', **save)  # type: ignore[arg-type]
    save_draft(HOA, '{"b":2}', **save)  # type: ignore[arg-type]
    desk.clock.forward(minutes=1)
    save_draft(LAN, '{"a":"Nguyễn"}', **save)  # type: ignore[arg-type]

    desk.reopened()

    reading = desk.store.open_reading
    assert (load_draft(LAN, open_reading=reading), load_draft(HOA, open_reading=reading)) == (
        '{"a":"Nguyễn"}',
        '{"b":2}',
    )
    assert [clerk for clerk, _ in list_drafts(open_reading=reading)] == ["lan", "hoa"]
    drop_draft(LAN, open_work=desk.store.open_work)
    assert load_draft(LAN, open_reading=reading) is None


def test_a_draft_is_no_entry(desk: DeskAtWork) -> None:
    before = desk.entries()

    save_draft(LAN, "{}", open_work=desk.store.open_work, clock=desk.clock)

    assert desk.entries() == before


def test_an_absurd_draft_is_refused(desk: DeskAtWork) -> None:
    with pytest.raises(Malformed):
        save_draft(LAN, "x" * (LONGEST + 1), open_work=desk.store.open_work, clock=desk.clock)
