"""`desk accept`: a line out for each line in, whatever stands in it."""

import json
from pathlib import Path

import pytest

from desk.resources import resource
from tests import make
from tests.commands.conftest import Command

NOW = "2025-07-01T08:15:00+07:00"


def test_each_line_is_answered_in_order_with_a_code_and_a_promise(desk: Command) -> None:
    copies, single = make.intake_json(), make.intake_json(procedure="1.004873")

    ran = desk.accept(copies, single)

    assert ran.code == 0
    assert [line["client_id"] for line in ran.lines] == [copies["client_id"], single["client_id"]]
    first = ran.lines[0]
    assert first.items() >= {"ok": True, "received_at": NOW, "fee": 4000, "provisional": False}.items()
    assert first["code"] == "H05.09.169-250701-1017001"
    assert first["due_at"] == "2025-07-01T17:00:00+07:00"


def test_the_examples_are_taken(desk: Command) -> None:
    ran = desk("accept", "--file", resource("examples/morning.jsonl"), "--as", "lan")

    assert (ran.code, len(ran.lines)) == (0, 8)


def test_the_bad_examples_are_each_refused_by_name_in_both_languages(desk: Command) -> None:
    ran = desk("accept", "--file", resource("examples/bad.jsonl"), "--as", "lan")

    assert ran.code == 1
    assert [(line["error"], line["field"]) for line in ran.lines] == [
        ("UnknownProcedure", "procedure"),
        ("MissingName", "applicant.full_name"),
        ("Malformed", "applicant.date_of_birth"),
        ("Malformed", "applicant.phone"),
        ("Malformed", "received_at"),
        ("Malformed", "received_at"),
        ("UnknownCase", "case"),
        ("Malformed", "requirements.0.originals"),
        ("Malformed", "colour"),
        ("Malformed", "line"),
        ("Malformed", "line"),
        ("Malformed", "line"),
        ("Malformed", "line"),
        ("UnknownAgency", "resolving_agency"),
    ]
    assert all(line["message"]["vi"] and line["message"]["en"] for line in ran.lines)
    assert not any("…" in line["message"]["vi"] for line in ran.lines)


def test_a_bad_line_stops_no_other(desk: Command) -> None:
    ran = desk.accept(make.intake_json(), "{", "", make.intake_json())

    assert [line["ok"] for line in ran.lines] == [True, False, False, True]


def test_the_same_dossier_twice_is_taken_once_and_its_code_said_again(desk: Command) -> None:
    line = make.intake_json()

    ran = desk.accept(line, line)

    assert ran.lines[1]["error"] == "DuplicateClientId"
    assert ran.lines[1]["code"] == ran.lines[0]["code"]
    assert len(desk("find", "Lan", "--json").lines) == 1


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "3",
        '"text"',
        "[" * 100_000,
        '{"client_id": NaN}',
        '{"client_id": 1e999}',
        '{"n": ' + "9" * 5000 + "}",
        '{"client_id": "a", "client_id": "b"}',
        '{"full_name": "\\ud800"}',
        "x" * 300_000,
    ],
    ids=lambda text: text[:12],
)
def test_whatever_a_line_holds_the_next_one_is_taken(desk: Command, text: str) -> None:
    ran = desk.accept(text, make.intake_json())

    assert [line["ok"] for line in ran.lines] == [False, True]
    assert ran.lines[0]["error"] == "Malformed"


def test_bytes_that_are_no_text_are_one_bad_line(desk: Command) -> None:
    good = json.dumps(make.intake_json()).encode()

    ran = desk("accept", "--file", "-", "--as", "lan", stdin=b"\xff\xfe\x00\n" + good)

    assert [line["ok"] for line in ran.lines] == [False, True]


def test_a_file_from_windows_is_read(desk: Command, tmp_path: Path) -> None:
    file = tmp_path / "từ máy khác.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(make.intake_json()).encode() + b"\r\n")

    assert desk("accept", "--file", file, "--as", "lan").line["ok"]


def test_the_clerk_may_be_named_in_full_and_without_accents(desk: Command) -> None:
    assert desk.accept(make.intake_json(), clerk="nguyen thi lan").code == 0


def test_without_a_name_the_only_supervisor_is_the_one(desk: Command) -> None:
    ran = desk("accept", "--file", "-", stdin=json.dumps(make.intake_json()).encode())

    assert ran.code == 0
    assert "hoa" in desk("journal").out


def test_a_stranger_is_refused_and_the_staff_named(desk: Command) -> None:
    ran = desk.accept(make.intake_json(), clerk="somebody")

    assert (ran.code, ran.out) == (1, "")
    assert "Trần Thị Hoa" in ran.err


def test_a_file_that_is_not_there_is_said(desk: Command, tmp_path: Path) -> None:
    ran = desk("accept", "--file", tmp_path / "none.jsonl", "--as", "lan", "--json")

    assert (ran.code, ran.line["error"]) == (1, "FileTrouble")


def test_a_computer_that_is_no_desk_takes_nothing(empty_home: Command) -> None:
    ran = empty_home.accept(make.intake_json())

    assert (ran.code, ran.out) == (1, "")
    assert "desk enrol" in ran.err


def test_beside_an_open_window_nothing_is_written_and_that_is_said(beside: Command) -> None:
    ran = beside("accept", "--file", resource("examples/morning.jsonl"), "--as", "lan", "--json")

    assert (ran.code, ran.line["error"]) == (1, "AnotherWindow")


def test_a_clock_that_went_back_a_day_takes_nothing(desk_from_tomorrow: Command) -> None:
    today = make.intake_json()

    ran = desk_from_tomorrow.accept(today)

    assert (ran.code, ran.line["error"], ran.line["client_id"]) == (1, "ClockBehind", today["client_id"])
