"""A province that comes back from a backup, or hears everything in another order, ends with the same judgements."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.instant import write_instant
from sync.province import verdicts
from sync.province.database import open_database
from sync.province.rows import EntryRow
from tests.province.desk_driver import TUESDAY, DeskDriver, acceptance
from tests.servers import Province

_HANDED = ResultHandedOver(at=write_instant(TUESDAY), to="applicant", name="Lan", personal_id=None, note="")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def machines(province: Province, desk: DeskDriver) -> list[DeskDriver]:
    """A desk, its clone and its sibling, after a first contact."""
    sibling = DeskDriver.enrol(province.url, province.code())
    for one in (desk, sibling):
        one.read_all()
    return [desk, desk.cloned(), sibling]


def _work(machines: list[DeskDriver]) -> None:
    """A day on which everything happens that is judged across desks and lines."""
    desk, clone, sibling = machines
    handed = desk.accept(code=desk.code(1))
    sibling.write(_HANDED, dossier=handed)
    desk.write(_HANDED, dossier=handed)
    wrong = desk.accept(code=desk.code(2), procedure="9.999999")
    right = acceptance(code=desk.code(2))
    desk.write(DossierCorrected(corrects=desk.tip.hash, acceptance=right, reason="…"), dossier=wrong)
    void = clone.accept(code=clone.code(3), procedure="9.999999")
    clone.write(DossierVoided(reason="…"), dossier=void)
    clone.accept(code=clone.code(1))
    lost = clone.accept(code=clone.code(4))
    first = msgspec.structs.replace(acceptance(code=clone.code(4)), recovered=True)
    back = msgspec.structs.replace(first, proof=clone.slip(lost, first))
    sibling.write(back, dossier=lost)
    sibling.accept(procedure="9.999998")


def _send(machines: list[DeskDriver]) -> None:
    for machine in machines:
        machine.exchange(limit=0)


def _judgements(province: Province) -> dict[str, tuple[str, str | None]]:
    """Verdict and field of every entry, by its hash."""
    found: dict[str, tuple[str, str | None]] = {}
    with closing(open_database(province.database_url, province.clock)) as database, database.reading() as work:
        for entry in work.session.scalars(select(EntryRow)):
            verdict = verdicts.find(work, entry)
            assert verdict is not None
            assert verdict.first <= entry.seq <= verdict.last
            found[entry.hash] = (verdict.verdict, verdict.field)
    return found


def _put_away(province: Province, file: Path) -> Callable[[], None]:
    """A backup; called, it comes back."""
    live = str(make_url(province.database_url).database)
    with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(file)) as backup:
        source.backup(backup)

    def bring_back() -> None:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(live)) as there:
            source.backup(there)

    return bring_back


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_a_restored_province_judges_everything_as_before_in_whatever_order_it_comes(
    province: Province, machines: list[DeskDriver], tmp_path: Path, order: tuple[int, ...]
) -> None:
    bring_back = _put_away(province, tmp_path / "backup.db")
    _work(machines)
    _send(machines)
    before, listed = _judgements(province), province.command("dossiers")
    assert {verdict for verdict, _ in before.values()} == {"applied", "refused"}
    bring_back()
    province.command("restored")

    _send(machines)
    _send([machines[n] for n in order])

    assert _judgements(province) == before
    after = province.command("dossiers")
    assert {(one["status"], one["voided"], one["verdict"]) for one in after} == {
        (one["status"], one["voided"], one["verdict"]) for one in listed
    }
    assert len({one["code"] for one in after}) == len(after) == len(listed)
