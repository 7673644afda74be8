"""Files come in by tus, resumed wherever they were cut, and count when they are what their entry says."""

import hashlib
import io
import os
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.protocol.entries.bodies_erased import BodiesErased, ErasedBody
from sync.protocol.sealed_file import seal_file
from sync.protocol.ticket import HEADER, write_ticket
from sync.province.database import open_database
from tests.province.desk_driver import TUESDAY, DeskDriver
from tests.servers import Hands, Province, listening, province_in_thread


@dataclass(frozen=True)
class Scan:
    """A sealed file and the entry that names it."""

    sealed: bytes
    body: AttachmentAdded

    @property
    def blob(self) -> str:
        return self.body.blob


def scan(data: bytes = b"Giay khai sinh" * 9_000, **facts: object) -> Scan:
    out, key = io.BytesIO(), os.urandom(32)
    told = seal_file(io.BytesIO(data), out, key)
    usual: dict[str, object] = {
        "attachment": uuid4(),
        "name": "khai sinh.pdf",
        "media_type": "application/pdf",
        "size": told.size,
        "sha256": told.sha256,
        "key": key.hex(),
        "blob": told.blob,
        "sealed_size": told.sealed_size,
    }
    return Scan(out.getvalue(), AttachmentAdded(**usual | facts))  # type: ignore[arg-type]


@dataclass
class Tus:
    """A client of the protocol that does what a test tells it."""

    desk: DeskDriver
    scan: Scan
    at: timedelta = timedelta()

    def ticket(self, **facts: object) -> dict[str, str]:
        usual: dict[str, object] = {
            "desk": self.desk.id,
            "blob": self.scan.blob,
            "size": len(self.scan.sealed),
            "at": TUESDAY + self.at,
        }
        return {HEADER: write_ticket(self.desk.key, **usual | facts), "Tus-Resumable": "1.0.0"}  # type: ignore[arg-type]

    def begin(self, **heads: str) -> requests.Response:
        usual = {"Upload-Length": str(len(self.scan.sealed)), "Upload-Metadata": "filename Li4vLi4veA=="}
        return requests.post(f"{self.desk.url}/v1/files", headers=self.ticket() | usual | heads, timeout=60)

    def offset(self) -> int | None:
        found = requests.head(self.place, headers=self.ticket(), timeout=60)
        return int(found.headers["Upload-Offset"]) if found.status_code == 200 else None

    def patch(self, offset: int, data: bytes, **heads: str) -> requests.Response:
        usual = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return requests.patch(self.place, data=data, headers=self.ticket() | usual | heads, timeout=60)

    def send(self) -> requests.Response:
        assert self.begin().status_code == 201
        return self.patch(0, self.scan.sealed)

    @property
    def place(self) -> str:
        return f"{self.desk.url}/v1/files/{self.scan.blob}"


@pytest.fixture
def tuesday(province: Province) -> Province:
    province.clock.moment = TUESDAY
    return province


@pytest.fixture
def province(sqlite_url: str, tmp_path: Path) -> object:
    with province_in_thread(sqlite_url, tmp_path) as province:
        yield province


def held(desk: DeskDriver) -> list[UUID]:
    return [told.attachment for told in desk.read_all().of("attachment") if told is not None]


def lay(desk: DeskDriver, scan: Scan) -> UUID:
    dossier = desk.accept()
    desk.write(scan.body, dossier=dossier)
    desk.exchange()
    return dossier


def test_a_file_is_held_once_it_is_whole_and_what_its_entry_says(tuesday: Province, desk: DeskDriver) -> None:
    one = scan()
    lay(desk, one)

    sent = Tus(desk, one).send()

    assert sent.status_code == 204
    assert held(desk) == [one.body.attachment]


def test_a_file_that_comes_before_its_entry_waits_for_it(tuesday: Province, desk: DeskDriver) -> None:
    one = scan()
    Tus(desk, one).send()
    before = held(desk)

    dossier = desk.accept()
    desk.write(one.body, dossier=dossier)
    (told,) = desk.exchange().of("attachment")

    assert (before, told.attachment) == ([], one.body.attachment)


def test_cut_in_pieces_of_any_size_it_goes_on_at_the_byte(tuesday: Province, desk: DeskDriver) -> None:
    one = scan(b"x" * 5_000)
    lay(desk, one)
    tus = Tus(desk, one)
    tus.begin()

    for piece in (1, 2, 700, 1_999):
        offset = tus.offset()
        assert offset is not None
        assert tus.patch(offset, one.sealed[offset : offset + piece]).status_code == 204
    offset = tus.offset()
    tus.patch(offset or 0, one.sealed[offset:])

    assert offset == 2_702
    assert held(desk) == [one.body.attachment]


def test_two_workers_share_one_upload(sqlite_url: str, tmp_path: Path) -> None:
    clock = Hands(TUESDAY)
    with province_in_thread(sqlite_url, tmp_path) as province, listening(open_database(sqlite_url, clock)) as second:
        province.clock.moment = TUESDAY
        desk = DeskDriver.enrol(province.url, province.code())
        one = scan()
        lay(desk, one)
        tus = Tus(desk, one)
        tus.begin()
        tus.patch(0, one.sealed[:1_000])
        desk.url = second
        offset = tus.offset()
        tus.patch(1_000, one.sealed[1_000:])

        assert offset == 1_000
        assert held(desk) == [one.body.attachment]


def test_what_is_held_is_not_asked_for_again(tuesday: Province, desk: DeskDriver) -> None:
    one = scan()
    lay(desk, one)
    tus = Tus(desk, one)
    tus.send()

    answers = (requests.head(tus.place, headers=tus.ticket(), timeout=60), tus.begin(), tus.patch(0, b"x"))

    assert {answer.headers["Commune-Desk-Problem"] for answer in answers} == {"held-already"}


def test_a_file_whose_word_was_lost_is_told_when_it_is_asked_for_again(
    tuesday: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    one = scan()
    lay(desk, one)
    place = tmp_path / "province.files" / one.blob[:2] / one.blob  # as a worker leaves it that dies before telling
    place.parent.mkdir(parents=True)
    place.write_bytes(one.sealed)

    again = Tus(desk, one).begin()

    assert again.headers["Commune-Desk-Problem"] == "held-already"
    assert held(desk) == [one.body.attachment]


def test_the_wrong_bytes_are_refused_and_may_come_again(tuesday: Province, desk: DeskDriver) -> None:
    one = scan()
    lay(desk, one)
    tus = Tus(desk, one)
    tus.begin()

    spoilt = tus.patch(0, bytes(len(one.sealed)))

    assert (spoilt.status_code, tus.offset()) == (400, None)
    assert tus.send().status_code == 204
    assert held(desk) == [one.body.attachment]


def test_a_file_that_is_not_the_one_its_entry_says_never_counts(tuesday: Province, desk: DeskDriver) -> None:
    one = scan(sha256=hashlib.sha256(b"another").hexdigest())
    lay(desk, one)

    assert Tus(desk, one).send().status_code == 400
    assert held(desk) == []


@pytest.mark.parametrize(
    "heads",
    [
        {"Upload-Length": "1"},
        {"Upload-Length": "99999999999"},
        {"Upload-Concat": "partial"},
        {"Upload-Concat": "final;/v1/files/x"},
        {"Upload-Defer-Length": "1"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
)
def test_no_other_way_of_beginning_is_open(tuesday: Province, desk: DeskDriver, heads: dict[str, str]) -> None:
    one = scan()

    assert Tus(desk, one).begin(**heads).status_code in (400, 405)


def test_without_a_good_ticket_nothing_is_answered_and_nothing_written(
    tuesday: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    one, other = scan(), DeskDriver.enrol(desk.url, tuesday.code())
    tus = Tus(desk, one)
    tus.begin()
    stranger = replace(desk, key=Ed25519PrivateKey.generate())
    forged: tuple[dict[str, str], ...] = (
        {},
        {HEADER: "x"},
        Tus(stranger, one).ticket(),
        tus.ticket(desk=other.id),
        tus.ticket(blob="ab" * 32),
        tus.ticket(at=TUESDAY + timedelta(days=2)),
    )

    for heads in forged:
        usual = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        answer = requests.patch(tus.place, data=b"evil", headers=usual | heads, timeout=60)
        assert answer.status_code in (400, 403)
    tuesday.command("revoke", str(desk.id))
    assert tus.patch(0, b"evil").status_code == 403
    assert (tmp_path / "province.files" / "uploads" / one.blob).read_bytes() == b""


def test_nothing_a_desk_says_becomes_a_path(tuesday: Province, desk: DeskDriver, tmp_path: Path) -> None:
    one = scan()
    tus = Tus(desk, one)

    tus.begin(**{"Upload-Metadata": "filename Li4vLi4vLi4vZXZpbA==,filetype eA==,uid Li4vZXZpbA=="})
    for path in ("..%2f..%2fprovince.db", "%2e%2e%2fx", "x", one.blob[:63]):
        answer = requests.head(f"{desk.url}/v1/files/{path}", headers=tus.ticket(), timeout=60)
        assert answer.status_code in (403, 404)

    uploads = tmp_path / "province.files" / "uploads"
    assert sorted(file.name for file in uploads.iterdir() if file.is_file()) == [one.blob, f"{one.blob}.info"]
    assert "evil" not in (uploads / f"{one.blob}.info").read_text()


def test_an_upload_nobody_went_on_with_is_cleared_away(sqlite_url: str, tmp_path: Path) -> None:
    with province_in_thread(sqlite_url, tmp_path) as province:
        province.clock.moment = TUESDAY
        desk = DeskDriver.enrol(province.url, province.code())
        old = Tus(desk, scan())
        old.begin()
        old.patch(0, b"abc")
        for file in (tmp_path / "province.files" / "uploads").iterdir():
            os.utime(file, (1, 1))
    with province_in_thread(sqlite_url, tmp_path) as province:
        province.clock.moment = TUESDAY
        desk.url = province.url
        Tus(desk, scan()).begin()

        assert old.offset() is None


def test_two_pieces_at_once_do_not_mix(tuesday: Province, desk: DeskDriver) -> None:
    one = scan(os.urandom(400_000))
    lay(desk, one)
    tus = Tus(desk, one)
    tus.begin()
    half = len(one.sealed) // 2
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(tus.patch(0, one.sealed[:half]).status_code)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    offset = tus.offset()
    tus.patch(offset or 0, one.sealed[offset:])

    assert sorted(codes) == [204, 409, 409, 409]
    assert offset == half
    assert held(desk) == [one.body.attachment]


def test_files_of_a_dossier_that_was_erased_go_and_are_said_to_be_gone(
    tuesday: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    one = scan()
    dossier = lay(desk, one)
    Tus(desk, one).send()
    entry = next(entry for entry in desk.journal if entry.head.kind == "attachment_added")
    gone = ErasedBody(epoch=1, seq=entry.head.seq, hash=entry.hash, commitment=entry.head.commitment)
    place = tmp_path / "province.files" / one.blob[:2] / one.blob
    assert place.is_file()
    desk.read_all()

    desk.write(BodiesErased(ground="request", basis="12", erased=(gone,)), dossier=dossier)
    answer = desk.exchange()

    assert not place.exists()
    assert [item.deleted for item in answer.items if item.kind == "attachment"] == [True]


def test_an_entry_that_names_anothers_file_with_a_wrong_key_takes_nothing_away(
    tuesday: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    one = scan()
    lay(desk, one)
    Tus(desk, one).send()
    before = held(desk)
    thief = scan(blob=one.blob, sha256=one.body.sha256, size=one.body.size, sealed_size=one.body.sealed_size)

    lay(desk, thief)
    Tus(desk, one).begin()

    assert (tmp_path / "province.files" / one.blob[:2] / one.blob).is_file()
    assert (before, held(desk)) == ([one.body.attachment], [])
