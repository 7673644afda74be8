"""`python -m tests.faults.fuzz MOUTH SECONDS FOLDER`: feed one mouth what coverage says is new; Linux only.

FOLDER keeps what was found; a meal that broke the mouth is left there as `crash-…`, and the exit code is then not 0.
"""

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["sync", "desk"]):
    from tests.faults.mouths import MOUTHS

LONGEST = 4096
"""Bytes of a meal: what is longer only takes longer."""


def main(name: str, seconds: int, folder: Path) -> None:
    mouth = next(mouth for mouth in MOUTHS if mouth.name == name)
    for n, meal in enumerate(mouth.meals()):
        (folder / f"meal-{n}").write_bytes(meal)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={max(LONGEST, *(len(meal) for meal in mouth.meals()))}",
        "-timeout=10",  # seconds a meal may take
        "-rss_limit_mb=1024",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], mouth.try_to_eat)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
