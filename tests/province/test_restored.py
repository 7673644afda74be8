"""A province that came back from a backup: what it forgot is asked for, and no number is given twice."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from sync.protocol import canonical
from sync.protocol.certificates import province_of
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.signing import Signed
from sync.province.database import open_database
from sync.province.foundation import Founding, found_if_new
from tests.province.desk_driver import DeskDriver
from tests.servers import Hands, Province, listening


@contextmanager
def _open(folder: Path) -> Iterator[Province]:
    """A province on a file that can be put away and brought back between two of these."""
    url, root_key = f"sqlite:///{folder / 'province.db'}", folder / "root-key.pem"
    clock = Hands()
    database = open_database(url, clock)
    found_if_new(database, Founding(root_key))
    with closing(database), listening(database) as address:
        yield Province(address, url, root_key, clock)


def _put_away(folder: Path) -> None:
    shutil.copy(folder / "province.db", folder / "backup.db")


def _bring_back(folder: Path) -> None:
    for name in ("province.db-wal", "province.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(folder / "backup.db", folder / "province.db")


def _at(desk: DeskDriver, province: Province) -> DeskDriver:
    return replace(desk, url=province.url)


def test_entries_held_since_the_backup_are_sent_and_judged_again(tmp_path: Path) -> None:
    with _open(tmp_path) as before:
        desk = DeskDriver.enrol(before.url, before.code())
        desk.accept()
        desk.exchange()
    _put_away(tmp_path)
    with _open(tmp_path) as before:
        desk = _at(desk, before)
        desk.accept()
        desk.exchange()
        incarnation = desk.incarnation
    _bring_back(tmp_path)

    with _open(tmp_path) as after:
        after.command("restored")
        desk = _at(desk, after)
        asked = desk.exchange([])
        answer = desk.exchange()
        listed = after.command("dossiers")

    assert asked.down.incarnation != incarnation
    assert [tip.seq for tip in asked.down.held] == [2]
    assert [tip.seq for tip in answer.down.held] == [3]
    assert len(listed) == 2
    assert {one["verdict"] for one in listed} == {"applied"}


def test_a_desk_enrolled_since_the_backup_is_taken_in_again_with_its_number(tmp_path: Path) -> None:
    with _open(tmp_path) as before:
        DeskDriver.enrol(before.url, before.code())
    _put_away(tmp_path)
    with _open(tmp_path) as before:
        desk = DeskDriver.enrol(before.url, before.code())
        desk.accept()
        number = desk.number
    _bring_back(tmp_path)

    with _open(tmp_path) as after:
        after.command("restored")
        desk = _at(desk, after)
        desk.read_all()
        listed = after.command("desks")
        newcomer = DeskDriver.enrol(after.url, after.code())

    assert (desk.number, [one["number"] for one in listed]) == (number, [1000, number])
    assert [one["held"] for one in listed][1] == {"1": 2}
    assert newcomer.number > number + 100


def test_without_the_word_restored_a_stranger_stays_one(tmp_path: Path) -> None:
    with _open(tmp_path) as before:
        before.code()
    _put_away(tmp_path)
    with _open(tmp_path) as before:
        desk = DeskDriver.enrol(before.url, before.code())
    _bring_back(tmp_path)

    with _open(tmp_path) as after:
        desk = _at(desk, after)
        refused = desk.post(desk.parcel(()))

    assert refused.status_code == 403


def test_a_certificate_of_another_province_is_not_taken_in(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with _open(tmp_path / "other") as other:
        stranger = DeskDriver.enrol(other.url, other.code())

    with _open(tmp_path) as province:
        own = DeskDriver.enrol(province.url, province.code())
        province.command("restored")
        refused = replace(stranger, url=province.url, province=own.province).post(
            replace(stranger, province=own.province).parcel(())
        )

    assert refused.status_code == 403


def test_a_forgotten_desk_cannot_show_the_certificate_of_another(tmp_path: Path) -> None:
    with _open(tmp_path) as province:
        known = DeskDriver.enrol(province.url, province.code())
        thief = DeskDriver.enrol(province.url, province.code())
    _bring_nothing_but_the_first(tmp_path)

    with _open(tmp_path) as province:
        province.code()
        province.command("restored")
        one, other = _at(known, province), _at(thief, province)
        other.certificate = one.certificate
        refused = other.post(other.parcel(()))

    assert refused.status_code == 403


def _bring_nothing_but_the_first(folder: Path) -> None:
    """A province of the same root and keys that knows no desk."""
    with closing(sqlite3.connect(folder / "province.db")) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        for table in ("certificates", "entries", "epochs", "desks"):
            database.execute(f"DELETE FROM {table}")
        database.commit()


def test_official_codes_leap_over_those_that_may_have_been_given(tmp_path: Path) -> None:
    with _open(tmp_path) as province:
        desk = DeskDriver.enrol(province.url, province.code())
        desk.accept(code="TAM-250701-0000-0000-0001", provisional=True)
        first = desk.read_all().of("numbered")[0].code
        province.command("restored", "--codes", "40")
        desk.accept(code="TAM-250701-0000-0000-0002", provisional=True)
        second = next(one.code for one in desk.read_all().of("numbered") if one.code != first)

    assert first.endswith("-250701-0001")
    assert second.endswith("-250701-0042")


def test_an_official_code_on_paper_is_in_force_again(tmp_path: Path) -> None:
    with _open(tmp_path) as province:
        desk = DeskDriver.enrol(province.url, province.code())
        desk.exchange()
    _put_away(tmp_path)
    with _open(tmp_path) as province:
        desk = _at(desk, province)
        dossier = desk.accept(code="TAM-250701-0000-0000-0001", provisional=True)
        given = desk.read_all().of("numbered")[0].code
        desk.write(SlipIssued(slip=uuid4(), issue=2, form="slip", code=given), dossier=dossier)
        desk.exchange()
    _bring_back(tmp_path)

    with _open(tmp_path) as province:
        province.command("restored")
        desk = _at(desk, province)
        desk.exchange([])
        told = desk.exchange().of("numbered") + desk.read_all().of("numbered")
        listed = province.command("dossiers", given)

    assert [one.code for one in told] == [given]
    assert listed


def test_the_restored_province_says_what_people_must_say_again(tmp_path: Path) -> None:
    with _open(tmp_path) as province:
        code, out, _ = province.call("restored")

    assert code == 0
    assert "revocations" in out


@pytest.mark.parametrize("words", [("--desk-numbers", "-1"), ("--codes", "-5"), ("--desk-numbers", "20000")])
def test_a_leap_that_cannot_be_is_refused(tmp_path: Path, words: tuple[str, str]) -> None:
    with _open(tmp_path) as province:
        code, _, err = province.call("restored", *words)

    assert code == 1
    assert "Lỗi" in err


def test_the_certificate_is_shown_to_whoever_asks_and_proves_itself(tmp_path: Path) -> None:
    with _open(tmp_path) as province:
        desk = DeskDriver.enrol(province.url, province.code())
        province.command("keys", "rotate")
        shown = requests.get(f"{province.url}/v1/province", timeout=10).json()["certificate"]

    signed = canonical.read(canonical.write(shown), Signed, what="certificate", limit=10_000)
    assert province_of(signed, root=desk.root).serial == 2
