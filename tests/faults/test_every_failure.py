"""Whatever fails once on a dossier's way, and whenever, doing it again ends where an undisturbed day ends."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.faults import Fault, Faults, Moment, Site
from tests.faults.office import Office, Street, street
from tests.faults.statements import failing_statements
from tests.faults.trial import State, check, run, survey
from tests.servers import postgresql

SHORT = 45
"""Faults of the short form, spread evenly over everything that can fail."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Undisturbed:
    """How a day ends on which nothing fails, and how much of everything happens on it."""

    street: Street
    state: State
    seen: Counter[Site]

    def every(self, site: Site, moment: Moment, seed: int) -> list[Fault]:
        """All of a site; the ways of failing take turns, and begin with another one for every seed."""
        return [Fault(site, n, moment, (seed + n) % 60) for n in range(1, self.seen[site] + 1)]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    """With a province on SQLite."""
    with street(tmp_path_factory.mktemp("street")) as here:
        yield _undisturbed(here, tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="module")
def postgresql_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    with postgresql() as databases, street(tmp_path_factory.mktemp("street"), databases) as here:
        yield _undisturbed(here, tmp_path_factory.mktemp("undisturbed"))


def test_a_sample_of_all_failures_changes_nothing_in_the_end(
    day: Undisturbed, tmp_path: Path, seed: int, tell: Tell
) -> None:
    all_of_them = [fault for site in Site for moment in Moment for fault in day.every(site, moment, seed)]
    step = max(1, len(all_of_them) // SHORT)

    sample = all_of_them[seed % step :: step]

    for fault in sample:
        _expect(day, tmp_path / "office", fault)
    tell(f"every failure: saw {len(all_of_them)}, sampled {len(sample)}")


@pytest.mark.soak
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("site", Site)
def test_every_single_failure_changes_nothing_in_the_end(
    day: Undisturbed, tmp_path: Path, seed: int, tell: Tell, site: Site, moment: Moment
) -> None:
    tried = [_expect(day, tmp_path / "office", fault) for fault in day.every(site, moment, seed)]

    tell(f"{site}, {moment}: saw {day.seen[site]}, tried {len(tried)}")
    assert len(tried) == day.seen[site]


@pytest.mark.soak
@pytest.mark.parametrize("moment", Moment)
def test_every_single_failure_of_a_province_on_postgresql_changes_nothing_in_the_end(
    postgresql_day: Undisturbed, tmp_path: Path, seed: int, tell: Tell, moment: Moment
) -> None:
    all_of_them = postgresql_day.every(Site.PROVINCE, moment, seed)

    tried = [_expect(postgresql_day, tmp_path / "office", fault) for fault in all_of_them]

    tell(f"{Site.PROVINCE} on PostgreSQL, {moment}: saw {len(all_of_them)}, tried {len(tried)}")
    assert len(tried) == postgresql_day.seen[Site.PROVINCE]


def _undisturbed(here: Street, folder: Path) -> Undisturbed:
    faults = Faults()
    state = _try(here, folder / "office", faults, restarting=False)
    return Undisturbed(here, state, faults.seen)


def _expect(day: Undisturbed, folder: Path, fault: Fault) -> Fault:
    faults = Faults(fault)
    restarting = random.Random(f"{fault}").random() < 0.5
    try:
        ended = _try(day.street, folder, faults, restarting=restarting)
        assert faults.happened, "it never came to this"
        assert ended == day.state
    except BaseException as error:
        error.add_note(f"after: {fault} ({faults.happened}), {'restarted' if restarting else 'not restarted'}")
        raise
    return fault


def _try(here: Street, folder: Path, faults: Faults, *, restarting: bool) -> State:
    with failing_statements(faults), here.office(folder, faults) as office:
        run(office, restarting=restarting)
        check(office)
        return _surveyed(office)


def _surveyed(office: Office) -> State:
    """Once as the program sees it, and once more after it was opened anew."""
    before = survey(office)
    office.reopen()
    assert survey(office) == before
    return before
