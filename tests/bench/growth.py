"""Whether a desk slows down as its years go by: the same acceptance among a thousand dossiers and among a million."""

from functools import partial

from tests.bench.desks import Window, intakes
from tests.bench.figure import Figure, at_most
from tests.bench.fill import MORNING_AFTER, copy_of_filled
from tests.bench.people import populate
from tests.bench.rounds import Prepared, alternate

FEW, MANY = 1_000, 1_000_000
ROUNDS, EACH = 7, 150


def measure() -> tuple[Figure, ...]:
    asked = intakes(populate(2_000))
    with copy_of_filled(FEW) as few, copy_of_filled(MANY) as many:
        small, large = Window(few, MORNING_AFTER), Window(many, MORNING_AFTER)
        stores: dict[str, Prepared] = {
            "few": lambda: partial(small.accept, next(asked)),
            "many": lambda: partial(large.accept, next(asked)),
        }
        taken = alternate(stores, rounds=ROUNDS, each=EACH)
    return (
        Figure(
            name="growth",
            value=taken["many"].median / taken["few"].median,
            unit=f"× accept at {FEW:,}",
            against=f"accept at {FEW:,}: {taken['few'].told()}",
            target=at_most(1.2),
            spread=f"at {MANY:,}: {taken['many'].told()}",
        ),
    )
