"""By command: the paper book, slips that come back, results, notices, and a doubtful clock."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from desk.forms.slip import draw
from desk.services.slips import issue_slip
from sync.protocol.feed import Notice, Reason
from tests import make
from tests.commands.conftest import Command, found
from tests.store.stores import LAN, FakeClock
from tests.store.units import UNITS


def line(**facts: Any) -> dict[str, Any]:
    shape = make.intake_json(**facts)
    del shape["received_at"]
    return shape


def yesterday_at_nine() -> str:
    return f"{datetime.now(UTC) + timedelta(hours=7) - timedelta(days=1):%Y-%m-%d} 09:15"


def takes(desk: Command, *lines: dict[str, Any], paper: str = "2/037") -> Any:
    text = "".join(json.dumps(one) + "\n" for one in lines).encode()
    words = ("--paper", paper, "--at", yesterday_at_nine(), "--as", "lan")
    return desk("accept", "--file", "-", *words, stdin=text)


def test_a_batch_from_the_paper_book_counts_on_and_is_dated_back(desk: Command) -> None:
    ran = takes(desk, line(), line())

    assert [one["received_at"][11:16] for one in ran.lines] == ["09:15", "09:15"]
    found = desk("find", "038", "--json").lines
    assert [one["paper"] for one in found] == [{"book": "2", "number": "038"}]
    assert found[0]["code"] == ran.lines[1]["code"]


def test_the_same_line_twice_is_refused_with_its_code(desk: Command) -> None:
    (first,) = takes(desk, line()).lines

    again = takes(desk, line())

    assert (again.code, again.line["error"], again.line["code"]) == (1, "DuplicatePaper", first["code"])


def test_a_line_that_says_its_own_place_is_believed(desk: Command) -> None:
    own = line(paper={"book": "9", "number": "1"}) | {"received_at": "2025-07-01T08:15:00+07:00"}

    (answer,) = takes(desk, own).lines

    assert answer["received_at"].startswith("2025-07-01T08:15")


@pytest.mark.parametrize("at", ["gestern", "2026-13-01 09:15", "09:15"])
def test_an_hour_nobody_can_read_is_a_wrong_call(desk: Command, at: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        desk("accept", "--file", "-", "--at", at)

    assert ended.value.code == 2


def test_a_result_is_handed_over_once(desk: Command) -> None:
    (taken,) = desk.accept(line()).lines
    words = ("hand-over", taken["code"], "--to", "authorised", "--name", "Trần Bình", "--as", "lan", "--json")

    first, second = desk(*words), desk(*words)

    assert (first.code, first.line["ok"]) == (0, True)
    assert second.code == 1
    assert desk("find", taken["code"], "--json").line["status"] == 10


def slip_of(home: Path) -> tuple[str, str, bytes]:
    """A dossier taken here, the number on its slip, and the slip."""
    desk = found(home, FakeClock(datetime.now(UTC)))
    taken = desk.accepts()
    issued = issue_slip(
        taken.code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS
    )
    desk.store.close()
    return taken.code, issued.paper.number, draw(issued.paper)


def test_numbers_come_from_the_call_from_input_or_from_files(empty_home: Command, tmp_path: Path) -> None:
    code, digits, pdf = slip_of(empty_home.home)
    (tmp_path / "slip.pdf").write_bytes(pdf)
    common = ("--as", "lan", "--json")

    ways = (
        empty_home("recover", digits, *common),
        empty_home("recover", *common, stdin=f"{digits}\n".encode()),
        empty_home("recover", *common, "--from", tmp_path / "slip.pdf"),
    )

    for ran in ways:
        assert (ran.code, ran.line["code"], ran.line["recovered"]) == (0, code, False)


def test_a_number_that_is_none_stops_no_other(empty_home: Command) -> None:
    code, digits, _ = slip_of(empty_home.home)

    ran = empty_home("recover", "12345", digits, "--as", "lan", "--json")

    bad, good = ran.lines
    assert (ran.code, bad["ok"], bad["reason"], good["code"]) == (1, False, "not_a_slip", code)


def test_what_the_province_says_is_listed_counted_and_seen(empty_home: Command) -> None:
    desk = found(empty_home.home)
    text = Reason(vi="Hai máy là một quầy.", en="Two machines are one desk.")
    at = "2025-07-01T01:15:00.000Z"
    notice = Notice(id="n1", matter="forked", desk=None, dossier=None, at=at, text=text)
    desk.hears(desk.province.item("notice", "n1", notice))
    desk.store.close()

    assert empty_home("notices", "--json").line["message"]["en"] == "Two machines are one desk."
    assert empty_home("status", "--json").line["notices"] == 1
    assert empty_home("notices", "--seen", "n1", "--as", "hoa").code == 0
    assert empty_home("notices", "--json").lines == []


def test_a_clock_that_stands_behind_is_said_and_can_be_vouched_for(desk_from_tomorrow: Command) -> None:
    """Its journal already has entries of tomorrow."""
    refused = desk_from_tomorrow.accept(line())
    words = ("accept", "--file", "-", "--clock-confirmed", "--as", "lan")
    confirmed = desk_from_tomorrow(*words, stdin=json.dumps(line()).encode())

    assert (refused.code, refused.line["error"], refused.line["clock"]) == (1, "ClockBehind", "behind")
    assert "Đồng hồ máy chậm hơn" in refused.err
    assert (confirmed.code, confirmed.line["ok"]) == (0, True)
    kinds = [one["head"] for one in desk_from_tomorrow("journal", "--json").lines[1:]]
    assert sum("clock_confirmed" in head for head in kinds) == 1
