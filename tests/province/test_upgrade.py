"""A province that an earlier version of this program founded and filled goes on as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from sync.province.database import open_database
from sync.province.lines import journal
from sync.province.rows import EntryRow, EpochRow
from tests.province.desk_driver import TUESDAY, DeskDriver
from tests.servers import Hands, NewDatabase, Province, listening

FILES = Path(__file__).parent / "files"
"""Made by the program of version 1: two desks, one of them restored; a refusal, a provisional code, one that waits."""


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    said = (FILES / f"schema-1-{request.param}.sql").read_text()
    if request.param == "sqlite":
        file = tmp_path / "province.db"
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(said)
        return f"sqlite:///{file}"
    new: NewDatabase = request.getfixturevalue("new_postgresql")
    url = new()
    with psycopg.connect(host=str(new.folder), user="app", dbname=str(make_url(url).database)) as connection:
        connection.execute(said.encode())
    return url


def test_what_the_old_province_held_and_judged_is_there(old_url: str, tmp_path: Path) -> None:
    province = Province("", old_url, tmp_path / "none.pem", Hands(TUESDAY))

    dossiers, desks = province.command("dossiers"), province.command("desks")

    assert sorted(dossier["verdict"] for dossier in dossiers) == ["applied", "applied", "applied", "refused"]
    assert [dossier["status"] for dossier in dossiers].count(9) == 1
    assert [desk["held"] for desk in desks] == [{"1": 5, "2": 2}, {"1": 2}]


def test_old_journals_have_one_line_each_and_know_their_parent(old_url: str) -> None:
    with closing(open_database(old_url, Hands(TUESDAY))) as database, database.reading() as work:
        (last,) = work.session.query(EpochRow).filter(EpochRow.epoch == 2)
        found = journal(work, last.desk, [last.hash])

        assert found.reaches == {(2, 0): 2, (1, 0): 5}
        assert {row.line for row in work.session.query(EntryRow)} == {0}


def test_an_upgraded_province_takes_desks_in_and_goes_on_counting(old_url: str, tmp_path: Path) -> None:
    with closing(open_database(old_url, Hands(TUESDAY))) as database, listening(database) as url:
        province = Province(url, old_url, tmp_path / "none.pem", Hands(TUESDAY))
        desk = DeskDriver.enrol(url, province.code())
        desk.accept()

        answer = desk.read_all()

        assert desk.number == 1003
        own = [verdict for verdict in answer.of("verdict") if verdict.desk == desk.id]
        assert {verdict.verdict for verdict in own} == {"applied"}
        assert len(answer.of("dossier")) == 3
        assert answer.down.held == (desk.tip,)


def test_opening_it_twice_changes_nothing_more(old_url: str, tmp_path: Path) -> None:
    province = Province("", old_url, tmp_path / "none.pem", Hands(TUESDAY))

    assert province.command("dossiers") == province.command("dossiers")
