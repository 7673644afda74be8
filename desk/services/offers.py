"""What an intake can be about: procedures in force here and today, and agencies that resolve."""

from datetime import timedelta

from desk.domain.agencies import Agency
from desk.domain.clock import civil_day
from desk.domain.errors import NotInThatArea, NotValidThatDay, UnknownProcedure
from desk.domain.procedures import Procedure
from desk.domain.search import Haystack, rank
from desk.services.ports import Clock, OpenReading

LOOK_BACK = timedelta(days=14)
MOST = 20


def find_procedures(words: str, *, open_reading: OpenReading, clock: Clock) -> tuple[Procedure, ...]:
    """By a few letters of the name or digits of the code, best first; without any, those used most of late."""
    now = clock()
    day = civil_day(now)
    with open_reading() as memory:
        commune = memory.reference.agency(memory.identity.desk().agency).commune
        catalogue = memory.reference.catalogue()
        if words.strip():
            return catalogue.search(words, day=day, commune=commune, limit=MOST)
        used = memory.dossiers.used_most(now - LOOK_BACK, MOST)
    found = []
    for code in used:
        try:
            found.append(catalogue.find(code, day, commune))
        except (UnknownProcedure, NotValidThatDay, NotInThatArea):
            continue  # used of late, and not in force any more
    return tuple(found)


def find_agencies(words: str, *, open_reading: OpenReading) -> tuple[Agency, ...]:
    """By a few letters of the title or the identifier, best first; without any, this desk's own before all others."""
    with open_reading() as memory:
        agencies = memory.reference.agencies()
        here = memory.identity.desk().agency
    if not words.strip():
        return tuple(sorted(agencies, key=lambda one: (one.id != here, one.id)))[:MOST]
    ranked = ((rank(words, Haystack.of(one.title, code=one.id, aside=one.place)), one) for one in agencies)
    found = [(place, one) for place, one in ranked if place is not None]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0])[:MOST])
