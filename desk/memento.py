"""What the window remembers by itself between two starts: no setting, and nobody's data."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desk.services.ports.values import LampReason
from sync.protocol.instant import read_instant, write_instant
from sync.protocol.problems import Problem

FILE = "window.json"
BACKUP = "backup.json"
LINE = "line.json"


class Memento:
    """A small file in the desk's folder. Losing it loses nothing."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._kept = self._read()

    @property
    def language(self) -> str | None:
        return self._kept.get("language")

    def keep_language(self, language: str) -> None:
        self._keep("language", str(language))

    @property
    def last_clerk(self) -> str | None:
        """The staff id of whoever signed in last."""
        return self._kept.get("last_clerk")

    def keep_last_clerk(self, staff_id: str) -> None:
        self._keep("last_clerk", staff_id)

    @property
    def printer(self) -> str:
        """Where slips go; "" is the system's usual printer."""
        return self._kept.get("printer", "")

    def keep_printer(self, name: str) -> None:
        self._keep("printer", name)

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {key: value for key, value in kept.items() if isinstance(value, str)} if isinstance(kept, dict) else {}

    def _keep(self, key: str, value: str) -> None:
        self._kept[key] = value
        try:
            self._file.write_text(json.dumps(self._kept), encoding="utf-8")
        except OSError:
            return


def last_backup(home: Path) -> datetime | None:
    """When the last backup was made from here, beside the window or under it: so it has a file of its own."""
    try:
        return read_instant(json.loads((home / BACKUP).read_text(encoding="utf-8"))["made_at"])
    except (OSError, ValueError, KeyError, TypeError, Problem):
        return None


def remember_backup(home: Path, made_at: datetime) -> None:
    with suppress(OSError):
        (home / BACKUP).write_text(json.dumps({"made_at": write_instant(made_at)}), encoding="utf-8")


def last_line(home: Path) -> LampReason:
    """What stood in the way of the line when it was last tried from here; NONE where nobody remembers."""
    try:
        return LampReason(json.loads((home / LINE).read_text(encoding="utf-8"))["reason"])
    except (OSError, ValueError, KeyError, TypeError):
        return LampReason.NONE


def remember_line(home: Path, reason: LampReason) -> None:
    """For `status`, which has no line of its own. Written only when it has changed."""
    if reason is not last_line(home):
        with suppress(OSError):
            (home / LINE).write_text(json.dumps({"reason": reason.value}), encoding="utf-8")
