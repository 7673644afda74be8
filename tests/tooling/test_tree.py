"""The repository keeps its shape, and says nothing about the machine it was written on."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP = {"desk", "sync", "resources", "tests", "pyproject.toml", "build.spec", "README.md", "Makefile", "LICENSE"}
TOP |= {"CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md"}

# Put together from halves, so that this file does not find itself.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org"]
PATHS = ["/" + "work/main", "/" + "root/", "/" + "opt/wheels", "../" + "shared", "/tmp/" + "lab"]


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """Every file git knows here."""
    question = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    answer = subprocess.run(question, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_top_folder_holds_only_what_was_agreed(tracked: list[str]) -> None:
    top = {name.split("/")[0] for name in tracked}

    assert {name for name in top if not name.startswith(".")} <= TOP


def test_no_file_names_a_package_server_or_a_place_on_somebodys_disk(tracked: list[str]) -> None:
    told = re.compile("|".join(map(re.escape, HOSTS + PATHS)).encode())

    assert [name for name in tracked if told.search((ROOT / name).read_bytes())] == []
