"""The HTTP surface as anybody on the network meets it."""

import socket
from uuid import uuid4

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.parcel import PARCEL_LIMIT, ParcelHeader, pack
from sync.protocol.signing import public
from tests.province.desk_driver import DeskDriver, party
from tests.servers import Province

PROBLEM = "application/problem+json"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Which database lies behind makes no difference here."""
    return sqlite_url


def _code(response: requests.Response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == PROBLEM
    return response.status_code, response.json()["code"]


def _post(province: Province, data: bytes) -> requests.Response:
    return requests.post(f"{province.url}/v1/parcels", data=data, timeout=60)


def test_the_province_says_who_it_is(province: Province) -> None:
    said = requests.get(f"{province.url}/v1/province", timeout=60).json()

    assert set(said) == {"province", "name", "root", "certificate", "incarnation", "time", "software"}
    assert (said["province"], said["name"]) == ("H05", "Bắc Ninh")
    assert said["root"] == province.command("keys", "show")[0]["root"]


@pytest.mark.parametrize("data", [b"", b"<html>", b"CDPARCEL", b"CDPARCEL\x01\xff\xff", bytes(1000)])
def test_what_is_no_parcel_is_unreadable(province: Province, data: bytes) -> None:
    assert _code(_post(province, data)) == (400, "unreadable")


def test_an_unknown_hand_is_not_certified(province: Province, desk: DeskDriver) -> None:
    stranger = DeskDriver.enrol(province.url, province.code())
    stranger.key = Ed25519PrivateKey.generate()

    assert _code(_post(province, stranger.parcel(()))) == (403, "not-certified")


def test_a_parcel_somebody_touched_is_badly_signed(province: Province, desk: DeskDriver) -> None:
    parcel = bytearray(desk.parcel(()))
    parcel[-70] ^= 1

    assert _code(_post(province, bytes(parcel))) == (403, "bad-signature")


def test_a_parcel_for_somebody_else_is_unreadable(province: Province, desk: DeskDriver) -> None:
    header = ParcelHeader(
        id=uuid4(),
        kind="up",
        sender=public(desk.key),
        reader=desk.seal.public_key().public_bytes_raw().hex(),
        sent="2025-07-01T01:15:00.000Z",
    )

    assert _code(_post(province, pack(header, b"{}", signer=desk.key))) == (400, "unreadable")


def test_a_parcel_with_junk_inside_is_unreadable(province: Province, desk: DeskDriver) -> None:
    assert _code(_post(province, desk.packed(b"junk"))) == (400, "unreadable")


def test_a_body_too_long_is_refused_before_it_is_read(province: Province) -> None:
    """Only the head is sent: whoever waits for the body would wait for ever."""
    host, port = province.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(f"POST /v1/parcels HTTP/1.1\r\nHost: x\r\nContent-Length: {PARCEL_LIMIT + 1}\r\n\r\n".encode())
        answer = line.recv(65536)

    assert answer.startswith(b"HTTP/1.1 413")


def test_a_body_that_does_not_say_its_length_is_cut_at_the_limit(province: Province) -> None:
    pieces = (bytes(1024 * 1024) for _ in range(PARCEL_LIMIT // 1024 // 1024 + 2))

    response = requests.post(f"{province.url}/v1/enrolments", data=pieces, timeout=60)

    assert _code(response) == (413, "too-long")


def test_other_doors_are_shut_in_the_same_form(province: Province) -> None:
    assert _code(requests.get(f"{province.url}/v2/parcels", timeout=60)) == (404, "not-found")
    assert _code(requests.get(f"{province.url}/v1/parcels", timeout=60)) == (405, "not-possible")


def test_a_citizen_sees_status_and_due_time_and_no_person(province: Province, desk: DeskDriver) -> None:
    desk.accept(applicant=party(full_name="Nguyễn Thị Hường"), note="kín")
    desk.exchange()

    page = requests.get(f"{province.url}/tra-cuu", params={"ma": desk.code(1)}, timeout=60)

    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Được tiếp nhận" in page.text
    assert "Received" in page.text
    assert "16:15 01/07/2025" in page.text
    for secret in ("Hường", "027180001234", "0912345678", "kín", "2.000815"):
        assert secret not in page.text


def test_a_citizen_sees_what_the_officer_said_last(province: Province, desk: DeskDriver) -> None:
    desk.accept()
    desk.exchange()
    province.command("status", desk.code(1), "9", "--due", "2025-07-03T17:00")

    page = requests.get(f"{province.url}/tra-cuu?ma={desk.code(1)}", timeout=60).text

    assert "Đã xử lý xong" in page
    assert "17:00 03/07/2025" in page


@pytest.mark.parametrize("code", ["H05.09.169-250701-1000001", "<script>alert(1)</script>", "\x00", "%", "'"])
def test_an_unknown_code_is_said_kindly_and_written_nowhere_raw(province: Province, code: str) -> None:
    page = requests.get(f"{province.url}/tra-cuu", params={"ma": code}, timeout=60)

    assert page.status_code == 404
    assert "<script>" not in page.text


def test_a_question_too_long_is_refused(province: Province) -> None:
    assert _code(requests.get(f"{province.url}/tra-cuu?ma={'a' * 65}", timeout=60)) == (400, "unreadable")


def test_the_surface_is_described_for_other_vendors(province: Province) -> None:
    described = requests.get(f"{province.url}/openapi.json", timeout=60).json()

    files = {"/v1/files/", "/v1/files/{blob}"}
    assert set(described["paths"]) == {"/v1/parcels", "/v1/enrolments", "/v1/province", "/tra-cuu"} | files
