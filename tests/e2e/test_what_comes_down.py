"""What the officer says reaches the counter: refusals, statuses, numbers, and what other desks took."""

from pathlib import Path

import pytest

from tests.e2e.clerk import Clerk
from tests.e2e.conftest import Line


@pytest.fixture
def code(clerk: Clerk) -> str:
    """Of a dossier the province holds."""
    (code,) = clerk.accepts()
    clerk.sends()
    return code


def test_a_refused_dossier_shows_at_the_desk_with_its_reason(clerk: Clerk, line: Line, code: str) -> None:
    why = ("--field", "applicant.personal_id", "--reason-vi", "Số không khớp", "--reason-en", "The number differs")
    line.province.command("refuse", code, *why)

    clerk.sends()

    assert clerk.status.items() >= {"lamp": "red", "reason": "refused", "refused": 1}.items()
    found = clerk.finds(code)[0]
    assert found["province"] == "refused"
    assert found["refusal"] == {
        "field": "applicant.personal_id",
        "reason": {"vi": "Số không khớp", "en": "The number differs"},
    }


def test_people_read_why_a_dossier_was_refused(clerk: Clerk, line: Line, code: str) -> None:
    why = ("--field", "applicant.personal_id", "--reason-vi", "Số không khớp", "--reason-en", "The number differs")
    line.province.command("refuse", code, *why)

    clerk.sends()

    assert "Refused: The ID number: The number differs" in clerk.reads("find", code)
    assert "1 refused by the province" in clerk.reads("status")


def test_a_desk_that_was_revoked_is_told_why_nothing_goes(clerk: Clerk, line: Line, code: str) -> None:
    (taken,) = clerk.accepts()
    (desk,) = line.province.command("desks")
    line.province.command("revoke", str(desk["number"]))

    sent, status = clerk.reads("sync", "--once", fails=True), clerk.reads("status")

    assert "The province does not take this desk's word" in sent
    assert "the desk was revoked" in sent
    assert "1 dossier only on this computer" in status
    assert "the province refuses this desk" in status
    assert "call the technician" in status
    assert (clerk.status["lamp"], clerk.status["reason"]) == ("red", "desk_refused")
    assert clerk.finds(taken)[0]["province"] == "unsent"


def test_a_line_that_is_cut_while_nothing_waits_is_no_alarm(clerk: Clerk, line: Line, code: str) -> None:
    line.cut()

    said = clerk.reads("sync", "--once", fails=True)

    assert said.startswith("Nothing waits. There is no network.")
    assert "0 entries" not in said


def test_a_refusal_stops_no_other_dossier(clerk: Clerk, line: Line, code: str) -> None:
    line.province.command("refuse", code, "--field", "note", "--reason", "x")
    (other,) = clerk.accepts()

    clerk.sends()

    assert clerk.finds(other)[0]["province"] == "applied"


def test_the_officers_status_arrives(clerk: Clerk, line: Line, code: str) -> None:
    line.province.command("status", code, "9", "--note", "Đã ký")

    clerk.sends()

    assert clerk.finds(code)[0]["status"] == 9


def test_two_desks_of_a_commune_see_each_others_dossiers(clerk: Clerk, line: Line, code: str, tmp_path: Path) -> None:
    neighbour = Clerk(tmp_path / "counter-2").enrols(line.province)
    (theirs,) = neighbour.accepts(procedure="1.004873")
    neighbour.sends()

    clerk.sends()

    assert neighbour.finds(code)[0]["code"] == code
    assert clerk.finds(theirs)[0]["procedure"] == "1.004873"
    assert code != theirs


def test_under_a_province_that_numbers_itself_the_slip_is_issued_anew(line: Line, tmp_path: Path) -> None:
    line.province.command("policy", "--codes", "province")
    clerk = Clerk(tmp_path / "counter").enrols(line.province)

    (provisional,) = clerk.accepts()
    first = clerk.prints(provisional)
    clerk.sends()
    clerk.sends()
    (official,) = (found["code"] for found in clerk.finds("Lan"))
    second = clerk.prints(official)

    assert provisional.startswith("TAM-")
    assert official.startswith("H05.09.169-")
    assert (first["code"], first["issue"], second["code"], second["issue"]) == (provisional, 1, official, 2)
    assert clerk.finds(provisional)[0]["code"] == official


def test_what_was_erased_leaves_a_sound_chain_and_no_name(clerk: Clerk, code: str) -> None:
    clerk.does("erase", code, "--ground", "request", "--basis", "YC-01", "--as", clerk.name)
    clerk.sends()

    assert clerk.does("verify")[0]["ok"]
    assert "Nguyễn Thị Lan" not in str(clerk.does("journal"))
