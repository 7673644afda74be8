"""Dossiers brought back from their slips: only with a desk's hand, once, and merged with the original."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.feed import Verdict
from tests.province.desk_driver import Answer, DeskDriver, party, verdicts
from tests.servers import Province


@pytest.fixture
def sibling(province: Province) -> DeskDriver:
    return DeskDriver.enrol(province.url, province.code())


class Lost:
    """A dossier whose record burnt with its desk; its slip was saved."""

    def __init__(self, desk: DeskDriver, **facts: Any) -> None:
        self.id: UUID = uuid4()
        self.body: DossierAccepted = desk.acceptance(**facts)
        self.slip = desk.slip(self.id, self.body)

    def back(self, **facts: Any) -> DossierAccepted:
        """As the desk that scanned the slip says it."""
        scanned = {"recovered": True, "proof": self.slip, "note": "from paper", "requirements": (), **facts}
        return msgspec.structs.replace(self.body, **scanned)


@pytest.fixture
def lost(desk: DeskDriver) -> Lost:
    return Lost(desk, note="the original")


def _last(answer: Answer) -> Verdict:
    return max(verdicts(answer).items())[1]


def test_a_slip_brings_its_dossier_back_under_its_own_code(
    province: Province, desk: DeskDriver, sibling: DeskDriver, lost: Lost
) -> None:
    desk.exchange()
    sibling.write(lost.back(), dossier=lost.id)

    answer = sibling.exchange()

    assert _last(answer).verdict == "applied"
    (listed,) = province.command("dossiers")
    assert (listed["code"], listed["note"]) == (lost.body.code, "from paper")
    assert [heard.id for heard in desk.exchange().of("dossier")] == [lost.id]


def test_the_original_takes_its_place_when_it_turns_up_and_others_know_one_dossier(
    province: Province, desk: DeskDriver, sibling: DeskDriver, lost: Lost
) -> None:
    third = DeskDriver.enrol(province.url, province.code())
    sibling.write(lost.back(), dossier=lost.id)
    sibling.exchange()
    desk.write(lost.body, dossier=lost.id)

    assert _last(desk.exchange()).verdict == "applied"

    (listed,) = province.command("dossiers")
    assert (listed["note"], listed["desk"]) == ("the original", str(desk.id))
    assert [heard.desk for heard in third.read_all().of("dossier")] == [desk.id]


def test_the_original_stands_when_its_recovery_comes_after_it(
    province: Province, desk: DeskDriver, sibling: DeskDriver, lost: Lost
) -> None:
    desk.write(lost.body, dossier=lost.id)
    desk.exchange()
    sibling.write(lost.back(), dossier=lost.id)

    assert _last(sibling.exchange()).verdict == "applied"
    assert [one["note"] for one in province.command("dossiers")] == ["the original"]


def test_a_dossier_recovered_at_two_desks_is_one(
    province: Province, desk: DeskDriver, sibling: DeskDriver, lost: Lost
) -> None:
    third = DeskDriver.enrol(province.url, province.code())
    for one in (sibling, third):
        one.write(lost.back(), dossier=lost.id)
        assert _last(one.exchange()).verdict == "applied"

    assert len(province.command("dossiers")) == 1
    assert [heard.id for heard in desk.read_all().of("dossier")] == [lost.id]


def test_a_provisional_dossier_is_recovered_under_the_official_code_its_second_slip_shows(
    province: Province, desk: DeskDriver, sibling: DeskDriver
) -> None:
    provisional = "TAM-250701-0123-4567-8901"
    lost = Lost(desk, code=provisional, provisional=True)
    official = "H05.09.169-250701-0007"
    slip = desk.slip(lost.id, lost.body, code=official)
    sibling.write(lost.back(proof=slip, code=official, provisional=False), dossier=lost.id)
    sibling.exchange()
    desk.write(lost.body, dossier=lost.id)

    assert _last(desk.exchange()).verdict == "applied"

    (listed,) = province.command("dossiers")
    assert (listed["code"], listed["provisional_code"]) == (official, provisional)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"proof": None}, "proof"),
        ({"proof": "1" * 400}, "proof"),
        ({"code": "H05.09.169-250701-1000999"}, "code"),
        ({"procedure": "2.000884"}, "procedure"),
        ({"received_at": "2025-07-01T01:16:00.000Z"}, "received_at"),
        ({"due_at": None}, "due_at"),
        ({"receiving_agency": "H05.07.210"}, "receiving_agency"),
        ({"return_by": "post"}, "return_by"),
        ({"applicant": party(full_name="Trần Văn Hai")}, "applicant.full_name"),
        ({"applicant": party(personal_id="1")}, "applicant.personal_id"),
    ],
)
def test_what_the_slip_does_not_say_is_refused_and_leaves_nothing(
    province: Province, sibling: DeskDriver, lost: Lost, facts: dict[str, Any], field: str
) -> None:
    sibling.write(lost.back(**facts), dossier=lost.id)

    last = _last(sibling.exchange())

    assert (last.verdict, last.field) == ("refused", field)
    assert province.command("dossiers") == []


def test_a_slip_of_another_dossier_proves_nothing(sibling: DeskDriver, lost: Lost) -> None:
    sibling.write(lost.back(), dossier=uuid4())

    assert _last(sibling.exchange()).field == "dossier"


def test_a_slip_nobody_of_the_province_signed_proves_nothing(
    province: Province, sibling: DeskDriver, desk: DeskDriver
) -> None:
    stranger = desk.cloned()
    stranger.key = Ed25519PrivateKey.generate()
    lost = Lost(stranger)
    sibling.write(lost.back(), dossier=lost.id)

    assert _last(sibling.exchange()).field == "proof"


def test_a_slip_without_a_desk_number_is_proven_by_its_desks_key(sibling: DeskDriver, desk: DeskDriver) -> None:
    lost = Lost(desk)
    desk.restore(desk.tip)
    desk.exchange()
    lost.slip = desk.slip(lost.id, lost.body)
    sibling.write(lost.back(), dossier=lost.id)

    assert _last(sibling.exchange()).verdict == "applied"


def test_a_slip_of_a_revoked_desk_is_recovered_by_a_supervisor_only(
    province: Province, sibling: DeskDriver, desk: DeskDriver, lost: Lost
) -> None:
    province.command("revoke", str(desk.number))
    supervisor, sibling.supervisor = sibling.supervisor, "somebody"
    sibling.write(lost.back(), dossier=lost.id)
    assert _last(sibling.exchange()).field == "proof"

    sibling.supervisor = supervisor
    sibling.write(lost.back(), dossier=lost.id)

    assert _last(sibling.exchange()).verdict == "applied"
