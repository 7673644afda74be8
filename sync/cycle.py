"""One turn of the wheel: say what we have, hear what is held and what is new, write it down.

The answer is believed only when it is proven (`sync.answers`) and when every head it claims to hold is one of ours.
Anything less changes nothing.
"""

import itertools
import time
from dataclasses import dataclass
from typing import Protocol

from sync.answers import Clock, ask, hear, settlement
from sync.ports import JournalPort
from sync.protocol.entry import Entry, Tip
from sync.protocol.exchange import ENTRIES_A_PARCEL, ToldProblem
from sync.protocol.problems import Forked


class Road(Protocol):
    """What carries a parcel there and an answer back."""

    def exchange(self, parcel: bytes) -> bytes: ...


@dataclass(frozen=True)
class Portion:
    """How much one turn may carry: entries by the size of their texts, feed items by number."""

    entry_bytes: int
    feed_items: int


@dataclass(frozen=True)
class Turn:
    """What happened, in numbers for the log, the lamp and the next portion."""

    sent: int
    """Entries in the parcel."""
    settled: bool
    """Whether the province now holds all of them."""
    items: int
    more: bool
    """Whether the feed goes on."""
    unsent: int
    wanted: tuple[Tip, ...]
    problem: ToldProblem | None
    offset: int
    bytes_up: int
    bytes_down: int
    seconds: float


def take_turn(
    journal: JournalPort, road: Road, portion: Portion, *, wanted: tuple[Tip, ...] = (), software: str, clock: Clock
) -> Turn:
    """Exchange one parcel and settle the answer.

    `wanted` are heads whose bodies the province asked for; they go when nothing newer waits. Raises Trouble,
    and Forked when the province holds what this desk never wrote; then nothing was changed.
    """
    began = time.monotonic()
    me = journal.identity()
    entries = _entries(journal, portion, wanted)
    question = ask(journal, me, entries, feed_items=portion.feed_items, software=software, clock=clock)
    data = road.exchange(question.parcel)
    answer = hear(data, me, question, clock)
    _check_held(answer.down.held, journal)
    journal.settle(settlement(answer, me))
    return Turn(
        sent=len(question.entries),
        settled=_holds(answer.down.held, question.entries),
        items=len(answer.items),
        more=answer.down.more,
        unsent=journal.unsent(),
        wanted=answer.down.wanted,
        problem=answer.down.problem,
        offset=answer.offset or 0,
        bytes_up=len(question.parcel),
        bytes_down=len(data),
        seconds=time.monotonic() - began,
    )


def _entries(journal: JournalPort, portion: Portion, wanted: tuple[Tip, ...]) -> tuple[Entry, ...]:
    if portion.entry_bytes == 0:
        return ()
    waiting = journal.waiting(ENTRIES_A_PARCEL, portion.entry_bytes)
    return waiting or _first_of(journal.bodies(wanted), portion.entry_bytes)


def _first_of(entries: tuple[Entry, ...], limit_bytes: int) -> tuple[Entry, ...]:
    """As many as fit, and at least one."""
    sizes = itertools.accumulate(len(f"{entry.head_text}{entry.body_text}".encode()) for entry in entries)
    fitting = sum(size <= limit_bytes for size in sizes)
    return entries[: max(1, fitting)]


def _check_held(held: tuple[Tip, ...], journal: JournalPort) -> None:
    """Raises Forked where the province holds a head that is not ours: a clone or an old copy is at work."""
    for tip in held:
        if tip.seq == 0:
            continue
        ours = journal.hash_at(tip.epoch, tip.seq)
        if ours is None:
            raise Forked(tip.epoch, tip.seq, "the province holds more than this desk wrote")
        if ours != tip.hash:
            raise Forked(tip.epoch, tip.seq, "the province holds another head")


def _holds(held: tuple[Tip, ...], entries: tuple[Entry, ...]) -> bool:
    if not entries:
        return True
    last = entries[-1].tip
    return any(tip.epoch == last.epoch and tip.seq >= last.seq for tip in held)
