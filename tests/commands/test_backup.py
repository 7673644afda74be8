"""`backup` and `restore`: one file holds a desk, and what is brought back never repeats a number."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from desk.domain.codes import is_provisional
from desk.domain.dossier import Dossier
from desk.home import open_store
from desk.memento import last_backup
from sync.protocol.backup_file import BackupReader
from tests import make
from tests.commands.conftest import LAN, Command, Ran
from tests.store.golden import FILES
from tests.store.golden import PASSPHRASE as GOLDEN_PASSPHRASE

PASSPHRASE = "đường về nhà 1975"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "lock"
    file.write_text(PASSPHRASE, encoding="utf-8")
    return file


def _backs_up(desk: Command, file: Path, lock: Path) -> Ran:
    return desk("backup", file, "--lock", lock, "--json")


def _brings_back(empty: Command, file: Path, lock: Path) -> Ran:
    return empty("restore", file, "--lock", lock, "--passphrase-file", lock, "--json")


def _first_dossier(home: Path) -> Dossier:
    with open_store(home, PASSPHRASE, writing=False) as store, store.open_reading() as memory:
        return memory.dossiers.by_code(memory.dossiers.find("lan", 1)[0].code).dossier


def _elsewhere(desk: Command, tmp_path: Path, name: str = "elsewhere") -> Command:
    return Command(tmp_path / name, desk._capsys, desk._monkeypatch)


def test_a_backup_is_made_beside_an_open_window_and_brought_back_as_a_new_epoch(
    beside: Command, lock: Path, tmp_path: Path
) -> None:
    file = tmp_path / "stick" / "desk.cdbackup"
    file.parent.mkdir()
    made = _backs_up(beside, file, lock)
    assert (made.code, made.line["ok"]) == (0, True)
    there = _elsewhere(beside, tmp_path)

    back = _brings_back(there, file, lock)

    assert (back.code, back.line["entries"]) == (0, made.line["entries"])
    status = there("status", "--passphrase-file", lock, "--json").line
    assert (status["number"], status["epoch"], status["because"]) == (None, back.line["epoch"], "restored")
    assert there("verify", "--passphrase-file", lock, "--json").line["findings"] == []
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_what_is_taken_after_a_restore_has_provisional_codes(desk: Command, lock: Path, tmp_path: Path) -> None:
    _backs_up(desk, tmp_path / "b", lock)
    there = _elsewhere(desk, tmp_path)
    _brings_back(there, tmp_path / "b", lock)

    taken = there(
        "accept", "--file", "-", "--as", LAN, "--passphrase-file", lock, stdin=json.dumps(make.intake_json()).encode()
    )

    assert taken.line["provisional"]
    assert is_provisional(taken.line["code"])


def test_one_backup_brought_back_twice_gives_two_epochs_and_two_register_books(
    desk: Command, lock: Path, tmp_path: Path
) -> None:
    _backs_up(desk, tmp_path / "b", lock)
    homes = [_elsewhere(desk, tmp_path, name) for name in ("one", "two")]

    for there in homes:
        assert _brings_back(there, tmp_path / "b", lock).code == 0
        text = json.dumps(make.intake_json()).encode()
        assert there("accept", "--file", "-", "--as", LAN, "--passphrase-file", lock, stdin=text).code == 0

    found = [_first_dossier(there.home) for there in homes]
    assert len({one.code for one in found}) == 2
    assert len({one.register_book for one in found}) == 2
    assert {one.register_line for one in found} == {1}


def test_a_desk_is_never_overwritten(desk: Command, lock: Path, tmp_path: Path) -> None:
    _backs_up(desk, tmp_path / "b", lock)

    again = _brings_back(desk, tmp_path / "b", lock)

    assert again.code == 1
    assert "AlreadyEnrolled" in again.out
    assert desk("status", "--json").line["epoch"] == 1


def test_another_passphrase_opens_nothing_and_leaves_nothing(desk: Command, lock: Path, tmp_path: Path) -> None:
    _backs_up(desk, tmp_path / "b", lock)
    (tmp_path / "other").write_text("không phải", encoding="utf-8")
    there = _elsewhere(desk, tmp_path)

    back = _brings_back(there, tmp_path / "b", tmp_path / "other")

    assert "WrongPassphrase" in back.out
    assert not (there.home / "desk.db").exists()
    assert not (there.home / "restoring").exists()
    assert _brings_back(there, tmp_path / "b", lock).code == 0


def test_the_stores_own_passphrase_is_tried_where_no_other_is_named(desk: Command, lock: Path, tmp_path: Path) -> None:
    made = desk("backup", tmp_path / "b", "--passphrase-file", lock)

    back = _elsewhere(desk, tmp_path)("restore", tmp_path / "b", "--passphrase-file", lock)

    assert (made.code, back.code) == (0, 0)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_where_the_stores_passphrase_does_not_open_the_backup_its_own_is_asked_for(
    desk: Command, lock: Path, tmp_path: Path, language: str
) -> None:
    _backs_up(desk, tmp_path / "b", lock)
    (tmp_path / "other").write_text("không phải", encoding="utf-8")
    there = _elsewhere(desk, tmp_path)

    words = ("restore", tmp_path / "b", "--lang", language)
    back = [there(*words, "--passphrase-file", tmp_path / "other"), there(*words)]

    assert [ran.code for ran in back] == [1, 1]
    assert all("--lock FILE" in ran.err for ran in back)


@pytest.mark.parametrize("harm", ["cut", "bit", "nothing of ours", "empty"])
def test_a_damaged_backup_is_said_to_be_one(desk: Command, lock: Path, tmp_path: Path, harm: str) -> None:
    file = tmp_path / "b"
    _backs_up(desk, file, lock)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    harmed: dict[str, bytes | bytearray] = {
        "cut": data[: len(data) // 2],
        "bit": data,
        "nothing of ours": b"PK" + bytes(500),
        "empty": b"",
    }
    file.write_bytes(bytes(harmed[harm]))
    there = _elsewhere(desk, tmp_path)

    back = _brings_back(there, file, lock)

    assert "BackupUnreadable" in back.out
    assert not (there.home / "desk.db").exists()


def test_a_stick_that_fills_up_leaves_the_former_backup_whole(desk: Command, lock: Path, tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.fail("a limit on files, which only Unix has, stands in for the stick")
    file = tmp_path / "stick" / "b"
    file.parent.mkdir()
    _backs_up(desk, file, lock)
    before = file.read_bytes()
    room = (desk.home / "desk.db").stat().st_size + 100

    full = subprocess.run(
        [sys.executable, "-m", "desk", "backup", str(file), "--lock", str(lock), "--home", str(desk.home), "--json"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        check=False,
    )

    assert full.returncode == 1
    assert "BackupFailed" in full.stdout
    assert "there is not enough room" in full.stdout
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_place_that_is_not_there_is_said_and_a_failed_backup_is_no_backup(
    desk: Command, lock: Path, tmp_path: Path
) -> None:
    failed = _backs_up(desk, tmp_path / "gone" / "b", lock)

    assert "BackupFailed" in failed.out
    assert last_backup(desk.home) is None
    assert desk("status", "--json").line["last_backup"] is None


def test_status_says_how_old_the_last_backup_is(desk: Command, lock: Path, tmp_path: Path) -> None:
    _backs_up(desk, tmp_path / "b", lock)

    assert desk("status", "--json").line["last_backup"] is not None


def test_nothing_in_a_backup_can_be_read_without_a_key(desk: Command, lock: Path, tmp_path: Path) -> None:
    file = tmp_path / "b"
    _backs_up(desk, file, lock)

    data = file.read_bytes()

    assert data[30:].startswith(b"mimetype")
    assert b"SQLite format" not in data
    assert "Trần Thị Hoa".encode() not in data
    with BackupReader.open(file) as backup:
        assert set(backup.manifest.members) == {"desk.db", "key.json", "key.sealed"}


def test_without_a_passphrase_nothing_is_written(desk: Command, tmp_path: Path) -> None:
    ran = desk("backup", tmp_path / "b", "--json")

    assert "PassphraseMissing" in ran.out
    assert not (tmp_path / "b").exists()


def test_files_the_province_has_not_confirmed_travel_sealed(desk: Command, lock: Path, tmp_path: Path) -> None:
    code = desk.accept(make.intake_json()).line["code"]
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 a certificate")
    assert desk("attach", code, scan, "--as", LAN).code == 0

    made = _backs_up(desk, tmp_path / "b", lock)
    there = _elsewhere(desk, tmp_path)
    _brings_back(there, tmp_path / "b", lock)

    assert made.line["files"] == 1
    names = [sorted(file.name for file in home.glob("files/??/*")) for home in (desk.home, there.home)]
    assert names[0] == names[1] != []
    assert b"a certificate" not in (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("golden", sorted(FILES.glob("backup-*.cdbackup")), ids=lambda file: file.stem)
def test_a_backup_of_every_released_version_comes_back(empty_home: Command, lock: Path, golden: Path) -> None:
    lock.write_text(GOLDEN_PASSPHRASE, encoding="utf-8")

    back = _brings_back(empty_home, golden, lock)

    assert back.code == 0
    assert empty_home("verify", "--passphrase-file", lock, "--json").line["findings"] == []
    found = empty_home("find", "khuat", "--passphrase-file", lock, "--json").lines
    assert [one["code"] for one in found] == ["H05.09.169-250701-2024001"]
