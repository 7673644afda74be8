"""The buddy copy: a desk burns, and all it had taken is at the province all the same."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.clerk import Clerk
from tests.e2e.conftest import Line
from tests.e2e.near_clerk import NearClerk
from tests.e2e.test_files import scan


@pytest.fixture
def clerk(line: Line, tmp_path: Path) -> Clerk:
    return NearClerk(tmp_path / "counter-1").enrols(line.province)


@pytest.fixture
def neighbour(line: Line, tmp_path: Path, clerk: Clerk) -> Clerk:
    """At another desk of the commune, enrolled after the first and told of it."""
    other = NearClerk(tmp_path / "counter-2").enrols(line.province)
    clerk.sends()
    return other


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


def parcels(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name.endswith(".up.cdparcel"))


def test_a_desk_burns_and_its_neighbour_brings_every_dossier_and_file_to_the_province(
    clerk: Clerk, neighbour: Clerk, line: Line, shared: Path, tmp_path: Path
) -> None:
    clerk.does("buddy", "on", shared, "--as", clerk.name)
    neighbour.does("buddy", "share", shared, "--as", neighbour.name)
    line.cut()
    codes = clerk.accepts(3)
    clerk.does("attach", codes[0], scan(tmp_path), "--as", clerk.name)
    kept = clerk.does("buddy", "now")[0]
    shutil.rmtree(clerk.home)

    line.mend()
    neighbour.sends()

    assert (kept["on"], kept["trouble"]) == (True, None)
    held = {str(one["code"]): one for one in line.province.command("dossiers")}
    assert sorted(held) == sorted(codes)
    assert held[codes[0]]["complete"]
    assert [one["held"] for one in held[codes[0]]["attachments"]] == [True]


def test_the_copy_follows_what_is_not_held_and_is_cleared_when_it_is(
    clerk: Clerk, line: Line, shared: Path, tmp_path: Path
) -> None:
    line.cut()
    clerk.does("buddy", "on", shared, "--as", clerk.name)
    clerk.accepts()
    clerk.does("buddy", "now")
    first = parcels(shared)
    (code,) = clerk.accepts()
    clerk.does("attach", code, scan(tmp_path), "--as", clerk.name)
    clerk.does("buddy", "now")
    second = parcels(shared)
    line.mend()
    clerk.sends()
    clerk.does("buddy", "now")

    assert (len(first), len(second), first != second) == (1, 1, True)
    assert list(shared.iterdir()) == []


def test_a_desk_without_a_line_hears_through_its_neighbour(
    clerk: Clerk, neighbour: Clerk, line: Line, shared: Path
) -> None:
    neighbour.does("buddy", "share", shared, "--as", neighbour.name)
    clerk.does("buddy", "on", shared, "--as", clerk.name)
    codes = clerk.accepts(2)
    clerk.does("buddy", "now")
    neighbour.sends()
    line.cut()

    clerk.does("buddy", "now")

    assert clerk.lamp == "green"
    assert parcels(shared) == []
    assert len(codes) == 2


def test_a_stick_that_was_pulled_out_is_said_with_the_hour_since_when(clerk: Clerk, shared: Path) -> None:
    clerk.does("buddy", "on", shared, "--as", clerk.name)
    shutil.rmtree(shared)
    clerk.accepts()

    first = clerk.does("buddy", "now", fails=True)[0]
    again = clerk.does("buddy", "now", fails=True)[0]
    clerk.sends()
    lamp = clerk.status
    shared.mkdir()
    healed = clerk.does("buddy", "now")[0]

    assert (first["trouble"], first["since"]) == (again["trouble"], again["since"]) == ("gone", again["since"])
    assert (lamp["lamp"], lamp["reason"]) == ("amber", "buddy")
    assert (healed["trouble"], clerk.lamp) == (None, "green")


def test_status_sees_that_the_folder_went_away_after_the_last_round(clerk: Clerk, shared: Path) -> None:
    done_at = clerk.does("buddy", "on", shared, "--as", clerk.name)[0]["done_at"]
    shutil.rmtree(shared)

    said = clerk.does("buddy", "status", fails=True)[0]

    assert (said["ok"], said["trouble"], said["since"]) == (False, "gone", done_at)


def test_only_a_supervisor_switches_it(clerk: Clerk, line: Line, shared: Path) -> None:
    line.province.command("staff", "add", "Nguyễn Thị Lan", "--agency", "H05.09.169", "--role", "clerk")
    clerk.sends()

    said = clerk.does("buddy", "on", shared, "--as", "Nguyễn Thị Lan", fails=True)[0]

    assert said["error"] == "RoleMissing"
    assert not clerk.does("buddy", "status")[0]["on"]


def test_another_desks_files_in_the_folder_are_left_alone(clerk: Clerk, shared: Path) -> None:
    for name in ("0-x.up.cdparcel", "readme.txt", f"{'ab' * 32}.cdfile"):
        (shared / name).write_bytes(b"somebody's")

    clerk.does("buddy", "on", shared, "--as", clerk.name)
    clerk.sends()
    clerk.does("buddy", "now")

    assert len(list(shared.iterdir())) == 3
