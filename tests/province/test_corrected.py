"""A refused dossier is put right by a later entry: said again, or voided. Nothing else about it stays refused."""

from typing import Any
from uuid import UUID

import pytest

from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entries.dossier_voided import DossierVoided
from tests.province.desk_driver import Answer, DeskDriver, acceptance, party, verdicts
from tests.servers import Province


@pytest.fixture
def sibling(province: Province) -> DeskDriver:
    return DeskDriver.enrol(province.url, province.code())


@pytest.fixture
def refused(desk: DeskDriver) -> UUID:
    """A dossier of code 1 under a procedure that does not exist."""
    dossier = desk.accept(code=desk.code(1), procedure="9.999999")
    desk.exchange()
    return dossier


def _right(desk: DeskDriver, **facts: Any) -> DossierAccepted:
    return acceptance(**{"code": desk.code(1), "note": "corrected"} | facts)


def _correct(desk: DeskDriver, dossier: UUID, first: str, body: DossierAccepted) -> None:
    desk.write(DossierCorrected(corrects=first, acceptance=body, reason="thủ tục"), dossier=dossier)


def _told(answer: Answer) -> list[tuple[str, str | None]]:
    """Verdict and field of each entry the answer speaks of, in order."""
    return [(verdict.verdict, verdict.field) for _, verdict in sorted(verdicts(answer).items())]


def test_a_correction_that_is_right_settles_the_refusal_and_stands(
    province: Province, desk: DeskDriver, sibling: DeskDriver, refused: UUID
) -> None:
    _correct(desk, refused, desk.journal[1].hash, _right(desk))

    answer = verdicts(desk.exchange())

    assert (answer[1, 2].verdict, answer[1, 3].verdict) == ("applied", "applied")
    (listed,) = province.command("dossiers")
    assert (listed["verdict"], listed["refusal"], listed["note"]) == ("applied", None, "corrected")
    (heard,) = sibling.read_all().of("dossier")
    assert (heard.id, heard.desk, heard.version, heard.last) == (refused, desk.id, 2, desk.tip.hash)
    assert "corrected" in heard.dossier


def test_a_correction_that_is_wrong_too_is_refused_and_the_next_one_settles_all(
    province: Province, desk: DeskDriver, refused: UUID
) -> None:
    first = desk.journal[1].hash
    _correct(desk, refused, first, _right(desk, procedure="9.999998"))
    assert _told(desk.exchange())[-1] == ("refused", "procedure")
    _correct(desk, refused, first, _right(desk))

    told = verdicts(desk.exchange())

    assert {seq: told[1, seq].verdict for seq in (2, 3, 4)} == dict.fromkeys((2, 3, 4), "applied")
    assert [one["verdict"] for one in province.command("dossiers")] == ["applied"]


def test_voiding_a_refused_dossier_settles_its_refusal(province: Province, desk: DeskDriver, refused: UUID) -> None:
    desk.write(DossierVoided(reason="Nhận nhầm"), dossier=refused)

    told = verdicts(desk.exchange())

    assert (told[1, 2].verdict, told[1, 3].verdict) == ("applied", "applied")
    assert province.command("dossiers")[0]["voided"] is True


def test_an_officers_refusal_is_put_right_the_same_way(province: Province, desk: DeskDriver) -> None:
    dossier = desk.accept(code=desk.code(1))
    desk.exchange()
    province.command("refuse", desk.code(1), "--field", "requirements", "--reason", "…")
    _correct(desk, dossier, desk.journal[1].hash, _right(desk))

    assert verdicts(desk.exchange())[1, 2].verdict == "applied"


def test_a_correction_that_comes_before_what_it_corrects_waits_for_it(
    province: Province, desk: DeskDriver, sibling: DeskDriver
) -> None:
    dossier = desk.accept(code=desk.code(1), procedure="9.999999")
    _correct(sibling, dossier, desk.tip.hash, _right(desk))

    assert _told(sibling.exchange())[-1] == ("waiting", None)
    desk.exchange()

    assert [one["verdict"] for one in province.command("dossiers")] == ["applied"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"code": "H05.09.169-250701-1000002"}, "code"),
        ({"received_at": "2025-07-01T01:16:00.000Z"}, "received_at"),
        ({"receiving_agency": "H05.99"}, "receiving_agency"),
    ],
)
def test_a_correction_says_the_same_code_and_hour_and_is_judged_like_any_dossier(
    desk: DeskDriver, refused: UUID, facts: dict[str, Any], field: str
) -> None:
    _correct(desk, refused, desk.journal[1].hash, _right(desk, **facts))

    assert _told(desk.exchange()) == [("refused", field)]


def test_what_was_not_refused_is_not_corrected(desk: DeskDriver) -> None:
    dossier = desk.accept(code=desk.code(1))
    _correct(desk, dossier, desk.tip.hash, _right(desk, applicant=party(full_name="Trần Văn Hai")))

    assert _told(desk.exchange())[-1] == ("refused", "corrects")


def test_an_entry_of_another_dossier_is_not_corrected(desk: DeskDriver, refused: UUID) -> None:
    other = desk.accept()
    _correct(desk, other, desk.journal[1].hash, _right(desk))

    assert _told(desk.exchange())[-1] == ("refused", "corrects")


def test_another_desk_of_the_agency_corrects_by_a_supervisors_hand_only(
    province: Province, desk: DeskDriver, sibling: DeskDriver, refused: UUID
) -> None:
    first = desk.journal[1].hash
    supervisor, sibling.supervisor = sibling.supervisor, "somebody"
    _correct(sibling, refused, first, _right(desk))
    assert _told(sibling.exchange())[-1] == ("refused", "dossier")

    sibling.supervisor = supervisor
    _correct(sibling, refused, first, _right(desk))
    sibling.exchange()

    assert [one["verdict"] for one in province.command("dossiers")] == ["applied"]
    assert verdicts(desk.exchange())[1, 2].verdict == "applied"


def test_a_stranger_corrects_nothing(province: Province, desk: DeskDriver, refused: UUID) -> None:
    stranger = DeskDriver.enrol(province.url, province.code("H05.07.210"))
    _correct(stranger, refused, desk.journal[1].hash, _right(desk))

    assert _told(stranger.exchange())[-1] == ("refused", "dossier")
