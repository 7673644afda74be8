"""Ids that order as they were made."""

import time
from uuid import RFC_4122

from desk.domain.ids import new_id


def test_an_id_is_a_uuid_of_version_seven() -> None:
    made = new_id()

    assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_begins_with_the_moment_it_was_made() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000

    assert before <= made.int >> 80 <= after


def test_no_two_ids_are_alike() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000
