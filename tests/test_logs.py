"""The technician's log says where and what kind, never whom."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import logs
from desk.domain.errors import NotFound

SECRET = "Nguyễn Thị Lan 027180001234"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    handler = logs.begin(tmp_path)
    yield tmp_path / "logs" / "desk.log"
    logs.end(handler)


def test_an_exception_is_named_by_kind_and_place_without_its_text(file: Path) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("desk.test").exception("a deed failed")

    text = file.read_text("utf-8")
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert "027180001234" not in text


def test_what_caused_it_is_named_as_discreetly(file: Path) -> None:
    try:
        looks_for(SECRET)
    except NotFound:
        logging.getLogger("desk.test").exception("a deed failed")

    text = file.read_text("utf-8")
    assert "NotFound(kind=dossier, key=H05)" in text
    assert "ValueError" in text
    assert SECRET not in text


def test_a_full_log_makes_room_for_itself(file: Path) -> None:
    log = logging.getLogger("desk.test")
    for _ in range(logs.LARGEST // 1000 + 200):
        log.info("x" * 1000)

    assert file.stat().st_size <= logs.LARGEST
    assert (file.parent / "desk.log.1").exists()


def looks_for(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise NotFound("dossier", "H05") from error
