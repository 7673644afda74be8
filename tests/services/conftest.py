"""An enrolled desk for each test, closed afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.stores import DeskAtWork, at_work


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskAtWork]:
    desk = at_work(tmp_path / "home")
    yield desk
    desk.store.close()
