"""Everything that can be set, declared once: read at the start, frozen, handed down."""

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import site_data_path, user_data_path

from desk.resources import resource

VERSION = "0.1.0"
SOFTWARE = f"commune-desk {VERSION}"
"""How this program calls itself to the province."""


def built_at() -> datetime | None:
    """When this bundle was made, which no clock can stand before; None where it runs from its source."""
    try:
        return datetime.fromisoformat(resource("built").read_text(encoding="ascii").strip()).astimezone(UTC)
    except (OSError, ValueError):
        return None


def usual_home() -> Path:
    """Where this computer's desk lives: one for all accounts of a Windows PC, the user's own elsewhere."""
    folder = site_data_path if sys.platform == "win32" else user_data_path
    return folder("commune-desk", appauthor=False)


@dataclass(frozen=True)
class Settings:
    """What one start of the program was told."""

    home: Path = field(default_factory=usual_home)
    language: str | None = None
    """"vi" or "en"; None leaves it to what the window was last switched to, and that to Vietnamese."""
    as_json: bool = False
    clerk: str | None = None
    """Staff id or name of whoever writes; None lets the only possible one."""
    passphrase_file: Path | None = None
