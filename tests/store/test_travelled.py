"""Answers that travelled on a stick and come late: nothing goes back, nothing is skipped, nothing is taken twice."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from desk.store.wire import ANSWERS_MAY_TAKE
from sync.ports import Bookmark
from sync.protocol.entry import Tip
from sync.protocol.feed import FeedItem
from tests.store.stores import DeskAtWork


def hears_by_stick(
    desk: DeskAtWork,
    *items: FeedItem,
    time: str,
    asked: Bookmark,
    cursor: str,
    held: Iterable[Tip] = (),
    incarnation: str = "first",
) -> None:
    facts = {"time": time, "asked": asked, "cursor": cursor, "offset": None, "incarnation": incarnation}
    desk.wire.settle(desk.province.answer(items, held, **facts))


def held(desk: DeskAtWork) -> list[Tip]:
    with desk.store.open_reading() as memory:
        return list(memory.journal.held().values())


def name_of(desk: DeskAtWork, id: str) -> str:
    with desk.store.open_reading() as memory:
        member = memory.people.member(id)
    return member.full_name if member else ""


def test_a_later_answer_from_a_stick_settles_and_goes_on_reading(desk: DeskAtWork) -> None:
    desk.accepts()
    tip = desk.wire.tip()

    hears_by_stick(desk, time="2025-07-02T01:00:00.000Z", asked=desk.wire.bookmarks(), cursor="99", held=[tip])

    assert held(desk) == [tip]
    assert desk.wire.bookmarks() == ("first", "99")


def test_an_earlier_one_moves_no_watermark(desk: DeskAtWork) -> None:
    early = desk.wire.tip()
    desk.accepts()
    late = desk.wire.tip()
    hears_by_stick(desk, time="2025-07-03T01:00:00.000Z", asked=desk.wire.bookmarks(), cursor="99", held=[late])

    hears_by_stick(desk, time="2025-07-02T01:00:00.000Z", asked=("first", "1"), cursor="5", held=[early])

    assert held(desk) == [late]
    assert desk.wire.bookmarks() == ("first", "99")


def test_a_page_that_does_not_follow_what_was_read_moves_no_cursor_and_its_items_are_taken(desk: DeskAtWork) -> None:
    before = desk.wire.bookmarks()
    news = desk.province.staff("mai", "Lê Thị Mai")

    hears_by_stick(desk, news, time="2025-07-02T01:00:00.000Z", asked=("first", "elsewhere"), cursor="1000")

    assert name_of(desk, "mai") == "Lê Thị Mai"
    assert desk.wire.bookmarks() == before


def test_word_of_an_incarnation_that_was_overtaken_is_left_out(desk: DeskAtWork) -> None:
    old = desk.province.staff("mai", "Tên cũ")
    new = desk.province.staff("mai", "Tên mới")
    asked = desk.wire.bookmarks()
    desk.wire.settle(desk.province.answer([new], incarnation="second", cursor="2", time="2025-07-05T01:00:00.000Z"))

    hears_by_stick(desk, old, time="2025-07-02T01:00:00.000Z", asked=asked, cursor="9")

    assert name_of(desk, "mai") == "Tên mới"
    assert desk.wire.bookmarks() == ("second", "2")


def test_what_is_heard_at_once_counts_though_the_provinces_clock_was_set_back(desk: DeskAtWork) -> None:
    desk.accepts()
    tip = desk.wire.tip()
    hears_by_stick(desk, time="2025-07-09T01:00:00.000Z", asked=desk.wire.bookmarks(), cursor="99")

    desk.wire.settle(desk.province.answer([], [tip], time="2025-07-01T01:00:00.000Z"))

    assert held(desk) == [tip]


def test_a_parcel_that_left_is_known_for_as_long_as_an_answer_may_take(desk: DeskAtWork) -> None:
    first, second = uuid4(), uuid4()
    desk.wire.remember_export(first, ("first", "7"))
    desk.clock.now += ANSWERS_MAY_TAKE - timedelta(days=1)
    desk.wire.remember_export(second, (None, ""))
    known = desk.wire.export_bookmark(first)
    desk.clock.now += timedelta(days=2)
    desk.wire.remember_export(uuid4(), (None, ""))

    assert (known, desk.wire.export_bookmark(first)) == (("first", "7"), None)
    assert desk.wire.export_bookmark(second) == (None, "")
    assert desk.wire.export_bookmark(uuid4()) is None


def test_all_that_is_not_held_leaves_in_batches_cut_behind_whole_deeds(desk: DeskAtWork) -> None:
    for _ in range(5):
        desk.accepts()

    batches = list(desk.wire.batches(3, 10**6))

    assert [entry for batch in batches for entry in batch] == list(desk.entries())
    assert all(batch[-1].signature is not None for batch in batches)
    assert len(batches) > 1
