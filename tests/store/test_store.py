"""Opening: the key, the version, the one writer, and files that are no stores."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from desk.domain.errors import AnotherWindow, NotEnrolled, StoreDamaged, StoreTooNew, WrongKey
from desk.services.lamp import look
from desk.store.store import FILE, Store
from tests.store.stores import KEY, DeskAtWork, FakeClock, at_work

OTHER_KEY = bytes(32)


def test_what_was_taken_is_there_after_closing_and_opening(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    desk.reopened()

    with desk.store.open_reading() as memory:
        assert memory.dossiers.by_code(taken.code).dossier == taken


def test_a_wrong_key_is_said_as_such_and_harms_nothing(desk: DeskAtWork) -> None:
    desk.store.close()
    before = (desk.home / FILE).read_bytes()

    with pytest.raises(WrongKey):
        Store.open(desk.home, OTHER_KEY)
    with pytest.raises(WrongKey):
        Store.open(desk.home, OTHER_KEY, writing=False)

    assert (desk.home / FILE).read_bytes() == before
    assert desk.reopened().entries()


def test_nothing_of_a_person_can_be_read_on_the_disk(desk: DeskAtWork) -> None:
    desk.accepts()

    on_disk = b"".join(file.read_bytes() for file in desk.home.iterdir())

    for trace in ("Nguyễn Thị Lan", "027180001234", "dossier_accepted", "CREATE TABLE"):
        assert trace.encode() not in on_disk


def test_nobody_else_on_the_computer_may_read_the_files(desk: DeskAtWork) -> None:
    desk.accepts()

    assert {file.stat().st_mode & 0o077 for file in desk.home.iterdir()} == {0}


def test_a_plain_database_or_a_letter_is_not_taken_for_a_store(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as plain:
        plain.execute("CREATE TABLE somebody (name TEXT)")
    plain.close()

    with pytest.raises(WrongKey):
        Store.open(tmp_path, KEY)
    (tmp_path / FILE).write_text("Kính gửi: Ủy ban nhân dân phường Vũ Ninh. " * 200)
    with pytest.raises(WrongKey):
        Store.open(tmp_path, KEY)


def test_an_empty_file_is_no_desk_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()

    with pytest.raises(StoreDamaged):
        Store.open(tmp_path, KEY, writing=False)

    assert (tmp_path / FILE).read_bytes() == b""


def test_a_folder_without_a_store_is_not_enrolled_and_gets_no_store(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled):
        Store.open(tmp_path, KEY)

    assert not (tmp_path / FILE).exists()


def test_a_store_is_never_created_over_another(desk: DeskAtWork) -> None:
    with pytest.raises(StoreDamaged):
        Store.create(desk.home, KEY)


def test_a_store_from_a_newer_program_is_refused_and_stays_as_it_is(desk: DeskAtWork) -> None:
    desk.sql("UPDATE alembic_version SET version_num = '0999'")
    desk.store.close()
    before = (desk.home / FILE).read_bytes()

    for writing in (True, False):
        with pytest.raises(StoreTooNew) as refused:
            Store.open(desk.home, KEY, writing=writing)
        assert refused.value.found == "0999"

    assert (desk.home / FILE).read_bytes() == before


def test_a_second_writer_is_another_window(desk: DeskAtWork) -> None:
    with pytest.raises(AnotherWindow):
        Store.open(desk.home, KEY)

    desk.reopened()


def test_looking_works_beside_an_open_window_and_sees_what_it_does(desk: DeskAtWork) -> None:
    with Store.open(desk.home, KEY, writing=False) as looker:
        taken = desk.accepts()

        with looker.open_reading() as memory:
            assert memory.dossiers.by_code(taken.code).mine


def test_a_look_is_one_moment_whatever_is_written_meanwhile(desk: DeskAtWork) -> None:
    with desk.store.open_reading() as memory:
        before = memory.journal.unsent()

        desk.accepts()

        assert memory.journal.unsent() == before


def test_leaving_a_work_without_commit_undoes_all_of_it(desk: DeskAtWork) -> None:
    with desk.store.open_work() as work:
        assert work.count("code somewhere") == 1

    with desk.store.open_work() as work:
        assert work.count("code somewhere") == 1


def test_the_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    desk = at_work(tmp_path)
    desk.store.close()
    script = (
        "import os, sys; from pathlib import Path; from desk.store.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), bytes(range(32))); print('open', flush=True); os.kill(os.getpid(), 9)"
    )

    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, check=False, text=True)

    assert (killed.returncode, killed.stdout) == (-9, "open\n")
    desk.reopened().store.close()


def test_civil_days_do_not_follow_the_computer_s_zone(tmp_path: Path) -> None:
    """21:30 UTC is the next morning in Viet Nam and the afternoon before in Los Angeles."""
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from tests.store.stores import FakeClock, at_work\n"
        "desk = at_work(Path(sys.argv[1]), clock=FakeClock(datetime(2025, 7, 1, 21, 30, tzinfo=UTC)))\n"
        "print(desk.accepts().code); desk.store.close()"
    )

    taken = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"TZ": "America/Los_Angeles"},
    )

    assert taken.stdout.strip() == "H05.09.169-250702-1017001"


def test_the_clock_of_the_last_contact_is_told(desk: DeskAtWork) -> None:
    desk.clock = FakeClock(desk.clock.now)
    desk.clock.forward(minutes=7)

    desk.hears()

    assert look(open_reading=desk.store.open_reading).last_heard_at == desk.clock.now
