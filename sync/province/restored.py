"""After the province's own database came back from a backup: say so to every desk, and never give a number again.

What happened between the backup and the loss is known to the desks: they hear of a new incarnation, read the feed from
its start, see from `held` what is missing and send it again. What the province alone had given out since (desk
numbers, dossier codes, enrolment codes used) is forgotten here, so the counters leap over what may have been given.
"""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import update

from sync.protocol.instant import write_instant
from sync.province import codes, desks, policy
from sync.province.clock import civil_day
from sync.province.database import Work
from sync.province.errors import NotPossible
from sync.province.rows import CounterRow

DESK_NUMBERS = 200
"""How many desks may have been enrolled or restored since the backup."""
CODES_A_DAY = 500
"""How many official codes one agency may have been given for one day since then."""


@dataclass(frozen=True)
class Leap:
    """What the restore changed."""

    incarnation: str
    next_desk_number: int


def restored(work: Work, *, desk_numbers: int = DESK_NUMBERS, codes_a_day: int = CODES_A_DAY) -> Leap:
    """Raises NotPossible when so many numbers are not left."""
    if desk_numbers < 0 or codes_a_day < 0:
        raise NotPossible("Số phải từ 0 trở lên.", "The numbers are 0 or more.")
    row = policy.province(work)
    row.incarnation, row.restored = uuid4().hex, row.restored + 1
    _leap_desk_numbers(work, desk_numbers)
    _leap_codes(work, codes_a_day)
    return Leap(row.incarnation, desks.next_number(work))


def _leap_desk_numbers(work: Work, by: int) -> None:
    first = desks.next_number(work) + by
    if first > desks.LAST_NUMBER:
        raise NotPossible("Không còn đủ số quầy.", "There are not so many desk numbers left.")
    _put(work, desks.FLOOR, first)


def _leap_codes(work: Work, by: int) -> None:
    """Counters that are there leap; those that the backup never saw begin higher, for days up to today."""
    there = CounterRow.name.startswith(codes.COUNTER)
    work.session.execute(update(CounterRow).where(there).values(n=CounterRow.n + by))
    _put(work, codes.FLOOR, codes.floor(work) + by)
    _put(work, codes.FLOOR_UNTIL, civil_day(write_instant(work.now)).toordinal())


def _put(work: Work, name: str, n: int) -> None:
    work.session.merge(CounterRow(name=name, n=n))
    work.session.flush()
