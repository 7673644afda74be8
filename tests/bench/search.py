"""Finding among a million: the questions a counter asks, first fifty answers each."""

from collections.abc import Callable
from functools import partial
from random import Random

from desk.services.search import find
from desk.store.store import Store
from tests.bench.desks import open_store
from tests.bench.figure import Figure, at_most
from tests.bench.fill import filled, population_of
from tests.bench.people import Population
from tests.bench.rounds import Prepared, Timings, alternate, percentile

IN_THE_STORE = 1_000_000
ROUNDS, EACH = 5, 10
LIMIT_MS = 50
MISS = "phùng xuân zyx"

Question = Callable[[Population, Random], str]

QUESTIONS: dict[str, Question] = {
    "the commonest name": lambda _, __: "nguyen thi",
    "a rare beginning": lambda _, __: "ngac",
    "with accents": lambda _, chance: f"nguyễn thị {chance.choice(('hường', 'thắm', 'thúy', 'phượng'))}",
    "4 digits": lambda _, chance: f"{chance.randrange(10**4):04d}",
    "6 digits": lambda _, chance: f"{chance.randrange(10**6):06d}",
    "a whole phone": lambda people, chance: people.anybody(chance).phone or "",
    "a whole identity": lambda people, chance: people.anybody(chance).personal_id or "",
    "a miss": lambda _, __: MISS,
}


def measure() -> tuple[Figure, ...]:
    """The slowest kind of question counts like the others: the 95th percentile is over all of them."""
    people, chance = population_of(IN_THE_STORE), Random(17)
    with open_store(filled(IN_THE_STORE), writing=False) as store:
        asked: dict[str, Prepared] = {
            name: partial(_ask, store, question, people, chance) for name, question in QUESTIONS.items()
        }
        taken = alternate(asked, rounds=ROUNDS, each=EACH)
    by_round = [
        percentile([seconds for timings in taken.values() for seconds in timings.rounds[number]], 95) * 1000
        for number in range(ROUNDS)
    ]
    value = percentile([seconds for timings in taken.values() for seconds in timings.all], 95) * 1000
    return (
        Figure(
            name="search",
            value=value,
            unit="ms, p95",
            against=f"{IN_THE_STORE:,} dossiers; {len(QUESTIONS)} kinds of question, {ROUNDS * EACH} of each",
            target=at_most(LIMIT_MS),
            spread=f"rounds {min(by_round):.3g} … {max(by_round):.3g} ms; {_by_question(taken)}",
        ),
    )


def _ask(store: Store, question: Question, people: Population, chance: Random) -> Callable[[], object]:
    return partial(find, question(people, chance), open_reading=store.open_reading)


def _by_question(taken: dict[str, Timings]) -> str:
    return ", ".join(f"{name} {timings.percentile(95) * 1000:.2g}" for name, timings in taken.items())
