"""Where figures go: a line each on the terminal, `out/bench.json` for machines, and the table of README.md."""

import json
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figure import Figure

README = Path(__file__).with_name("README.md")
BEGIN = "<!-- results -->\n"
END = "<!-- end of results -->\n"


def line(figure: Figure) -> str:
    word = "met   " if figure.met else "MISSED"
    return f"{word} {figure.name}: {figure.measured} (target {figure.target}); {figure.against}; {figure.spread}"


def write_json(figures: Sequence[Figure], path: Path) -> None:
    """The shape others read; `value` is null where a figure could not be measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = {"figures": [_as_json(figure) for figure in figures]}
    path.write_text(json.dumps(shape, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _as_json(figure: Figure) -> dict[str, str | float | bool | None]:
    return {
        "name": figure.name,
        "value": None if figure.value is None else round(figure.value, 4),
        "unit": figure.unit,
        "against": figure.against,
        "target": str(figure.target),
        "met": figure.met,
    }


def record(figures: Sequence[Figure], machine: Sequence[str]) -> None:
    """Put this run's results in the place of the last one's in README.md."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}{_table(figures, machine)}{END}{after}", encoding="utf-8")


def _table(figures: Sequence[Figure], machine: Sequence[str]) -> str:
    rows = [f"| {' | '.join(_cells(one))} |" for one in figures]
    head = ["| figure | measured | target | met | against | spread |", "|---|---|---|---|---|---|"]
    return "\n".join(["", *(f"- {fact}" for fact in machine), "", *head, *rows, "", ""])


def _cells(one: Figure) -> tuple[str, ...]:
    return one.name, one.measured, str(one.target), "yes" if one.met else "**no**", one.against, one.spread
