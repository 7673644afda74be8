"""Whatever fails once on a dossier's way, and whenever, doing it again ends where an undisturbed day ends."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.faults import Fault, Faults, Moment, Site
from tests.faults.office import Office, Street, street
from tests.faults.statements import failing_statements
from tests.faults.trial import State, check, run, survey

SHORT = 60
"""Faults of the short form, spread evenly over everything that can fail."""

Tell = Callable[[str], None]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with street(tmp_path_factory.mktemp("street")) as made:
        yield made


@pytest.fixture(scope="module")
def undisturbed(here: Street, tmp_path_factory: pytest.TempPathFactory) -> tuple[State, Faults]:
    """How it ends, and how much of everything happened on the way."""
    faults = Faults()
    state = _try(here, tmp_path_factory.mktemp("undisturbed") / "office", faults, restarting=False)
    return state, faults


def test_a_sample_of_all_failures_changes_nothing_in_the_end(
    here: Street, undisturbed: tuple[State, Faults], tmp_path: Path, seed: int, tell: Tell
) -> None:
    state, day = undisturbed
    all_of_them = [fault for site in Site for moment in Moment for fault in _every(day, site, moment, seed)]
    step = max(1, len(all_of_them) // SHORT)

    sample = all_of_them[seed % step :: step]

    for fault in sample:
        _expect(state, here, tmp_path / "office", fault)
    tell(f"every failure: saw {len(all_of_them)}, sampled {len(sample)}")


@pytest.mark.soak
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("site", Site)
def test_every_single_failure_changes_nothing_in_the_end(
    here: Street, undisturbed: tuple[State, Faults], tmp_path: Path, seed: int, tell: Tell, site: Site, moment: Moment
) -> None:
    state, day = undisturbed

    tried = [_expect(state, here, tmp_path / "office", fault) for fault in _every(day, site, moment, seed)]

    tell(f"{site}, {moment}: saw {day.seen[site]}, tried {len(tried)}")
    assert len(tried) == day.seen[site]


def _every(day: Faults, site: Site, moment: Moment, seed: int) -> list[Fault]:
    """All of a site; the ways of failing take turns, and begin with another one for every seed."""
    return [Fault(site, n, moment, (seed + n) % 60) for n in range(1, day.seen[site] + 1)]


def _expect(state: State, here: Street, folder: Path, fault: Fault) -> Fault:
    faults = Faults(fault)
    restarting = random.Random(f"{fault}").random() < 0.5
    try:
        ended = _try(here, folder, faults, restarting=restarting)
        assert faults.happened, "it never came to this"
        assert ended == state
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
