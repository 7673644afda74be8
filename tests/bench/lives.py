"""Days of a counter: who came, with what, and what was said about it, without end and the same in every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import msgspec

from desk.domain.clock import VN
from desk.domain.codes import desk_code
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.instant import write_instant
from tests.bench.people import Population

A_DAY = 300
"""Dossiers one desk takes in a day."""
OPENS = timedelta(hours=7, minutes=30)
BETWEEN = timedelta(seconds=110)


@dataclass(frozen=True)
class Template:
    """One acceptance as the service really wrote it, and how long after receipt it was promised."""

    said: DossierAccepted
    promised_after: timedelta | None


@dataclass(frozen=True)
class Roster:
    """A desk's number and the first day it worked."""

    agency: str
    number: int
    first_day: datetime

    def received(self, n: int) -> datetime:
        """When the n-th dossier was taken, from 0: 300 a day, one every 110 seconds from 07:30 on."""
        day, nth = divmod(n, A_DAY)
        return (self.first_day + timedelta(days=day) + OPENS + nth * BETWEEN).astimezone(UTC)


def id_made(moment: datetime, chance: Random) -> UUID:
    """As `desk.domain.ids` would have made it then."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62))


def first_day_before(end: datetime, count: int) -> datetime:
    """The day to begin so that the last of `count` dossiers is taken the day before `end`."""
    days = -(-count // A_DAY)
    return datetime(end.year, end.month, end.day, tzinfo=VN) - timedelta(days=days)


def acceptances(
    roster: Roster, templates: tuple[Template, ...], population: Population, *, seed: int = 7
) -> Iterator[DossierAccepted]:
    """Three quarters are certified copies, as at every counter; `templates` begins with those."""
    chance = Random(seed)
    weights = (75, *([25 / max(len(templates) - 1, 1)] * (len(templates) - 1)))
    lines: dict[str, int] = {}
    n = 0
    while True:
        received = roster.received(n)
        day = received.astimezone(VN).date()
        book = f"{day.year}-{roster.number}"
        lines[book] = lines.get(book, 0) + 1
        template = chance.choices(templates, weights)[0]
        due = template.promised_after
        yield msgspec.structs.replace(
            template.said,
            client_id=id_made(received, chance),
            code=str(desk_code(roster.agency, day, roster.number, n % A_DAY + 1)),
            received_at=write_instant(received),
            due_at=write_instant(received + due) if due is not None else None,
            applicant=population.anybody(chance),
            register_book=book,
            register_line=lines[book],
        )
        n += 1
