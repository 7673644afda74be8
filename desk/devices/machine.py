"""What a machine is known by, so that a desk whose folder woke up in another one notices.

Board and disk, each feature by itself, as far as this account may read them: what cannot be read is not compared. Only
hashes leave this module, bound to the desk, so that nothing in a store names a machine.

    Linux     /sys/class/dmi/id (board and product), and the disk under the home by its serial or world-wide name
    Windows   MachineGuid of the registry, and the serial of the home's volume
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

_DOMAIN = b"commune-desk/machine/1"
_LONGEST = 256
_BOARD = ("board_vendor", "board_name", "board_serial", "product_name", "product_uuid")
_DISK = ("serial", "wwid", "device/serial", "device/wwid", "device/vpd_pg80")


def known_by(desk: UUID, home: Path) -> dict[str, str]:
    """Hashes by feature of the machine this runs on and of the disk under the home."""
    return hashed(desk, dict(_features(home)))


def hashed(desk: UUID, features: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 over desk, name and value, in hexadecimal."""
    return {name: _hash(desk, name, value) for name, value in features.items()}


def linux_features(home: Path, sys_folder: Path) -> Iterator[tuple[str, str]]:
    """Name and value of each feature that can be read under a `/sys`."""
    for name in _BOARD:
        if value := _read(sys_folder / "class/dmi/id" / name):
            yield name, value
    disk = _disk_under(home, sys_folder)
    for name in _DISK:
        if disk is not None and (value := _read(disk / name)):
            yield f"disk {name}", value


def _disk_under(home: Path, sys_folder: Path) -> Path | None:
    """The whole disk of the partition the home lies on; None for a folder that lies on no disk."""
    if sys.platform == "win32":
        return None
    device = home.stat().st_dev
    node = sys_folder / f"dev/block/{os.major(device)}:{os.minor(device)}"
    if not node.exists():
        return None
    node = node.resolve()
    return node.parent if (node / "partition").exists() else node


def _read(file: Path) -> str:
    """Empty where it is not there, or not for our eyes."""
    try:
        with file.open("rb") as opened:
            return opened.read(_LONGEST).decode("utf-8", "replace").strip(" \t\r\n\0")
    except OSError:
        return ""


def _hash(desk: UUID, name: str, value: str) -> str:
    return hashlib.sha256(b"\0".join((_DOMAIN, desk.bytes, name.encode(), value.encode()))).hexdigest()


if sys.platform == "win32":
    import ctypes
    import winreg

    def _features(home: Path) -> Iterator[tuple[str, str]]:
        if guid := _machine_guid():
            yield "machine_guid", guid
        if serial := _volume_serial(home):
            yield "volume", serial

    def _machine_guid() -> str:
        place = r"SOFTWARE\Microsoft\Cryptography"
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, access) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""

    def _volume_serial(home: Path) -> str:
        serial = ctypes.c_ulong()
        root = ctypes.c_wchar_p(f"{home.absolute().drive}\\")
        ask = ctypes.windll.kernel32.GetVolumeInformationW
        if not ask(root, None, 0, ctypes.byref(serial), None, None, None, 0):
            return ""
        return f"{serial.value:08x}"

else:

    def _features(home: Path) -> Iterator[tuple[str, str]]:
        yield from linux_features(home, Path("/sys"))
