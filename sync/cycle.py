"""One turn of the wheel: say what we have, hear what is held and what is new, write it down.

The answer is believed only when it is proven (`sync.answers`). Anything less changes nothing. Heads it names that this
desk never wrote are other lines of its journal, which the store remembers; they hold none of ours.
"""

import itertools
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, runtime_checkable

from sync.answers import Answer, Clock, Question, ask, hear, settlement
from sync.ports import Identity, JournalPort
from sync.protocol.certificates import province_of
from sync.protocol.entry import Entry, Tip
from sync.protocol.exchange import ENTRIES_A_PARCEL, ToldProblem
from sync.protocol.problems import BadSignature, NotCertified, Unreadable
from sync.protocol.signing import Signed
from sync.troubles import NotTheProvince, Refused

NOT_FOR_ITS_SEAL = "not sealed to this reader"
"""What a province says of a parcel that was sealed to a key it no longer has, or never had."""


class Road(Protocol):
    """What carries a parcel there and an answer back."""

    def exchange(self, parcel: bytes) -> bytes: ...


@runtime_checkable
class Introduces(Protocol):
    """A road on which the province can be asked who it is. A stick cannot."""

    def certificate(self) -> Signed:
        """The province's certificate, unproven. Raises Trouble."""
        ...


@dataclass(frozen=True)
class Portion:
    """How much one turn may carry: entries by the size of their texts, feed items by number."""

    entry_bytes: int
    feed_items: int
    bare: bool = False
    """Heads go without their bodies."""
    apart: bool = False
    """No feed is asked for in a parcel that carries entries."""
    bodies: bool = True
    """Bodies the province asked for may go when nothing newer waits."""
    alone: int | None = None
    """Only this one of them, counted round and round."""


class Kind(StrEnum):
    """What a parcel carries, for whoever has to find out why it did not arrive."""

    QUESTION = "question"
    FEED = "feed"
    ENTRIES = "entries"
    HEADS = "heads"
    BODIES = "bodies"


@dataclass(frozen=True)
class Load:
    """What goes in one parcel."""

    kind: Kind
    entries: tuple[Entry, ...]
    feed_items: int


@dataclass(frozen=True)
class Turn:
    """What happened, in numbers for the log, the lamp and the next portion."""

    kind: Kind
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
    delivered: bool = True
    """Of bodies that were asked for: whether one of those in the parcel is no longer asked for."""
    forked: bool = False
    """Whether the province holds, of the epoch this desk is in, a line that is not its own."""


def pick(journal: JournalPort, portion: Portion) -> Load:
    """What a portion comes to just now: what waits, or else bodies that were asked for."""
    if portion.entry_bytes == 0:
        return Load(Kind.QUESTION if portion.feed_items == 0 else Kind.FEED, (), portion.feed_items)
    feed = 0 if portion.apart else portion.feed_items
    if waiting := journal.waiting(ENTRIES_A_PARCEL, portion.entry_bytes):
        return Load(Kind.HEADS, _bare(waiting), feed) if portion.bare else Load(Kind.ENTRIES, waiting, feed)
    if portion.bodies and (bodies := _bodies(journal, portion)):
        return Load(Kind.BODIES, bodies, feed)
    return Load(Kind.FEED, (), portion.feed_items)


def take_turn(journal: JournalPort, road: Road, load: Load, *, software: str, clock: Clock) -> Turn:
    """Exchange one parcel and settle the answer. Raises Trouble; then nothing was changed.

    A province that cannot open what was sealed to its old key is asked for its new one, and then told again.
    """
    began = time.monotonic()
    me = journal.identity()
    question = _question(journal, me, load, software, clock)
    try:
        data = road.exchange(question.parcel)
    except Refused as refusal:
        if not _is_sealed_wrongly(refusal) or not isinstance(road, Introduces):
            raise
        me = _introduced(journal, me, road, refusal)
        question = _question(journal, me, load, software, clock)
        data = road.exchange(question.parcel)
    answer = hear(data, me, question, clock)
    epoch = journal.tip().epoch
    ours, foreign = _told_apart(journal, answer.down.held)
    journal.settle(settlement(answer, me))
    return replace(
        _turn(load, question, answer, ours),
        unsent=journal.unsent(),
        forked=any(tip.epoch == epoch for tip in foreign),
        bytes_down=len(data),
        seconds=time.monotonic() - began,
    )


def _question(journal: JournalPort, me: Identity, load: Load, software: str, clock: Clock) -> Question:
    return ask(journal, me, load.entries, feed_items=load.feed_items, software=software, clock=clock)


def _turn(load: Load, question: Question, answer: Answer, ours: tuple[Tip, ...]) -> Turn:
    down = answer.down
    return Turn(
        kind=load.kind,
        sent=len(load.entries),
        settled=_holds(ours, load.entries),
        items=len(answer.items),
        more=down.more,
        unsent=0,
        wanted=down.wanted,
        problem=down.problem,
        offset=answer.offset or 0,
        bytes_up=len(question.parcel),
        bytes_down=0,
        seconds=0.0,
        delivered=not load.entries or bool({entry.tip for entry in load.entries} - set(down.wanted)),
    )


def _bodies(journal: JournalPort, portion: Portion) -> tuple[Entry, ...]:
    """What was asked for and is still there."""
    entries = journal.bodies(journal.asked_for())
    if entries and portion.alone is not None:
        return (entries[portion.alone % len(entries)],)
    return _first_of(entries, portion.entry_bytes)


def _first_of(entries: tuple[Entry, ...], limit_bytes: int) -> tuple[Entry, ...]:
    """As many as fit, and at least one."""
    sizes = itertools.accumulate(len(f"{entry.head_text}{entry.body_text}".encode()) for entry in entries)
    fitting = sum(size <= limit_bytes for size in sizes)
    return entries[: max(1, fitting)]


def _bare(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Heads and signatures: all that holding needs."""
    return tuple(replace(entry, body_text=None, salt=None) for entry in entries)


def _told_apart(journal: JournalPort, held: Iterable[Tip]) -> tuple[tuple[Tip, ...], tuple[Tip, ...]]:
    """Heads of ours, and heads somebody else wrote under our name: a clone, or a copy that was put back."""
    ours: list[Tip] = []
    foreign: list[Tip] = []
    for tip in held:
        if tip.seq:
            (ours if journal.hash_at(tip.epoch, tip.seq) == tip.hash else foreign).append(tip)
    return tuple(ours), tuple(foreign)


def _holds(ours: tuple[Tip, ...], entries: tuple[Entry, ...]) -> bool:
    if not entries:
        return True
    last = entries[-1].tip
    return any(tip.epoch == last.epoch and tip.seq >= last.seq for tip in ours)


def _is_sealed_wrongly(refusal: Refused) -> bool:
    return refusal.code == Unreadable.code and refusal.facts.get("reason") == NOT_FOR_ITS_SEAL


def _introduced(journal: JournalPort, me: Identity, road: Introduces, refusal: Refused) -> Identity:
    """Who we are once we know the province's newer certificate. Raises the refusal where it has none."""
    signed = road.certificate()
    known = province_of(me.province, root=me.root)
    try:
        told = province_of(signed, root=me.root)
    except (BadSignature, NotCertified, Unreadable) as error:
        raise NotTheProvince("certificate") from error
    if told.province != known.province:
        raise NotTheProvince("certificate of another province")
    if told.serial <= known.serial:
        raise refusal
    journal.learn_province(signed)
    return replace(me, province=signed)
