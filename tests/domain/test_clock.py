"""Civil time is +07:00 whatever the computer believes, and a clock that fell back is noticed."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from desk.domain.clock import check_clock, civil_day, instant
from desk.domain.errors import ClockBehind

NOON = datetime(2025, 7, 1, 5, tzinfo=UTC)


def test_the_day_on_paper_is_the_vietnamese_one() -> None:
    assert civil_day(datetime(2025, 6, 30, 17, 30, tzinfo=UTC)) == date(2025, 7, 1)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo", "UTC"])
def test_the_computers_time_zone_changes_nothing(zone: str) -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tests import make; p = make.plan(); print(p.received_at, p.due_at, make.dossier().code)",
        ],
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.strip() == "2025-07-01 01:15:00+00:00 2025-07-01 10:00:00+00:00 H05.09.169-250701-1017001"


def test_a_clock_a_day_behind_the_last_entry_is_refused_with_both_times() -> None:
    with pytest.raises(ClockBehind) as refused:
        check_clock(NOON, NOON - timedelta(days=1))

    assert (refused.value.last, refused.value.now) == (NOON, NOON - timedelta(days=1))


@pytest.mark.parametrize("drift", [timedelta(0), timedelta(minutes=5), timedelta(days=-400)])
def test_a_clock_minutes_behind_or_ahead_is_let_pass(drift: timedelta) -> None:
    check_clock(NOON, NOON - drift)


def test_the_first_entry_of_all_has_nothing_to_be_behind_of() -> None:
    check_clock(None, NOON)


@pytest.mark.parametrize("text", ["2025-07-01T08:15:00", "0001-01-01T00:00:00+07:00", "yesterday", ""])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  which words it says does not matter
        instant(text)
