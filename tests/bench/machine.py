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
        f"{_processor()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB, load {os.getloadavg()[0]:.1f} at the start",
        f"{_system()}, Linux {platform.release()}, Python {platform.python_version()}",
        f"{parts}, SQLite {dbapi2.sqlite_version}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def _memory_gb() -> float:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9


def _system() -> str:
    return platform.freedesktop_os_release()["PRETTY_NAME"]
