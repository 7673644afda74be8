"""On what a run was made: figures mean nothing without it."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlcipher3 import dbapi2

PARTS = ("PySide6_Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "cryptography", "msgspec")


def machine() -> list[str]:
    """A few lines for people."""
    parts = ", ".join(f"{name} {version(name)}" for name in PARTS)
    return [
        f"{_processor()}, {os.cpu_count()} cores, {memory_kib() / 2**20:.0f} GiB, load {_load()} at the start",
        f"{_system()}, Linux {platform.release()}, Python {platform.python_version()}",
        f"{parts}, SQLite {dbapi2.sqlite_version}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def memory_kib() -> int:
    total = Path("/proc/meminfo").read_text().splitlines()[0]
    return int(total.split()[1])


def _load() -> str:
    return Path("/proc/loadavg").read_text().split()[0]


def _system() -> str:
    return platform.freedesktop_os_release()["PRETTY_NAME"]
