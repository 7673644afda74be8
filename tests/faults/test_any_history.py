"""Whatever happens to desks, line, clocks and province, in whatever order, the promises hold and everything arrives."""

import os
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.histories import History
from tests.faults.world import morning

MINUTES = "FAULT_MINUTES"
AT_ONCE = 20
PLAIN = settings(
    database=None,
    deadline=None,
    phases=(Phase.generate,),  # to shrink a history takes longer than to read it
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> type[History]:
    class Begun(History):
        morning = morning(tmp_path_factory.mktemp("morning"))

    return Begun


def test_the_promises_hold_after_every_step_of_a_few_histories(histories: type[History]) -> None:
    few = settings(PLAIN, max_examples=6, stateful_step_count=20, derandomize=True)

    run_state_machine_as_test(histories, settings=few)


@pytest.mark.soak
def test_the_promises_hold_after_every_step_of_many_histories(
    histories: type[History], seed: int, tell: Callable[[str], None]
) -> None:
    """For as many minutes as FAULT_MINUTES says."""
    minutes = float(os.environ.get(MINUTES, "20"))
    until = time.monotonic() + 60 * minutes
    many = settings(PLAIN, max_examples=AT_ONCE, stateful_step_count=60)
    begun = 0

    while time.monotonic() < until:
        run_state_machine_as_test(seeded(seed + begun)(histories), settings=many)
        begun += AT_ONCE

    tell(f"any history: {begun} histories, {History.steps} steps in {minutes:g} minutes")
