"""A desk in a folder, and its command as somebody calls it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from desk.app import main
from desk.devices.keyfile import KeyFile
from desk.services.reception import accept_dossier
from tests import make
from tests.store.stores import KEY, DeskAtWork, FakeClock, at_work
from tests.store.stores import LAN as DESK_CLERK

LAN = "lan"


@dataclass(frozen=True)
class Ran:
    """What a call gave back."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> dict[str, Any]:
        """The only one."""
        (line,) = self.lines
        return line


class Command:
    """`desk …` on one home, in this process."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self._capsys, self._monkeypatch = home, capsys, monkeypatch

    def __call__(self, *words: str | Path, stdin: bytes = b"") -> Ran:
        self._monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        self._capsys.readouterr()
        code = main([str(word) for word in (*words, "--home", self.home)])
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)

    def accept(self, *lines: dict[str, Any] | str, clerk: str = LAN) -> Ran:
        """Take dossiers from standard input."""
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        return self("accept", "--file", "-", "--as", clerk, stdin=text.encode())


@pytest.fixture
def empty_home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """A computer that is no desk yet."""
    return Command(tmp_path / "desk", capsys, monkeypatch)


def found(home: Path, clock: FakeClock | None = None) -> DeskAtWork:
    """A desk with staff and catalogue, whose key lies open."""
    desk = at_work(home, clock=clock)
    KeyFile(home)._path.write_text(json.dumps({"v": 1, "kind": "plain", "plain": True, "key": KEY.hex()}))
    return desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """A desk with its window closed."""
    found(tmp_path / "desk").store.close()
    return Command(tmp_path / "desk", capsys, monkeypatch)


@pytest.fixture
def beside(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """A desk beside its open window, where one dossier was taken."""
    open_desk = found(tmp_path / "desk")
    open_desk.clock.now = datetime.now(UTC)
    accept_dossier(
        make.intake(), clerk=DESK_CLERK, open_work=open_desk.store.open_work, clock=open_desk.clock, new_id=uuid4
    )
    yield Command(tmp_path / "desk", capsys, monkeypatch)
    open_desk.store.close()


@pytest.fixture
def desk_from_tomorrow(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """A desk whose clock stood a day ahead until now."""
    tomorrow = FakeClock(datetime.now(UTC) + timedelta(days=1))
    found(tmp_path / "desk", tomorrow).store.close()
    return Command(tmp_path / "desk", capsys, monkeypatch)
