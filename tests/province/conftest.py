"""A real province for each test: on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.province.desk_driver import DeskDriver
from tests.servers import Province, postgresql, province_in_thread


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[Callable[[], str]]:
    with postgresql() as make:
        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'province.db'}"
    make: Callable[[], str] = request.getfixturevalue("new_postgresql")
    return make()


@pytest.fixture
def province(database_url: str, tmp_path: Path) -> Iterator[Province]:
    with province_in_thread(database_url, tmp_path) as province:
        yield province


@pytest.fixture
def desk(province: Province) -> DeskDriver:
    """An enrolled desk in Vũ Ninh."""
    return DeskDriver.enrol(province.url, province.code())
