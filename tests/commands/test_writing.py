"""`slip`, `void`, `erase`, `sync`, `enrol`: each thing that can be wrong is said in both languages."""

import json
from pathlib import Path

import pytest

from desk.app import main
from sync.protocol.enrolment_code import EnrolmentCode
from tests import make
from tests.commands.conftest import Command
from tests.sync.servers import Said, nobody, serving

CODE = str(EnrolmentCode(bytes(10), bytes(10)))


@pytest.fixture
def code(desk: Command) -> str:
    """Of a dossier that was taken."""
    return str(desk.accept(make.intake_json()).line["code"])


def failed(desk: Command, *words: str | Path) -> str:
    """The error's name, after people got a sentence and no traceback in either language."""
    vietnamese, english = desk(*words), desk(*words, "--lang", "en")
    assert (vietnamese.code, vietnamese.out, english.code) == (1, "", 1)
    assert vietnamese.err != english.err
    assert "Traceback" not in vietnamese.err + english.err
    line = desk(*words, "--json").line
    assert line["ok"] is False
    return str(line["error"])


def test_a_slip_is_issued_and_a_second_one_says_it_is_a_reprint(desk: Command, code: str, tmp_path: Path) -> None:
    first = desk("slip", code, "--out", tmp_path / "1.pdf", "--as", "lan", "--json").line
    second = desk("slip", code, "--out", tmp_path / "2.pdf", "--as", "lan", "--json").line

    assert (first["issue"], second["issue"]) == (1, 2)
    assert (tmp_path / "1.pdf").read_bytes().startswith(b"%PDF")


def test_a_slip_of_nothing_is_refused(desk: Command, tmp_path: Path) -> None:
    assert failed(desk, "slip", "H05.09.169-250701-9999999", "--out", tmp_path / "x.pdf", "--as", "lan") == "NotFound"
    assert not (tmp_path / "x.pdf").exists()


def test_a_slip_that_has_no_place_to_be_written_to_is_not_issued(desk: Command, code: str, tmp_path: Path) -> None:
    assert failed(desk, "slip", code, "--out", tmp_path / "no" / "x.pdf", "--as", "lan") == "FileTrouble"
    assert "slip_issued" not in desk("journal").out


def test_a_void_dossier_says_so_everywhere(desk: Command, code: str, tmp_path: Path) -> None:
    assert desk("void", code, "--reason", "nhầm thủ tục", "--as", "lan").code == 0

    assert desk("find", code, "--json").line["voided"] is True
    assert "Đã huỷ" in desk("find", code).out
    assert failed(desk, "void", code, "--reason", "lần nữa", "--as", "lan") == "NotAllowedNow"
    assert failed(desk, "slip", code, "--out", tmp_path / "x.pdf", "--as", "lan") == "NotAllowedNow"


def test_voiding_needs_a_reason(desk: Command, code: str) -> None:
    assert failed(desk, "void", code, "--reason", "  ", "--as", "lan") == "Malformed"


def test_what_the_province_does_not_hold_is_not_erased(desk: Command, code: str) -> None:
    words = ("erase", code, "--ground", "request", "--basis", "YC-01", "--as", "hoa")

    assert failed(desk, *words) == "NotAllowedNow"
    assert desk("find", code, "--json").line["applicant"]["full_name"] == "Nguyễn Thị Lan"


def test_erasing_nothing_is_refused(desk: Command) -> None:
    words = ("erase", "none", "--ground", "request", "--basis", "YC-01", "--as", "hoa")

    assert failed(desk, *words) == "NotFound"


def test_syncing_without_a_line_says_offline_and_loses_nothing(desk: Command, code: str) -> None:
    ran = desk("sync", "--once", "--json")

    assert (ran.code, ran.line["why"]) == (1, "offline")
    assert desk("find", code, "--json").line["code"] == code


def test_writing_beside_an_open_window_is_refused(beside: Command) -> None:
    assert failed(beside, "sync", "--once") == "AnotherWindow"


@pytest.mark.parametrize(
    ("province", "code", "error"),
    [
        ("http://127.0.0.1:9", "ABCD", "CodeNotValid"),
        ("http://127.0.0.1:9", "U" * 32, "CodeNotValid"),
        ("http://10.0.0.1", CODE, "BadAddress"),
        ("ftp://tinh", CODE, "BadAddress"),
        ("tinh.example", CODE, "BadAddress"),
        ("http://127.0.0.1:9", CODE, "Offline"),  # a port kept for throwing away, where nobody listens
    ],
)
def test_an_enrolment_that_cannot_be_says_why(
    empty_home: Command, tmp_path: Path, province: str, code: str, error: str
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text("một mật khẩu dài\n", encoding="utf-8")

    words = ("enrol", "--province", province, "--code", code, "--passphrase-file", secret)

    assert failed(empty_home, *words) == error
    assert empty_home("status", "--passphrase-file", secret, "--json").line["enrolled"] is False


def test_a_home_that_is_a_desk_is_not_enrolled_again(desk: Command) -> None:
    assert failed(desk, "enrol", "--province", nobody(), "--code", CODE) == "AlreadyEnrolled"


def test_a_page_instead_of_a_province_enrols_nobody(empty_home: Command, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text("một mật khẩu dài", encoding="utf-8")

    with serving(lambda _: Said(200, {"Content-Type": "text/html"}, b"<h1>Wi-Fi</h1>")) as url:
        words = ("enrol", "--province", url, "--code", CODE, "--passphrase-file", secret)
        assert failed(empty_home, *words) == "NotTheProvince"


@pytest.mark.parametrize("text", [None, b"", b"\n", b"\xff\xff"], ids=["no file", "nothing", "no line", "no text"])
def test_a_passphrase_file_without_one_is_refused(empty_home: Command, tmp_path: Path, text: bytes | None) -> None:
    secret = tmp_path / "passphrase"
    if text is not None:
        secret.write_bytes(text)

    words = ("enrol", "--province", nobody(), "--code", CODE, "--passphrase-file", secret)

    assert failed(empty_home, *words) == "PassphraseMissing"


def test_without_keystore_and_without_passphrase_the_way_out_is_said(
    empty_home: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")

    assert failed(empty_home, "enrol", "--province", nobody(), "--code", CODE) == "NoKeystore"


def test_a_store_behind_a_passphrase_asks_for_it(empty_home: Command, tmp_path: Path) -> None:
    secret, wrong = tmp_path / "passphrase", tmp_path / "wrong"
    secret.write_text("một mật khẩu dài", encoding="utf-8")
    wrong.write_text("một mật khẩu khác", encoding="utf-8")
    empty_home("enrol", "--province", nobody(), "--code", CODE, "--passphrase-file", secret)

    assert failed(empty_home, "find", "Lan") == "PassphraseMissing"
    assert failed(empty_home, "find", "Lan", "--passphrase-file", wrong) == "WrongPassphrase"


def test_a_home_whose_key_is_gone_is_left_as_it_is(desk: Command) -> None:
    (desk.home / "key.json").unlink()
    before = (desk.home / "desk.db").read_bytes()

    assert failed(desk, "status") == "StoreKeyMissing"
    assert (desk.home / "desk.db").read_bytes() == before


def test_a_key_of_another_store_opens_nothing(desk: Command) -> None:
    (desk.home / "key.json").write_text(json.dumps({"v": 1, "kind": "plain", "plain": True, "key": "ab" * 32}))

    assert failed(desk, "status") == "WrongKey"


def test_a_file_that_is_no_store_is_left_as_it_is(desk: Command) -> None:
    (desk.home / "desk.db").write_bytes(b"x" * 8192)

    assert failed(desk, "status") in ("WrongKey", "StoreDamaged")
    assert (desk.home / "desk.db").read_bytes() == b"x" * 8192


def test_a_window_on_a_home_without_a_desk_ends_at_once(empty_home: Command) -> None:
    assert failed(empty_home, "window") == "NotEnrolled"


def test_a_second_window_ends_at_once(beside: Command) -> None:
    assert failed(beside, "window") == "AnotherWindow"


@pytest.mark.parametrize("words", [["dance"], ["accept"], ["find"], ["slip", "x"], ["demo", "--dossiers", "0"]])
def test_a_wrong_call_is_explained_and_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "usage: desk" in capsys.readouterr().err


def test_what_nobody_foresaw_is_a_sentence_and_a_discreet_log(desk: Command, tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    secret = tmp_path / "Nguyễn Thị Lan 027180001234"

    ran = desk("accept", "--file", tmp_path / "folder.jsonl", "--as", "lan")
    desk("accept", "--file", secret, "--as", "lan")

    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "027180001234" not in (desk.home / "logs" / "desk.log").read_text("utf-8")


def test_a_demo_against_another_province_asks_for_its_code(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["demo", "--headless", "--out", str(tmp_path), "--province", "http://127.0.0.1:9", "--lang", "en"]) == 1

    assert "--code" in capsys.readouterr().err


def test_a_demo_whose_folder_cannot_be_made_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert main(["demo", "--headless", "--json", "--out", str(tmp_path / "file" / "out")]) == 1

    assert '"FileTrouble"' in capsys.readouterr().out
