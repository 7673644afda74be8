"""`desk-province` at the command line."""

import json
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sync.protocol.feed import StatusTold
from sync.protocol.instant import read_instant
from sync.province import command, keys
from sync.province.foundation import RESOURCES
from tests.province.desk_driver import DeskDriver
from tests.servers import Province, province_process


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Which database lies behind makes no difference here."""
    return sqlite_url


def test_serve_on_nothing_is_a_small_province_and_stops_cleanly(tmp_path: Path) -> None:
    with province_process(f"sqlite:///{tmp_path / 'new' / 'p.db'}", tmp_path) as province:
        desk = DeskDriver.enrol(province.url, province.code())
        desk.accept()
        desk.exchange()
        [held] = province.command("dossiers")
        assert set(held["requirements"][0]) == {"name", "originals", "certified", "copies"}
        assert "case" not in held

    log = (tmp_path / "province.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert "Lan" not in log


def test_a_province_started_again_remembers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'p.db'}"
    with province_process(url, tmp_path) as province:
        desk = DeskDriver.enrol(province.url, province.code())
        desk.read_all()
    with province_process(url, tmp_path) as province:
        desk.url = province.url

        answer = desk.exchange()

    assert answer.items == ()
    assert answer.down.held == (desk.tip,)


def test_a_province_started_with_its_parent_stops_with_it(tmp_path: Path) -> None:
    words = ["serve", "--listen", "127.0.0.1:0", "--with-parent", "--database", f"sqlite:///{tmp_path / 'p.db'}"]
    child = subprocess.Popen(
        [sys.executable, "-m", "sync.province", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().startswith("listening on ")

        child.communicate(timeout=30)

    assert child.returncode == 0


def test_keys_and_persons_are_for_nobody_elses_eyes(tmp_path: Path) -> None:
    words = ["keys", "init", "--database", f"sqlite:///{tmp_path / 'p.db'}"]

    assert command.main(words) == 0

    for file in ("p.db", "p.root-key.pem"):
        assert stat.S_IMODE((tmp_path / file).stat().st_mode) == 0o600


def test_keys_are_never_overwritten(province: Province) -> None:
    before = province.root_key.read_bytes()

    code, _, error = province.call("keys", "init")

    assert code == 1
    assert "không ghi đè" in error
    assert "not overwritten" in error
    assert province.root_key.read_bytes() == before


def test_rotated_keys_are_learned_by_the_desk_and_old_parcels_still_open(province: Province, desk: DeskDriver) -> None:
    desk.read_all()
    old = desk.province
    province.command("keys", "rotate")
    desk.accept()

    answer = desk.exchange()

    assert answer.down.held == (desk.tip,)
    assert desk.province.serial == old.serial + 1
    assert desk.province.key != old.key
    (certificate,) = answer.of("desk")
    assert certificate.certificate == desk.certificate
    assert desk.said.number == 1000
    assert {item.kind for item in answer.items} >= {"catalogue", "calendar"}


def test_rotating_needs_the_root_that_certified_before(province: Province, tmp_path: Path) -> None:
    assert command.main(["keys", "init", "--database", f"sqlite:///{tmp_path / 'other.db'}"]) == 0
    (tmp_path / "other.root-key.pem").replace(province.root_key)

    code, _, error = province.call("keys", "rotate")

    assert code == 1
    assert "not the root" in error


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("code", "--agency", "H05.99"), "There is no agency “H05.99”."),
        (("code", "--agency", "H05.09.169", "--supervisor", "nobody"), "There is no supervisor “nobody”."),
        (("status", "H05.09.169-250701-1000001", "9"), "There is no dossier"),
        (("refuse", "X", "--field", "code"), "Say the reason in both languages."),
        (("refuse", "X", "--field", "code", "--reason", "…"), "There is no dossier “X”."),
        (("number", "X"), "There is no dossier “X”."),
        (("staff", "off", "nobody"), "There is no person “nobody”."),
        (("revoke", "9999"), "There is no desk “9999”."),
        (("revoke", "junk"), "There is no desk “junk”."),
        (("policy", "--keep-months", "0"), "Months are 1 to 1200."),
        (("catalogue", "publish", "/nowhere.json"), "There is no file “/nowhere.json”."),
        (("serve", "--listen", "nowhere"), "The address must be HOST:PORT."),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:2]),
)
def test_what_cannot_be_done_is_said_in_both_languages(
    province: Province, words: tuple[str, ...], sentence: str
) -> None:
    code, out, error = province.call(*words)

    assert (code, out) == (1, "")
    assert sentence in error
    assert error.startswith("Lỗi: ")


@pytest.mark.parametrize("words", [("fly",), (), ("status", "X", "11"), ("staff", "add", "Lan")])
def test_a_wrong_call_is_exit_code_two(
    province: Province, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        command.main(words)

    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("[]", "not a JSON object"),
        ("{", "not JSON"),
        ('{"version":"1","procedures":[]}', "empty"),
        ('{"version":"1","procedures":[{"code":"1.000001"}]}', "valid_from"),
        ('{"version":"1","procedures":[{"code":"1","valid_from":"2025-02-30"}]}', "valid_from"),
        ('{"version":"1","procedures":[{"code":"1","valid_from":"2025-01-01","x":0.5}]}', "whole numbers"),
    ],
)
def test_a_catalogue_that_is_none_is_never_signed(
    province: Province, tmp_path: Path, document: str, reason: str
) -> None:
    file = tmp_path / "catalogue.json"
    file.write_text(document)

    code, _, error = province.call("catalogue", "publish", str(file))

    assert code == 1
    assert reason in error


def test_a_version_once_published_is_never_changed(province: Province, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.json"
    document = {"version": "2", "procedures": [{"code": "1.000001", "valid_from": "2025-01-01"}]}
    file.write_text(json.dumps(document))
    province.command("catalogue", "publish", str(file))
    assert province.command("catalogue", "publish", str(file)) == [{"catalogue": "2"}]
    file.write_text(json.dumps(document | {"note": "changed"}))

    code, _, error = province.call("catalogue", "publish", str(file))

    assert code == 1
    assert "not overwritten" in error


def test_a_published_procedure_can_be_asked_for_at_once(province: Province, desk: DeskDriver, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.json"
    file.write_text('{"version":"2","procedures":[{"code":"1.000001","valid_from":"2025-01-01","valid_to":null}]}')
    province.command("catalogue", "publish", str(file))
    desk.accept(procedure="1.000001")
    desk.exchange()

    assert province.command("dossiers")[0]["verdict"] == "applied"


def test_a_calendar_is_published_under_one_key(province: Province, desk: DeskDriver, tmp_path: Path) -> None:
    desk.read_all()
    file = tmp_path / "calendar.json"
    file.write_text('{"version":"2026","first_day":"2026-01-01","last_day":"2026-12-31"}')
    province.command("calendar", "publish", str(file))

    answer = desk.exchange()

    assert answer.keys("calendar") == ["vn"]
    assert answer.of("calendar")[0].version == "2026"


def test_a_status_is_told_with_note_and_due_time(province: Province, desk: DeskDriver) -> None:
    dossier = desk.accept()
    desk.read_all()

    province.command("status", desk.code(1), "5", "--note", "Thiếu giấy khai sinh", "--due", "2025-07-04T11:00+07:00")

    (told,) = desk.exchange().of("status")
    assert isinstance(told, StatusTold)
    assert (told.dossier, told.status, told.note) == (dossier, 5, "Thiếu giấy khai sinh")
    assert (told.due_at, told.by) == ("2025-07-04T04:00:00.000Z", "Bắc Ninh")
    assert province.command("dossiers")[0]["status"] == 5


def test_staff_come_and_go(province: Province) -> None:
    words = ("--agency", "H05.09.169")
    made = province.command("staff", "add", "  Nguyễn   Thị Lan ", *words)[0]
    namesake = province.command("staff", "add", "Nguyễn Thị Lan", *words, "--role", "supervisor")[0]
    again = province.command("staff", "pin", made["id"])[0]
    off = province.command("staff", "off", made["id"])[0]

    assert (made["id"], made["full_name"], made["role"]) == ("nguyen-thi-lan", "Nguyễn Thị Lan", "clerk")
    assert namesake["id"] == "nguyen-thi-lan-2"
    assert len(made["pin_code"]) == len("ABCD-EFGH")
    assert again["pin_code"] != made["pin_code"]
    assert off["active"] is False
    assert [one["id"] for one in province.command("staff", "list", *words)] == ["nguyen-thi-lan", "nguyen-thi-lan-2"]


def test_an_agency_added_can_receive_and_resolve(province: Province) -> None:
    province.command("agency", "add", "H05.09.999", "Trung tâm mới", "--place", "Vũ Ninh", "--commune", "09169")

    desk = DeskDriver.enrol(province.url, province.code("H05.09.999"))
    desk.accept()
    desk.exchange()

    assert province.command("dossiers")[0]["verdict"] == "applied"
    assert "H05.09.999" in {one["id"] for one in province.command("agency", "list")}


def test_desks_are_listed_with_what_is_held_and_when_they_were_last_heard(province: Province, desk: DeskDriver) -> None:
    desk.accept()
    desk.exchange()

    (listed,) = province.command("desks")

    assert (listed["number"], listed["held"], listed["software"]) == (1000, {"1": 2}, "driver/1")
    assert listed["last_contact"] is not None


def test_without_json_each_thing_is_a_line_for_people(province: Province, desk: DeskDriver) -> None:
    desk.accept()
    desk.exchange()

    code, out, _ = province.call("dossiers")

    assert code == 0
    assert out == f"{desk.code(1)}  2.000815  2025-07-01T08:15:00+07:00  2  applied\n"


def test_a_database_of_another_version_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["policy", "--database", f"sqlite:///{tmp_path / 'p.db'}"]
    assert command.main(words) == 0
    with sqlite3.connect(tmp_path / "p.db") as connection:
        connection.execute("UPDATE province SET schema = 99")
    connection.close()

    assert command.main(words) == 1
    assert "another version" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "postgresql://app@/x?host=/nowhere", "sqlite:////proc/none/p.db"]
)
def test_a_database_that_cannot_be_used_is_said_as_such(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["policy", "--database", url]) == 1

    assert "The database cannot be used" in capsys.readouterr().err


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "p.db"
    file.write_bytes(b"not a database" * 100)

    assert command.main(["policy", "--database", f"sqlite:///{file}"]) == 1

    assert "The database cannot be used" in capsys.readouterr().err
    assert file.read_bytes() == b"not a database" * 100


def test_what_no_desk_could_read_is_not_told_and_the_officer_hears_why(province: Province, desk: DeskDriver) -> None:
    code, _, error = province.call("staff", "add", "Lan", "--agency", desk.agency, "--id", "x" * 65)

    assert code == 1
    assert "desks could not read it" in error
    assert [person.id for person in desk.read_all().of("staff")] == [desk.supervisor]


def test_a_catalogue_too_long_for_a_line_of_the_feed_is_not_published(
    province: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    document = json.loads((RESOURCES / "catalogue" / "bac-ninh.json").read_text("utf-8"))
    long = tmp_path / "long.json"
    long.write_text(json.dumps(document | {"version": "9", "about": '"' * 1_500_000}, ensure_ascii=False), "utf-8")

    code, _, error = province.call("catalogue", "publish", str(long))

    assert code == 1
    assert "desks could not read it" in error
    assert "9" not in desk.read_all().keys("catalogue")


def test_keys_are_certified_where_the_root_lies_and_nowhere_else(
    province: Province, desk: DeskDriver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer" / "root-key.pem"
    stick.mkdir()
    drawer.parent.mkdir()
    province.root_key.rename(drawer)

    province.command("keys", "request", str(stick / "request.json"))
    signing = ["keys", "sign", str(stick / "request.json"), str(stick / "certificate.json"), "--root-key", str(drawer)]
    assert command.main(signing) == 0
    shown = province.command("keys", "install", str(stick / "certificate.json"))[0]
    desk.exchange([])

    assert shown["serial"] == desk.province.serial == 2
    assert "PRIVATE" not in (stick / "request.json").read_text()
    assert "serial 2" in capsys.readouterr().out


def test_a_certificate_for_keys_nobody_asked_for_is_refused(province: Province, tmp_path: Path) -> None:
    first, second, back = tmp_path / "first.json", tmp_path / "second.json", tmp_path / "back.json"
    province.command("keys", "request", str(first))
    province.command("keys", "request", str(second))
    assert command.main(["keys", "sign", str(first), str(back), "--root-key", str(province.root_key)]) == 0

    code, _, error = province.call("keys", "install", str(back))

    assert code == 1
    assert "Lỗi" in error


def test_a_certificate_of_another_root_is_refused(province: Province, tmp_path: Path) -> None:
    asked, back, root = tmp_path / "asked.json", tmp_path / "back.json", tmp_path / "other" / "root-key.pem"
    keys.make_root(root)
    province.command("keys", "request", str(asked))
    assert command.main(["keys", "sign", str(asked), str(back), "--root-key", str(root)]) == 0

    code, _, error = province.call("keys", "install", str(back))

    assert code == 1
    assert "certificate" in error


def test_an_expired_desk_renews_with_its_key(province: Province, desk: DeskDriver) -> None:
    first = desk.said
    province.clock.moment = read_instant(first.not_after) + timedelta(days=30)

    desk.accept()
    answer = desk.exchange()

    assert [tip.seq for tip in answer.down.held] == [2]
    assert read_instant(desk.said.not_after) > province.clock.moment
    assert (desk.said.number, desk.said.key) == (first.number, first.key)


def test_a_new_address_is_told_to_the_desks(province: Province, desk: DeskDriver) -> None:
    desk.read_all()

    province.command("address", "https://mot-cua.example.vn/")
    told = desk.exchange().of("address")

    assert [one.url for one in told] == ["https://mot-cua.example.vn"]


@pytest.mark.parametrize("url", ["http://mot-cua.example.vn", "ftp://x", "mot-cua", "https://x/?a=1"])
def test_an_address_no_desk_would_use_is_refused(province: Province, url: str) -> None:
    code, _, error = province.call("address", url)

    assert (code, "https://" in error) == (1, True)
