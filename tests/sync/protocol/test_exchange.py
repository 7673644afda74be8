"""What travels in parcels, line by line."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import canonical
from sync.protocol.certificates import certify_desk, certify_province
from sync.protocol.entry import BODY_LIMIT
from sync.protocol.exchange import CarriedEntry, Down, Up, carry, read_down, read_up, uncarry, write_lines
from sync.protocol.feed import FeedItem, Reason, Verdict, read_item, write_item
from sync.protocol.instant import write_instant
from sync.protocol.problems import Unreadable
from tests.sync.protocol import made
from tests.sync.protocol.made import DESK, NOW, START, hand

_JOURNAL = tuple(made.journal(5))


def _up(**facts: Any) -> Up:
    said: dict[str, Any] = {"software": "desk/1", "tip": START, "unsent": 0, "incarnation": None, "cursor": ""}
    return Up(certificate=certify_desk(hand("province"), made.desk()), **said | facts)


def _down(**facts: Any) -> Down:
    said: dict[str, Any] = {"held": (START,), "incarnation": "i", "cursor": "c", "more": False}
    certificate = certify_province(hand("root"), made.province())
    return Down(certificate=certificate, time=write_instant(NOW), **said | facts)


def _verdict(**facts: Any) -> Verdict:
    said: dict[str, Any] = {"desk": DESK, "epoch": 1, "first": 1, "last": 3, "verdict": "applied"}
    return Verdict(**said | facts)


@given(st.integers(0, 5))
def test_entries_arrive_as_they_were_written(count: int) -> None:
    sent = _JOURNAL[:count]

    up, arrived = read_up(write_lines(_up(unsent=count), tuple(carry(entry) for entry in sent)))

    assert up == _up(unsent=count)
    assert arrived == sent


def test_erased_entries_arrive_without_body_and_salt() -> None:
    erased = replace(_JOURNAL[0], body_text=None, salt=None)

    assert uncarry(carry(erased)) == erased


def test_feed_items_arrive_in_order() -> None:
    items = tuple(write_item(n, "verdict", str(n), _verdict()) for n in (3, 4, 9))

    assert read_down(write_lines(_down(), items)) == (_down(), items)


def test_a_later_kind_of_item_is_kept_and_not_read() -> None:
    item = FeedItem(n=1, kind="weather", key="today", data='{"rain":true}')

    assert read_item(item) is None


def test_a_deletion_is_an_item_without_data() -> None:
    item = write_item(7, "staff", "lan", None)

    assert item.deleted
    assert item.data is None
    assert read_item(item) is None


def test_an_item_without_data_that_is_no_deletion_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_item(FeedItem(n=1, kind="staff", key="lan", data=None))


def test_a_verdict_carries_its_reason_in_both_languages() -> None:
    verdict = _verdict(verdict="refused", field="code", reason=Reason(vi="Mã đã dùng.", en="The code is taken."))

    assert read_item(write_item(1, "verdict", "k", verdict)) == verdict


@pytest.mark.parametrize(
    "line",
    ["", "{}", '{"head":"{}"}', "\x00", '{"body":null,"head":"{}","salt":null,"signature":null}'],
    ids=["empty", "no entry", "not canonical", "junk", "a head without facts"],
)
def test_a_line_that_is_no_entry_is_unreadable(line: str) -> None:
    payload = canonical.write(_up()).encode() + b"\n" + line.encode()

    with pytest.raises(Unreadable):
        read_up(payload)


def test_a_body_too_long_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="longer than"):
        uncarry(CarriedEntry(head=_JOURNAL[0].head_text, body="a" * (BODY_LIMIT + 1)))


@pytest.mark.parametrize("item", ['"n":0', f'"n":{2**53 + 1}', f'"n":{2**70}'], ids=["0", "2^53+1", "2^70"])
def test_an_item_number_fits_every_database(item: str) -> None:
    line = canonical.write(write_item(7, "staff", "lan", None)).replace('"n":7', item)

    with pytest.raises(Unreadable, match="item"):
        canonical.read(line, FeedItem, what="feed item", limit=1_000)


def test_a_number_no_database_can_hold_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_up(canonical.write(_up(unsent=2**70)).encode())


def test_a_parcel_of_endless_lines_is_refused() -> None:
    with pytest.raises(Unreadable, match="too many lines"):
        read_up(canonical.write(_up()).encode() + b"\n" * 10_001)


@given(st.binary(max_size=300))
def test_arbitrary_payloads_are_unreadable(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        read_up(payload)
    with pytest.raises(Unreadable):
        read_down(payload)
