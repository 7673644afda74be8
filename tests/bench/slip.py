"""The slip: both copies as one PDF, with both codes on each, a new person and a newly signed number every time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from desk.forms.slip import SlipPaper, draw
from tests.bench.figure import Figure, at_least, at_most
from tests.bench.people import populate
from tests.bench.rounds import alternate
from tests.forms import papers

ROUNDS, EACH = 7, 30


def measure() -> tuple[Figure, ...]:
    """How many a second on one core, and how large the largest is."""
    sizes: list[int] = []
    people = iter(populate((ROUNDS + 1) * EACH).persons)
    with _one_core():
        taken = alternate(
            {"slip": lambda: lambda: sizes.append(len(_slip(next(people).full_name)))}, rounds=ROUNDS, each=EACH
        )
    by_round = [len(one) / sum(one) for one in taken["slip"].rounds]
    return (
        Figure(
            name="slip",
            value=len(taken["slip"].all) / sum(taken["slip"].all),
            unit="slips a second",
            against="one core; number signed, both codes and both copies drawn",
            target=at_least(30),
            spread=f"rounds {min(by_round):.3g} … {max(by_round):.3g}",
        ),
        Figure(
            name="slip-size",
            value=max(sizes) / 1024,
            unit="KB",
            against=f"the largest of {len(sizes)} PDFs of two copies",
            target=at_most(60),
            spread=f"{min(sizes) / 1024:.3g} … {max(sizes) / 1024:.3g} KB",
        ),
    )


def _slip(full_name: str) -> bytes:
    ordinary = papers.slip(number=papers.number(full_name))
    return draw(_for(ordinary, full_name))


def _for(paper: SlipPaper, full_name: str) -> SlipPaper:
    return replace(paper, applicant=replace(paper.applicant, name=full_name))


@contextmanager
def _one_core() -> Iterator[None]:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
