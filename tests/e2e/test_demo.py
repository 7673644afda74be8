"""The demo, as `make run` starts it: a real window typed into, a real province, both sides compared."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Line


def rehearse(out: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """Exit code and summary."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "desk", "demo", "--out", str(out), "--dossiers", "3", *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False, env=environment)
    assert (out / "summary.json").exists(), done.stdout + done.stderr
    return done.returncode, json.loads((out / "summary.json").read_text("utf-8"))


def test_without_a_screen_a_morning_is_done_and_both_sides_agree(tmp_path: Path) -> None:
    code, summary = rehearse(tmp_path / "out")

    assert (code, summary["agree"], summary["differences"]) == (0, True, [])
    assert summary["lamp"] == {"cut": "amber", "mended": "green"}
    assert summary["unsent_while_cut"] == summary["dossiers"] == len(summary["slips"]) == 3
    assert {name.rpartition("-")[0] for name in summary["screens"]} == {
        "sign-in",
        "intake",
        "accepted",
        "search",
        "dossier",
        "outbox",
        "sent",
    }


def test_a_foreign_province_is_asked_by_its_answers(line: Line, tmp_path: Path) -> None:
    code, summary = rehearse(tmp_path / "out", "--province", line.province.url, "--code", line.province.code())

    assert (code, summary["agree"]) == (0, True)
    held = line.province.command("dossiers")
    assert sorted(dossier["code"] for dossier in held) == sorted(one["code"] for one in summary["codes"])
