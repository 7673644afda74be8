"""A real province for each test, on SQLite and on PostgreSQL: founded once, then copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.province.desk_driver import DeskDriver
from tests.servers import NewDatabase, Province, found, postgresql, province_in_thread


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[NewDatabase]:
    with postgresql() as new:
        yield new


@pytest.fixture(scope="session")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a founded province on SQLite and the root key of all the tests' provinces."""
    folder = tmp_path_factory.mktemp("founding")
    found(f"sqlite:///{folder / 'province.db'}", folder / "root-key.pem")
    return folder


@pytest.fixture(scope="session")
def founded_postgresql(new_postgresql: NewDatabase, founding: Path) -> str:
    url = new_postgresql()
    found(url, founding / "root-key.pem")
    return url


@pytest.fixture
def sqlite_url(founding: Path, tmp_path: Path) -> str:
    shutil.copy(founding / "province.db", tmp_path)
    shutil.copy(founding / "root-key.pem", tmp_path)
    return f"sqlite:///{tmp_path / 'province.db'}"


@pytest.fixture
def postgresql_url(new_postgresql: NewDatabase, founded_postgresql: str, founding: Path, tmp_path: Path) -> str:
    shutil.copy(founding / "root-key.pem", tmp_path)
    return new_postgresql(like=founded_postgresql)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def province(database_url: str, tmp_path: Path) -> Iterator[Province]:
    with province_in_thread(database_url, tmp_path) as province:
        yield province


@pytest.fixture
def desk(province: Province) -> DeskDriver:
    """An enrolled desk in Vũ Ninh."""
    return DeskDriver.enrol(province.url, province.code())
