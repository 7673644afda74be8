"""`find`, `status`, `journal`, `verify`: they read, also beside an open window."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk.resources import resource
from sync.protocol.feed import Verdict
from tests import make
from tests.commands.conftest import Command, found


def test_a_name_without_accents_finds_the_one_with_them(desk: Command) -> None:
    desk.accept(make.intake_json(applicant=make.party_json(full_name="Nguyễn Đức Ánh")))

    assert [line["applicant"]["full_name"] for line in desk("find", "nguyen", "duc", "--json").lines] == [
        "Nguyễn Đức Ánh"
    ]


def test_what_is_found_has_the_shape_it_was_brought_in(desk: Command) -> None:
    brought = make.intake_json()
    code = desk.accept(brought).line["code"]

    found = desk("find", code, "--json").line

    assert {key: found[key] for key in brought} == brought
    assert (found["code"], found["status"], found["due_at"]) == (code, 2, "2025-07-01T17:00:00+07:00")


def test_people_read_that_a_dossier_waits_for_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_desk = found(tmp_path / "desk")
    code = open_desk.accepts().code
    open_desk.holds_all()
    me = open_desk.wire.identity().desk
    said = Verdict(desk=me, epoch=1, first=2, last=2, verdict="waiting")
    open_desk.hears(open_desk.province.item("verdict", f"{me}/1/2", said))
    open_desk.store.close()
    desk = Command(tmp_path / "desk", capsys, monkeypatch)

    vietnamese, english = desk("find", code).out, desk("find", code, "--lang", "en").out

    assert "Tỉnh đang chờ thông tin khác" in vietnamese
    assert "Waits for something else" in english


def test_nothing_found_is_no_failure(desk: Command) -> None:
    ran = desk("find", "nobody")

    assert (ran.code, ran.out) == (0, "Không tìm thấy hồ sơ nào.\n")
    assert desk("find", "nobody", "--json").out == ""


@pytest.mark.parametrize("words", ["%", "'; DROP TABLE", '"', "*", "a" * 5000, "\u202e", "NEAR("])
def test_no_words_are_too_strange_to_look_for(desk: Command, words: str) -> None:
    assert desk("find", words).code == 0


def test_before_enrolment_status_says_what_to_do(empty_home: Command) -> None:
    ran = empty_home("status")

    assert ran.code == 0
    assert "desk enrol" in ran.out
    assert empty_home("status", "--json").line["enrolled"] is False
    assert not empty_home.home.exists()


def test_status_says_what_is_only_here(desk: Command) -> None:
    desk.accept(make.intake_json(), make.intake_json())

    status = desk("status", "--json").line

    assert status.items() >= {"enrolled": True, "number": 1017, "lamp": "amber", "unsent_dossiers": 2}.items()
    assert "2 hồ sơ" in desk("status").out
    assert "2 dossiers" in desk("status", "--lang", "en").out


def test_status_is_quick_because_it_loads_no_screen() -> None:
    program = "import sys; from desk.app import main; main(['status','--home','/nowhere']); "
    program += "print([name for name in ('PySide6', 'reportlab', 'requests', 'alembic') if name in sys.modules])"

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [("find", "Lan"), ("status",), ("journal",), ("verify",)])
def test_reading_verbs_work_beside_an_open_window(beside: Command, words: tuple[str, ...]) -> None:
    ran = beside(*words)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_verifying_finds_a_sound_journal_sound(desk: Command) -> None:
    desk.accept(make.intake_json())

    ran = desk("verify", "--json")

    assert (ran.code, ran.line["ok"], ran.line["findings"]) == (0, True, [])
    assert ran.line["entries"] == 3


def test_an_outsider_can_check_the_journal_with_a_page_of_python(desk: Command, tmp_path: Path) -> None:
    desk.accept(make.intake_json())
    file = tmp_path / "journal.jsonl"
    file.write_text(desk("journal", "--json").out, encoding="utf-8")

    command = [sys.executable, "-I", str(resource("examples/verify_journal.py")), str(file)]
    sound = subprocess.run(command, capture_output=True, text=True, check=False)
    file.write_text(file.read_text("utf-8").replace("Lan", "Lam"), encoding="utf-8")
    altered = subprocess.run(command, capture_output=True, text=True, check=False)

    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert altered.returncode != 0


def test_the_journal_for_people_shows_no_person(desk: Command) -> None:
    desk.accept(make.intake_json())

    out = desk("journal").out

    assert "dossier_accepted" in out
    assert "Nguyễn" not in out
    assert json.dumps("027180001234") not in out


def test_the_log_names_no_person(desk: Command) -> None:
    desk.accept(make.intake_json(), make.intake_json(procedure="9.999999"))
    desk("find", "Nguyễn Thị Lan")

    log = (desk.home / "logs" / "desk.log").read_text("utf-8") if (desk.home / "logs" / "desk.log").exists() else ""

    assert not any(secret in log for secret in ("Nguyễn", "Lan", "027180001234", "0912345678"))
