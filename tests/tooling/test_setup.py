"""The second start finds everything in place and does nothing."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "resources" / "packaging" / "setup.py"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with an environment of its own that looks finished but has no stamp."""
    specification = importlib.util.spec_from_file_location("packaging_setup", SCRIPT)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    return module


def test_a_machine_is_ready_once_it_has_been_prepared(setup: ModuleType) -> None:
    assert not setup.is_ready("run")

    setup.stamp_file("run").write_text(setup.fingerprint("run"))

    assert setup.is_ready("run")
    assert not setup.is_ready("test")


def test_what_is_ready_for_tests_is_ready_to_run(setup: ModuleType) -> None:
    setup.stamp_file("test").write_text(setup.fingerprint("test"))

    assert setup.is_ready("run")


def test_a_changed_lock_is_installed_anew(setup: ModuleType) -> None:
    setup.stamp_file("run").write_text("the fingerprint of last month")

    assert not setup.is_ready("run")


def test_preparing_twice_calls_nothing_the_second_time(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup, "call", lambda *command: calls.append(command))
    monkeypatch.setattr(setup, "install_system_packages", lambda purpose: None)
    monkeypatch.setattr(setup, "make_environment", lambda: None)
    setup.prepare("run")
    first = len(calls)

    setup.prepare("run")

    assert first > 0
    assert len(calls) == first


def test_a_step_that_fails_leaves_no_stamp(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.stamp_file("run").write_text("older")
    monkeypatch.setattr(setup, "install_system_packages", lambda purpose: None)
    monkeypatch.setattr(setup, "make_environment", lambda: None)
    monkeypatch.setattr(setup, "pip", lambda *arguments: setup.call("false"))

    with pytest.raises(SystemExit):
        setup.prepare("run")

    assert not setup.stamp_file("run").exists()


def test_only_what_is_missing_is_fetched(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(setup, "is_installed", lambda package: package != "libegl1")
    monkeypatch.setattr(setup, "call", lambda *command: calls.append(command))

    setup.install_system_packages("run")

    update, install = calls
    assert update[-1] == "update"
    assert install[-2:] == ("--no-install-recommends", "libegl1")
