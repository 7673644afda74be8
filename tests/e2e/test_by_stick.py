"""Sneakers instead of a network: parcels on a stick, answers on the way home."""

import json
import random
import shutil
from pathlib import Path

import pytest

from tests.e2e.clerk import Clerk
from tests.e2e.conftest import Line
from tests.e2e.near_clerk import NearClerk


@pytest.fixture
def clerk(line: Line, tmp_path: Path) -> Clerk:
    return NearClerk(tmp_path / "counter-1").enrols(line.province)


def names(folder: Path, ending: str) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name.endswith(ending))


def test_a_whole_day_without_a_network_goes_to_the_province_and_comes_home_on_a_stick(
    clerk: Clerk, line: Line, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    line.cut()
    codes = clerk.accepts(3)
    clerk.prints(codes[0])

    exported = clerk.does("parcel", "export", stick)[0]
    assert clerk.status["lamp"] == "amber"
    brought = line.province.command("parcel", "import", str(stick))
    said = clerk.does("parcel", "import", stick)[0]

    assert (exported["ok"], len(exported["parcels"])) == (True, 1)
    assert [(one["held"], one["entries"]) for one in brought] == [(True, exported["entries"])]
    assert (sorted(said["home"]), said["unsent"], said["refused"]) == (sorted(codes), [], [])
    assert clerk.status["lamp"] == "green"
    assert sorted(one["code"] for one in line.province.command("dossiers")) == sorted(codes)
    assert clerk.does("verify")[0]["ok"]


def test_a_stick_brings_the_news_of_the_province_too(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (code,) = clerk.accepts()
    clerk.sends()
    line.cut()
    line.province.command("status", code, "4", "--note", "xong")

    clerk.does("parcel", "export", stick)
    line.province.command("parcel", "import", str(stick))
    clerk.does("parcel", "import", stick)

    assert clerk.finds(code)[0]["status"] == 4


def test_carried_twice_and_in_any_order_it_is_there_once(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    line.cut()
    sticks = [tmp_path / name for name in "ab"]
    codes = []
    for stick in sticks:
        stick.mkdir()
        codes += clerk.accepts()
        clerk.does("parcel", "export", stick)

    for stick in (sticks[1], sticks[0], sticks[1]):
        line.province.command("parcel", "import", str(stick))
    for stick in (sticks[0], sticks[1], sticks[0]):
        clerk.does("parcel", "import", stick)

    assert clerk.lamp == "green"
    assert sorted(one["code"] for one in line.province.command("dossiers")) == sorted(codes)


def test_an_answer_from_before_takes_nothing_back(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    clerk.accepts()
    clerk.does("parcel", "export", stick)
    line.province.command("parcel", "import", str(stick))
    (later,) = clerk.accepts()
    clerk.sends()
    line.province.command("status", later, "4")
    clerk.sends()

    clerk.does("parcel", "import", stick)

    assert clerk.lamp == "green"
    assert clerk.finds(later)[0]["status"] == 4
    assert clerk.does("verify")[0]["ok"]


def test_a_damaged_parcel_is_skipped_and_said_and_the_rest_goes_on(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    line.cut()
    clerk.accepts()
    clerk.does("parcel", "export", stick)
    (stick / "x.up.cdparcel").write_bytes(random.Random(7).randbytes(5_000))
    (stick / "y.up.cdparcel").write_bytes(b"")
    code, out, _ = line.province.call("parcel", "import", "--json", str(stick))
    (stick / "x.001.down.cdparcel").write_bytes(b"CDPARCEL")

    said = clerk.does("parcel", "import", stick)[0]

    assert (code, [json.loads(one)["held"] for one in out.splitlines()]) == (1, [False, False, True])
    assert said["skipped"] == [{"file": "x.001.down.cdparcel", "reason": "not a parcel"}]
    assert clerk.lamp == "green"


def test_an_answer_to_somebody_else_is_not_believed(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    other = NearClerk(tmp_path / "counter-2").enrols(line.province)
    stick = tmp_path / "stick"
    stick.mkdir()
    other.accepts()
    other.does("parcel", "export", stick)
    line.province.command("parcel", "import", str(stick))

    said = clerk.does("parcel", "import", stick, fails=True)[0]

    assert (said["answers"], said["skipped"][0]["reason"]) == (0, "not asked for")


def test_what_a_revoked_desk_wrote_comes_in_only_through_a_door_a_person_opens(
    clerk: Clerk, line: Line, tmp_path: Path
) -> None:
    other = NearClerk(tmp_path / "counter-2").enrols(line.province)
    stick = tmp_path / "stick"
    stick.mkdir()
    codes = clerk.accepts()
    clerk.does("parcel", "export", stick)
    line.province.command("revoke", str(clerk.status["desk"]))

    refused, shut, _ = line.province.call("parcel", "import", str(stick))
    shut_out = line.province.command("dossiers")
    admitted, opened, _ = line.province.call("parcel", "import", "--admit-revoked", str(stick))
    other.sends()

    assert (refused, "không giữ, not held" in shut, shut_out) == (1, True, [])
    assert (admitted, "quầy vẫn bị thu hồi; held, the desk stays revoked" in opened) == (0, True)
    assert "not-certified" not in opened
    assert [one["code"] for one in line.province.command("dossiers")] == codes


def test_a_stick_that_is_not_there_is_said_and_nothing_is_lost(clerk: Clerk, tmp_path: Path) -> None:
    clerk.accepts()

    said = clerk.does("parcel", "export", tmp_path / "gone", fails=True)[0]

    assert said["error"] == "CarrierTrouble"
    assert "thẻ nhớ" in said["message"]["vi"]
    assert clerk.status["unsent_dossiers"] == 1


def test_a_parcel_on_a_stick_names_nobody(clerk: Clerk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    clerk.accepts()

    clerk.does("parcel", "export", stick)

    (file,) = stick.iterdir()
    assert file.name.startswith(str(clerk.status["desk"])[-8:])
    assert b"Lan" not in file.read_bytes()


def test_another_desk_brings_it_to_the_province_and_lays_the_answer_beside(
    clerk: Clerk, line: Line, tmp_path: Path
) -> None:
    other = NearClerk(tmp_path / "counter-2").enrols(line.province)
    shared = tmp_path / "shared"
    shared.mkdir()
    clerk.sends()
    other.sends()
    codes = clerk.accepts(2)
    clerk.does("parcel", "export", shared)

    carried = other.does("parcel", "carry", shared)[0]
    again = other.does("parcel", "carry", shared)[0]
    clerk.does("parcel", "import", shared)

    assert (len(carried["carried"]), len(again["carried"])) == (1, 0)
    assert sorted(one["code"] for one in line.province.command("dossiers")) == sorted(codes)
    assert clerk.lamp == "green"


def test_several_pages_of_the_feed_come_home_in_any_order(clerk: Clerk, line: Line, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    line.cut()
    for version in ("91", "92", "93"):
        line.province.command("catalogue", "publish", str(long_catalogue(tmp_path, version)))

    clerk.does("parcel", "export", stick)
    line.province.command("parcel", "import", str(stick))
    pages = [shutil.copy(stick / name, tmp_path) for name in names(stick, ".down.cdparcel")]
    late = clerk.does("parcel", "import", pages[-1], fails=True)[0]
    said = clerk.does("parcel", "import", *reversed(pages))[0]
    clerk.does("parcel", "import", pages[0])

    assert len(pages) > 1
    assert late["skipped"][0]["reason"] == "not asked for"
    assert (said["answers"], said["skipped"]) == (len(pages), [])
    assert clerk.status["catalogue"] == "93"


def long_catalogue(folder: Path, version: str) -> Path:
    """Two of these fill a page of the feed."""
    catalogue = json.loads(Path("resources/catalogue/bac-ninh.json").read_text("utf-8"))
    procedures = [one | {"code": f"{n}{one['code'][1:]}"} for n in range(8) for one in catalogue["procedures"]]
    file = folder / f"catalogue-{version}.json"
    file.write_text(json.dumps(catalogue | {"version": version, "procedures": procedures}, ensure_ascii=False), "utf-8")
    return file
