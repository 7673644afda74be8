"""The line is cut, people come all the same, the line comes back: nothing is lost and nothing is there twice."""

import json
import os
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from desk.domain.clock import civil_day
from desk.rehearsal.comparison import differences
from tests.e2e.clerk import CALIFORNIA, Clerk, at_the_counter
from tests.e2e.conftest import Line


def test_what_was_taken_while_the_line_was_cut_arrives_once(either_line: Line, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "counter").enrols(either_line.province)
    either_line.cut()

    codes = clerk.accepts(2) + clerk.accepts(1, procedure="1.004873")
    clerk.prints(codes[0])
    assert clerk.cannot_send() == "offline"
    assert clerk.status.items() >= {"lamp": "amber", "unsent_dossiers": 3}.items()

    either_line.mend()
    clerk.sends()
    clerk.sends()

    assert clerk.lamp == "green"
    held = either_line.province.command("dossiers")
    assert sorted(dossier["code"] for dossier in held) == sorted(codes)
    assert differences(clerk.finds("Lan"), held) == []


def test_days_are_those_of_viet_nam_whatever_the_computer_believes(clerk: Clerk) -> None:
    (code,) = clerk.accepts()

    today = civil_day(datetime.now(UTC))
    assert code.split("-")[1] in (f"{today:%y%m%d}", f"{civil_day(datetime.now(UTC)):%y%m%d}")
    assert clerk.finds(code)[0]["received_at"].endswith("+07:00")


def test_killed_in_the_middle_every_answered_dossier_is_there_and_none_twice(
    clerk: Clerk, line: Line, tmp_path: Path
) -> None:
    people = [json.dumps(at_the_counter(), ensure_ascii=False) + "\n" for _ in range(40)]
    answered: list[str] = []
    file = tmp_path / "people.jsonl"
    file.write_text("".join(people), encoding="utf-8")
    command = clerk.call("accept", "--file", file, "--as", clerk.name)
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ | CALIFORNIA) as desk:
        assert desk.stdout is not None
        while len(answered) < 5:
            answered.append(json.loads(desk.stdout.readline())["code"])
        desk.kill()

    again = clerk.does("accept", "--file", "-", "--as", clerk.name, stdin="".join(people), fails=True)
    clerk.sends()

    codes = [line["code"] for line in again]
    assert set(answered) <= set(codes)
    assert len(set(codes)) == len(people)
    assert {line.get("error") for line in again} == {None, "DuplicateClientId"}
    assert sorted(dossier["code"] for dossier in line.province.command("dossiers")) == sorted(codes)
    assert clerk.does("verify")[0]["ok"]


def test_the_lamp_is_not_green_before_the_province_holds_the_last_entry(clerk: Clerk) -> None:
    lamps = [clerk.lamp]
    for deed in (clerk.accepts, lambda: clerk.prints(clerk.said[0]["code"]), clerk.sends):
        deed()
        lamps.append(clerk.lamp)

    assert lamps == ["green", "amber", "amber", "green"]


def test_left_running_sync_sends_by_itself_when_the_line_is_back_and_ends_when_asked(clerk: Clerk, line: Line) -> None:
    line.cut()
    (code,) = clerk.accepts()

    with subprocess.Popen(clerk.call("sync"), stdout=subprocess.PIPE, encoding="utf-8") as desk:
        assert desk.stdout is not None
        assert json.loads(desk.stdout.readline())["why"] == "offline"
        line.mend()
        while not json.loads(desk.stdout.readline())["ok"]:
            pass
        desk.send_signal(signal.SIGINT)
        desk.communicate(timeout=60)

    assert desk.returncode == 0
    assert [dossier["code"] for dossier in line.province.command("dossiers")] == [code]
