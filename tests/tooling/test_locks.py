"""The lock files are whole, agree with each other, and name no server."""

import re
from pathlib import Path

import pytest

LOCK = Path(__file__).parents[2] / "resources" / "packaging" / "lock"
NAMES = ("desk.txt", "province.txt", "dev.txt")


def entries(name: str) -> set[str]:
    """Each locked package with its version, condition and hashes, as one line."""
    text = (LOCK / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return {re.sub(r"\s+", " ", line).strip() for line in text.splitlines()}


@pytest.mark.parametrize("name", NAMES)
def test_every_package_has_one_version_and_its_hashes(name: str) -> None:
    assert [line for line in entries(name) if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_server_is_named(name: str) -> None:
    assert "://" not in (LOCK / name).read_text(encoding="utf-8")


def test_each_lock_holds_all_of_the_smaller_one() -> None:
    packages = [{line.split(" --hash")[0] for line in entries(name)} for name in NAMES]

    assert packages[0] < packages[1] < packages[2]


def test_secrets_are_never_kept_in_the_clear() -> None:
    # Where keyrings.alt is installed, keyring uses it without a word.
    assert not any(line.startswith("keyrings") for line in entries("dev.txt"))
