"""A scan goes from the counter to the province, whatever happens on the way, and leaves the desk when it may."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.e2e.clerk import Clerk
from tests.e2e.conftest import Line
from tests.e2e.near_clerk import NearClerk


@pytest.fixture
def clerk(line: Line, tmp_path: Path) -> Clerk:
    return NearClerk(tmp_path / "counter-1").enrols(line.province)


def scan(folder: Path, size: int = 300_000) -> Path:
    file = folder / "Giấy khai sinh.pdf"
    file.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * (size // 256))
    return file


def sealed(clerk: Clerk) -> list[Path]:
    return [file for file in (clerk.home / "files").rglob("*") if file.is_file()]


def attachments(line: Line, code: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = line.province.command("dossiers", code)[0]["attachments"]
    return found


def test_a_file_follows_its_dossier_to_the_province(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    (code,) = clerk.accepts()
    clerk.sends()

    said = clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)[0]
    lamps = [clerk.lamp]
    clerk.sends()
    lamps.append(clerk.lamp)

    assert (said["name"], said["media_type"]) == ("Giấy khai sinh.pdf", "application/pdf")
    assert lamps == ["amber", "green"]
    assert [(one["name"], one["held"]) for one in attachments(line, code)] == [("Giấy khai sinh.pdf", True)]
    assert clerk.does("verify")[0]["ok"]


def test_left_running_sync_brings_files_too(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    (code,) = clerk.accepts()
    clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)

    with subprocess.Popen(clerk.call("sync"), stdout=subprocess.PIPE, encoding="utf-8") as desk:
        assert desk.stdout is not None
        while not json.loads(desk.stdout.readline())["ok"] or not attachments(line, code)[0]["held"]:
            pass
        desk.send_signal(signal.SIGINT)
        desk.communicate(timeout=60)

    assert desk.returncode == 0


def test_beside_the_store_lies_nothing_that_can_be_read(clerk: Clerk, tmp_path: Path) -> None:
    (code,) = clerk.accepts()
    clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)

    (file,) = sealed(clerk)
    assert b"%PDF" not in file.read_bytes()
    assert len(file.name) == 64


def test_a_dossier_is_complete_at_the_province_only_with_its_files(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (code,) = clerk.accepts()
    clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)
    clerk.does("parcel", "export", stick)
    line.province.command("parcel", "import", str(stick))
    without = line.province.command("dossiers", code)[0]
    clerk.does("parcel", "import", stick)
    lamp = clerk.status["lamp"]

    clerk.does("parcel", "export", stick, "--with-scans")
    brought = line.province.command("parcel", "import", str(stick))
    clerk.does("parcel", "import", stick)

    assert (without["complete"], lamp) == (False, "amber")
    assert any(one["held"] and str(one["file"]).endswith(".cdfile") for one in brought)
    assert line.province.command("dossiers", code)[0]["complete"]
    assert clerk.lamp == "green"


def test_a_file_the_province_confirmed_leaves_after_the_days_it_sets_and_no_other(
    clerk: Clerk, line: Line, tmp_path: Path
) -> None:
    (code,) = clerk.accepts()
    clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)
    clerk.sends()
    line.province.command("policy", "--keep-file-days", "0")
    clerk.sends()
    line.cut()
    (later,) = clerk.accepts()
    clerk.does("attach", later, scan(tmp_path, 1_000), "--as", clerk.name)

    clerk.cannot_send()

    assert [file.stat().st_size < 10_000 for file in sealed(clerk)] == [True]
    assert clerk.does("verify")[0]["ok"]


def test_a_file_that_is_lost_before_the_province_has_it_is_found_by_verify(clerk: Clerk, tmp_path: Path) -> None:
    (code,) = clerk.accepts()
    clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)
    (file,) = sealed(clerk)
    whole = file.read_bytes()

    file.write_bytes(whole[:-1])
    changed = clerk.does("verify", fails=True)[0]["findings"]
    file.unlink()
    gone = clerk.does("verify", fails=True)[0]["findings"]

    assert [one.split()[0] for one in changed + gone] == ["file", "file"]


def test_erasing_a_dossier_removes_its_files_at_both_ends(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    (code,) = clerk.accepts()
    clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)
    clerk.sends()

    clerk.does("erase", code, "--ground", "request", "--basis", "12", "--as", clerk.name)
    clerk.sends()

    assert sealed(clerk) == []
    assert list(tmp_path.glob("province.files/??/*")) == []
    assert clerk.does("verify")[0]["ok"]


def test_what_cannot_be_attached_is_refused_in_words(clerk: Clerk, tmp_path: Path) -> None:
    (code,) = clerk.accepts()
    clerk.does("void", code, "--reason", "nhầm", "--as", clerk.name)

    errors = [
        clerk.does("attach", code, scan(tmp_path), "--as", clerk.name, fails=True)[0]["error"],
        clerk.does("attach", "H05.09.169-250701-9999999", scan(tmp_path), "--as", clerk.name, fails=True)[0]["error"],
        clerk.does("attach", code, tmp_path / "none.pdf", "--as", clerk.name, fails=True)[0]["error"],
    ]

    assert errors == ["NotAllowedNow", "NotFound", "FileTrouble"]
    assert not (clerk.home / "files").exists()
