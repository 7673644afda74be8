"""The slip: both copies as one PDF, with both codes on each, a new person and a newly signed number every time."""

from dataclasses import replace
from time import process_time

from desk.forms.slip import SlipPaper, draw
from tests.bench.figure import Figure, at_least, at_most
from tests.bench.people import populate
from tests.bench.rounds import Deed, alternate
from tests.forms import papers

ROUNDS, EACH = 7, 30


def measure() -> tuple[Figure, ...]:
    """How many a second of one core's time, whichever threads spend it, and how large the largest is."""
    sizes: list[int] = []
    names = (person.full_name for person in populate((ROUNDS + 1) * EACH).persons)

    def prepared() -> Deed:
        name = next(names)
        return lambda: sizes.append(len(_slip(name)))

    taken = alternate({"slip": prepared}, rounds=ROUNDS, each=EACH, clock=process_time)
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
            value=max(sizes) / 1000,
            unit="KB",
            against=f"the largest of {len(sizes)} PDFs of two copies",
            target=at_most(60),
            spread=f"{min(sizes) / 1000:.3g} … {max(sizes) / 1000:.3g} KB",
        ),
    )


def _slip(full_name: str) -> bytes:
    ordinary = papers.slip(number=papers.number(full_name))
    return draw(_for(ordinary, full_name))


def _for(paper: SlipPaper, full_name: str) -> SlipPaper:
    return replace(paper, applicant=replace(paper.applicant, name=full_name))
