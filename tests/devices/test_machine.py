"""A machine is known by its board and disk, read from a real tree of files like the kernel's."""

import os
import sys
from pathlib import Path
from uuid import UUID

import pytest

from desk.devices.machine import hashed, known_by, linux_features

DESK, OTHER = UUID(int=1), UUID(int=2)


def _kernel(folder: Path, home: Path, *, board: str = "B-77", disk: str = "S-1") -> Path:
    """A `/sys` with a board, and a disk whose first partition holds the home."""
    if sys.platform == "win32":
        pytest.fail("there is no such kernel")
    dmi = folder / "class/dmi/id"
    dmi.mkdir(parents=True)
    (dmi / "board_serial").write_text(f"{board}\n")
    partition = folder / "devices/ata1/block/sda/sda1"
    (partition.parent / "device").mkdir(parents=True)
    (partition.parent / "device/serial").write_text(f"{disk}  \n")
    partition.mkdir()
    (partition / "partition").write_text("1\n")
    device = home.stat().st_dev
    links = folder / "dev/block"
    links.mkdir(parents=True)
    (links / f"{os.major(device)}:{os.minor(device)}").symlink_to(partition)
    return folder


def test_board_and_disk_are_read(tmp_path: Path) -> None:
    kernel = _kernel(tmp_path / "sys", tmp_path)

    assert dict(linux_features(tmp_path, kernel)) == {"board_serial": "B-77", "disk device/serial": "S-1"}


def test_a_disk_without_partitions_is_read_as_well(tmp_path: Path) -> None:
    kernel = _kernel(tmp_path / "sys", tmp_path)
    (kernel / "devices/ata1/block/sda/sda1/partition").unlink()
    (kernel / "devices/ata1/block/sda/sda1/serial").write_text("virtio-9")

    assert dict(linux_features(tmp_path, kernel))["disk serial"] == "virtio-9"


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert dict(linux_features(tmp_path, tmp_path / "empty")) == {}


def test_an_empty_value_says_nothing(tmp_path: Path) -> None:
    kernel = _kernel(tmp_path / "sys", tmp_path, board=" ")

    assert "board_serial" not in dict(linux_features(tmp_path, kernel))


def test_hashes_tell_machines_apart_and_name_none(tmp_path: Path) -> None:
    one, same, other = (hashed(DESK, {"board": text}) for text in ("B-77", "B-77", "B-78"))

    assert one == same != other
    assert "B-77" not in str(one)
    assert hashed(OTHER, {"board": "B-77"}) != one


def test_this_machine_is_the_same_twice(tmp_path: Path) -> None:
    assert known_by(DESK, tmp_path) == known_by(DESK, tmp_path)
