"""`python -m tests.faults [NAME] [ARGS]`: the long form of every proof; the last line is "N passed, N failed".

NAME is a file without `test_` ("kill"), or nothing for all; ARGS go to pytest. Exit code 0 only when something was
tried and nothing failed.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent


class Tally:
    """Counts tests as people do: one that could not even begin has failed."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.counts["failed"] += 1
        elif report.passed and report.when == "call":
            self.counts["passed"] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.counts["failed"] += report.failed


def main(words: list[str]) -> int:
    tally = Tally()
    files = [str(HERE / f"test_{word}.py") for word in words if (HERE / f"test_{word}.py").exists()]
    others = [word for word in words if not (HERE / f"test_{word}.py").exists()]
    pytest.main(
        [*(files or [str(HERE)]), "-m", "soak", "-n", "2", "-o", "faulthandler_timeout=7200", *others], plugins=[tally]
    )
    passed, failed = tally.counts["passed"], tally.counts["failed"]
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
