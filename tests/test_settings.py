"""The program calls itself by one version."""

import tomllib
from pathlib import Path

from desk.settings import SOFTWARE, VERSION


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == VERSION
    assert VERSION in SOFTWARE
