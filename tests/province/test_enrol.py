"""Taking a desk in by its one-time code."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.protocol import canonical
from sync.protocol.enrolment_code import EnrolmentCode, read_enrolment_code
from tests.province.desk_driver import DeskDriver, enrolment, post_enrolment
from tests.servers import Hands, Province

_KEY, _SEAL, _DESK = Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), uuid4()


def _ask(province: Province, code: str, key: Ed25519PrivateKey = _KEY) -> requests.Response:
    return post_enrolment(province.url, enrolment(code, key, _SEAL, _DESK))


def _code_not_valid(response: requests.Response) -> str:
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "code-not-valid"
    return str(response.json()["facts"]["reason"])


def test_a_desk_is_certified_under_the_root_its_code_names(province: Province) -> None:
    desk = DeskDriver.enrol(province.url, province.code())

    assert (desk.said.agency, desk.said.epoch) == ("H05.09.169", 1)
    assert 1000 <= desk.number <= 9999
    (listed,) = province.command("desks")
    assert (listed["id"], listed["number"], listed["revoked"]) == (str(desk.id), desk.number, False)


def test_no_two_desks_of_the_province_have_one_number(province: Province) -> None:
    agencies = ("H05.09.169", "H05.09.169", "H05.07.210")

    numbers = {DeskDriver.enrol(province.url, province.code(agency)).number for agency in agencies}

    assert len(numbers) == len(agencies)


def test_a_code_is_good_for_one_desk(province: Province) -> None:
    code = province.code()
    DeskDriver.enrol(province.url, code).exchange()

    assert _code_not_valid(_ask(province, code)) == "used"


def test_a_code_whose_desk_was_never_heard_of_takes_in_another_in_its_place(province: Province) -> None:
    """All its answers were lost, and the technician typed the code again: the desk made a new key."""
    code = province.code()
    ghost = DeskDriver.enrol(province.url, code)

    desk = DeskDriver.enrol(province.url, code)

    desk.exchange()
    assert {one["id"]: one["revoked"] for one in province.command("desks")} == {
        str(ghost.id): True,
        str(desk.id): False,
    }
    assert _code_not_valid(_ask(province, code)) == "used"


def test_a_code_takes_in_three_desks_at_most(province: Province) -> None:
    code = province.code()
    for _ in range(3):
        DeskDriver.enrol(province.url, code)

    assert _code_not_valid(_ask(province, code)) == "used"


def test_a_desk_whose_answer_was_lost_asks_again_and_gets_the_same(province: Province) -> None:
    code = province.code()

    first, second = _ask(province, code), _ask(province, code)

    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert len(province.command("desks")) == 1


def test_a_desk_cannot_be_enrolled_a_second_time_with_another_key(province: Province) -> None:
    assert _ask(province, province.code()).status_code == 201

    response = _ask(province, province.code(), Ed25519PrivateKey.generate())

    assert response.status_code == 403
    assert response.json()["code"] == "not-certified"


def test_a_code_lasts_fourteen_days(province: Province) -> None:
    code = province.code()
    province.clock.moment = province.clock() + timedelta(days=14, minutes=1)

    assert _code_not_valid(_ask(province, code)) == "expired"


def test_a_guessed_code_is_unknown_and_guessing_is_slowed_down(province: Province) -> None:
    stop(province.clock)
    good = province.code()
    guess = str(EnrolmentCode(bytes(10), read_enrolment_code(good).fingerprint))

    for _ in range(10):
        assert _code_not_valid(_ask(province, guess)) == "unknown"
    slowed = _ask(province, good)

    assert slowed.status_code == 503
    assert slowed.json()["code"] == "busy"
    province.clock.moment = province.clock() + timedelta(seconds=int(slowed.headers["Retry-After"]))
    assert _ask(province, good).status_code == 201


def test_a_request_signed_by_another_hand_is_refused(province: Province) -> None:
    signed = enrolment(province.code(), _KEY, _SEAL, _DESK)
    forged = canonical.write(signed).replace(str(_DESK), str(uuid4()))

    response = requests.post(f"{province.url}/v1/enrolments", data=forged.encode(), timeout=60)

    assert (response.status_code, response.json()["code"]) == (403, "bad-signature")


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b"[" * 10_000])
def test_anything_else_is_unreadable(province: Province, body: bytes) -> None:
    response = requests.post(f"{province.url}/v1/enrolments", data=body, timeout=60)

    assert (response.status_code, response.json()["code"]) == (400, "unreadable")


def test_the_first_code_of_an_agency_makes_a_supervisor_and_the_next_names_the_same(province: Province) -> None:
    first, second = (province.command("code", "--agency", "H05.09.169")[0]["supervisor"] for _ in range(2))

    assert (first["new"], second["new"]) == (True, False)
    assert first["id"] == second["id"]
    (person,) = province.command("staff", "list")
    assert (person["id"], person["role"], person["agency"]) == (first["id"], "supervisor", "H05.09.169")


def test_a_named_supervisor_is_made_and_can_be_named_by_id_again(province: Province) -> None:
    words = ("code", "--agency", "H05.09.169", "--supervisor")

    made = province.command(*words, "Đặng Thị Ưởng")[0]["supervisor"]
    again = province.command(*words, made["id"])[0]["supervisor"]

    assert made == {"id": "dang-thi-uong", "full_name": "Đặng Thị Ưởng", "new": True}
    assert (again["id"], again["new"]) == ("dang-thi-uong", False)


def test_a_certificate_near_its_end_is_renewed_by_itself(province: Province, desk: DeskDriver) -> None:
    before = desk.said
    province.clock.moment = datetime.fromisoformat(before.not_after) - timedelta(days=30)

    desk.exchange()

    assert desk.said.not_after > before.not_after
    assert (desk.said.number, desk.said.key) == (before.number, before.key)


def stop(clock: Hands) -> None:
    """From now on time moves only when told to."""
    clock.moment = clock()
