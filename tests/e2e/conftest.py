"""A province on either database, a line that can be cut, and clerks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.clerk import Clerk
from tests.servers import Province, postgresql, province_process


class Line:
    """The province's process: stopped is a cut line, started again on the same port a mended one."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._database_url, self._folder = database_url, folder
        self._running = ExitStack()
        self.province = self._start("127.0.0.1:0")

    def cut(self) -> None:
        self._running.close()

    def mend(self) -> None:
        self.province = self._start(self.province.url.removeprefix("http://"))

    def _start(self, listen: str) -> Province:
        return self._running.enter_context(province_process(self._database_url, self._folder, listen=listen))


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[Callable[[], str]]:
    with postgresql() as make:
        yield make


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """To a province on SQLite."""
    line = Line(f"sqlite:///{tmp_path / 'province.db'}", tmp_path)
    yield line
    line.cut()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Line]:
    """To a province on SQLite, then to one on PostgreSQL."""
    url = f"sqlite:///{tmp_path / 'province.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgresql")()
    line = Line(url, tmp_path)
    yield line
    line.cut()


@pytest.fixture
def clerk(line: Line, tmp_path: Path) -> Clerk:
    """At an enrolled desk."""
    return Clerk(tmp_path / "counter-1").enrols(line.province)
