"""The schema is what the typed rows say, and a store of every released version opens."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from desk.services.lamp import look
from desk.services.search import find
from desk.services.verify import verify
from desk.store.rows import Row
from desk.store.store import FILE
from desk.store.upgrade import MIGRATIONS
from desk.store.versions import KNOWN
from tests.store.stores import DeskAtWork, opened

FILES = Path(__file__).parent / "files"
RELEASED = sorted(file.stem.removeprefix("desk-") for file in FILES.glob("desk-*.db"))
OF_FULL_TEXT = ("full_text", "alembic_version")


def _tables_of_ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or not (name or "").startswith(OF_FULL_TEXT)


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index heads_about")
def test_the_migrated_schema_is_what_the_rows_say(desk: DeskAtWork) -> None:
    with desk.store.writing() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _tables_of_ours, "compare_type": True})

        assert compare_metadata(context, Row.metadata) == []


def test_every_migration_is_known_and_the_last_is_ours() -> None:
    files = sorted(file.stem.removeprefix("desk_") for file in (MIGRATIONS / "versions").glob("desk_*.py"))

    assert tuple(files) == KNOWN


@pytest.mark.parametrize("version", RELEASED)
def test_a_store_of_every_released_version_opens_with_all_that_was_unsent(tmp_path: Path, version: str) -> None:
    shutil.copy(FILES / f"desk-{version}.db", tmp_path / FILE)

    desk = opened(tmp_path)

    verified = verify(open_reading=desk.store.open_reading)
    assert (verified.findings, verified.erased) == ((), 2)
    lamp = look(open_reading=desk.store.open_reading)
    assert (lamp.unsent_dossiers, lamp.unsent_entries) == (2, 6)
    for words, code in (("khuat", "H05.09.169-250701-2024001"), ("tran van tam", "H05.09.169-250701-0042")):
        assert [one.code for one in find(words, open_reading=desk.store.open_reading)] == [code]
    assert find("quach", open_reading=desk.store.open_reading) == ()
    assert len(desk.wire.waiting(100, 10**6)) == 6
    desk.store.close()
