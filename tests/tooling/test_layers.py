"""Rules of the rooms that the contracts in pyproject.toml cannot say."""

import sys
from pathlib import Path

import pytest

from tests.tooling.imports import ROOT, imported_by

SOURCES = [source for package in ("desk", "sync") for source in sorted((ROOT / package).rglob("*.py"))]


def test_the_rules_of_the_office_need_only_the_standard_library() -> None:
    foreign = {
        (str(source.relative_to(ROOT)), name)
        for source in (ROOT / "desk" / "domain").rglob("*.py")
        for name in imported_by(source)
        if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("desk.domain.")
    }

    assert foreign == set()


def test_only_the_command_line_starts_the_application() -> None:
    importers = {
        source.relative_to(ROOT).as_posix()
        for source in SOURCES
        if any(f"{name}.".startswith("desk.app.") for name in imported_by(source))
    }

    assert importers <= {"desk/__main__.py"}


@pytest.mark.parametrize("module", ["keyrings", "numpy"])
def test_nobody_uses_what_would_weaken_or_swell_the_desk(module: str) -> None:
    # keyrings.alt keeps secrets in the clear wherever it is installed; numpy doubles the bundle.
    users = [source for source in SOURCES if any(name.split(".")[0] == module for name in imported_by(source))]

    assert users == []


def test_a_relative_import_is_read_as_its_full_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "desk" / "domain" / "fees.py"
    source.parent.mkdir(parents=True)
    source.write_text("from . import money\nfrom ..forms import slip\nimport os.path\n")
    monkeypatch.setattr("tests.tooling.imports.ROOT", tmp_path)

    names = set(imported_by(source))

    assert names == {"desk.domain", "desk.domain.money", "desk.forms", "desk.forms.slip", "os.path"}
