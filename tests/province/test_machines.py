"""Copies of one desk write and sync in any order: every entry of each is held once, every code is one dossier's."""

from collections import Counter
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sync.province.database import open_database
from sync.province.rows import EntryRow, VerdictRow
from tests.province.desk_driver import DeskDriver
from tests.servers import Province

MOST_MACHINES = 4
_DEEDS = st.lists(
    st.tuples(
        st.integers(0, MOST_MACHINES - 1), st.sampled_from(["accept", "sign_in", "sync", "copy", "restore", "part"])
    ),
    max_size=14,
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=_DEEDS)
def test_whatever_copies_of_a_desk_do_nothing_is_lost_and_no_code_is_two_dossiers(
    province: Province, deeds: list[tuple[int, str]]
) -> None:
    machines = [DeskDriver.enrol(province.url, province.code())]
    machines[0].exchange(limit=0)

    for which, deed in deeds:
        _do(machines, machines[which % len(machines)], deed)
    held = [machine.exchange(limit=0).down.held for machine in machines][-1]

    written = {entry.hash for machine in machines for entry in machine.journal}
    assert {machine.tip for machine in machines if _is_an_end(machine, machines)} <= set(held)
    assert _held(province, machines[0]) == Counter(written)
    assert _judged(province, machines[0]) == len(written)
    _check_codes(province, machines)


def _do(machines: list[DeskDriver], machine: DeskDriver, deed: str) -> None:
    if deed == "copy" and len(machines) < MOST_MACHINES:
        machines.append(machine.cloned())
    elif deed == "restore":
        machine.restore(machine.tip)
    elif deed == "part":
        machine.part(met=machine.tip)
    elif deed == "accept":
        machine.accept()
    elif deed == "sign_in":
        machine.sign_in()
    else:
        machine.exchange(limit=0)


def _is_an_end(machine: DeskDriver, machines: list[DeskDriver]) -> bool:
    """Nobody went on from where this machine stopped."""
    return not any(entry.head.previous == machine.tip.hash for one in machines for entry in one.journal)


def _held(province: Province, desk: DeskDriver) -> Counter[str]:
    with closing(open_database(province.database_url, province.clock)) as database, database.reading() as work:
        return Counter(work.session.scalars(select(EntryRow.hash).where(EntryRow.desk == desk.id)))


def _judged(province: Province, desk: DeskDriver) -> int:
    """Entries that lie in some run of verdicts; runs never overlap."""
    with closing(open_database(province.database_url, province.clock)) as database, database.reading() as work:
        runs = work.session.scalars(select(VerdictRow).where(VerdictRow.desk == desk.id))
        return sum(run.last - run.first + 1 for run in runs)


def _check_codes(province: Province, machines: list[DeskDriver]) -> None:
    listed = [one for one in province.command("dossiers") if one["desk"] == str(machines[0].id)]
    taken = {entry.head.dossier for machine in machines for entry in machine.journal if entry.head.dossier}
    applied = [one["code"] for one in listed if one["verdict"] == "applied"]
    assert len(listed) == len(taken)
    assert len(applied) == len(set(applied))


def test_a_desk_that_opened_epochs_without_end_can_still_read_what_it_is_told(desk: DeskDriver) -> None:
    for _ in range(140):
        desk.restore(parent=desk.tip)

    answer = desk.exchange(limit=0)

    assert answer.down.problem is None
    assert desk.tip in answer.down.held
