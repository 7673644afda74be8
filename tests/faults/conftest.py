"""Seeds, the word of how to see a failure again, and the numbers a proof wants to have said."""

import os
import secrets
from collections.abc import Callable, Generator

import pytest

SEED = "FAULT_SEED"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Another one every time, unless FAULT_SEED names it."""
    chosen = int(os.environ.get(SEED) or secrets.randbelow(2**32))
    request.node.user_properties.append((SEED, chosen))
    return chosen


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say a line that stands in the summary, whether the test passes or not."""
    return lambda line: request.node.user_properties.append(("told", line))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure says with which seed, and how to see it again."""
    report = yield
    chosen = dict(item.user_properties).get(SEED)
    if report.failed and chosen is not None:
        command = f'{SEED}={chosen} .venv/bin/python -m pytest "{item.nodeid}" -m "soak or not soak"'
        report.sections.append(("To see it again", command))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, [])]
    lines = [str(line) for report in reports for name, line in report.user_properties if name == "told"]
    if lines:
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.write_line(line)
