"""Nothing a stranger can type, send or scan makes a parser do anything but take it or refuse it in its own words."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.mouths import MOUTHS, Mouth

MINUTES = "FUZZ_MINUTES"
EACH = pytest.mark.parametrize("mouth", MOUTHS, ids=lambda mouth: mouth.name)

Tell = Callable[[str], None]


@EACH
def test_what_once_broke_a_mouth_or_found_a_new_way_through_it_does_no_harm(mouth: Mouth) -> None:
    corpus = mouth.corpus()

    for file in corpus:
        mouth.try_to_eat(file.read_bytes())

    assert corpus, "tests/faults/corpus has nothing for it"


@EACH
def test_a_good_meal_is_taken_and_cut_short_anywhere_it_does_no_harm(mouth: Mouth) -> None:
    for meal in mouth.meals():
        assert mouth.try_to_eat(meal)
        step = max(1, len(meal) // 1_000)
        for length in range(0, len(meal), step):
            mouth.try_to_eat(meal[:length])


@EACH
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_good_meal_with_something_foreign_in_it_does_no_harm(mouth: Mouth, data: st.DataObject) -> None:
    meal = data.draw(st.sampled_from(mouth.meals()))
    start, length = data.draw(st.integers(0, len(meal))), data.draw(st.integers(0, 8))
    foreign = data.draw(st.sampled_from(FOREIGN) | st.binary(max_size=40))

    mouth.try_to_eat(meal[:start] + foreign + meal[start + length :])


FOREIGN = (
    b"\x00",
    b"\\u0000",
    "\u202e\u2066".encode(),
    b"\xed\xa0\x80",  # half a surrogate pair
    b"\\ud800",
    b"9007199254740993",  # 2**53 + 1
    b"-1",
    b"1e400",
    b"NaN",
    b"[" * 5_000,
    b'{"a":' * 5_000,
    b"9" * 5_000,
    b"\n" * 12_000,
    "１２３".encode(),  # digits, to some
)


@pytest.mark.soak
def test_a_fuzzer_led_by_coverage_finds_nothing(tmp_path: Path, tell: Tell) -> None:
    """For FUZZ_MINUTES, shared among all mouths."""
    minutes = float(os.environ.get(MINUTES, "12"))
    seconds = max(1, int(minutes * 60 / len(MOUTHS)))

    broken = [mouth.name for mouth in MOUTHS if not _fuzz(mouth, seconds, tmp_path / mouth.name, tell)]

    assert broken == []


def _fuzz(mouth: Mouth, seconds: int, folder: Path, tell: Tell) -> bool:
    folder.mkdir()
    for file in mouth.corpus():
        (folder / file.name).write_bytes(file.read_bytes())
    command = [sys.executable, "-m", "tests.faults.fuzz", mouth.name, str(seconds), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True)
    meals = [line.split()[-1] for line in run.stderr.splitlines() if "number_of_executed_units" in line]
    said = f"{meals[0] if meals else '?'} meals in {seconds} s"
    tell(f"fuzz {mouth.name}: {said}{'' if run.returncode == 0 else ', BROKEN'}")
    if run.returncode:
        tell(run.stderr[-2_000:])
    return run.returncode == 0
