"""One turn of the wheel: say what we have, hear what is held and what is new, write it down.

The answer is believed only when it is a parcel signed by a key the root certified, sealed to us, in reply to the very
parcel we sent, and when every head it claims to hold is one of ours. Anything less changes nothing.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from sync.ports import Identity, JournalPort, Settlement
from sync.protocol.certificates import DeskCertificate, ProvinceCertificate, desk_of, province_of
from sync.protocol.entry import Entry, Tip
from sync.protocol.exchange import ENTRIES_A_PARCEL, Down, ToldProblem, Up, carry, read_down, write_lines
from sync.protocol.feed import FeedItem
from sync.protocol.instant import read_instant, write_instant
from sync.protocol.parcel import ParcelHeader, check_hand, open_parcel, pack, read_outside
from sync.protocol.problems import BadSignature, Forked, NotCertified, Unreadable
from sync.protocol.signing import Signed, public
from sync.troubles import ClockWrong, NotTheProvince

_MILLISECOND = timedelta(milliseconds=1)

Clock = Callable[[], datetime]


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


@dataclass(frozen=True)
class _Question:
    """The parcel on its way, and what its answer must fit."""

    id: UUID
    parcel: bytes
    entries: tuple[Entry, ...]
    asked_at: datetime


@dataclass(frozen=True)
class _Answer:
    """An answer whose origin is proven."""

    down: Down
    items: tuple[FeedItem, ...]
    offset: int


def take_turn(
    journal: JournalPort, road: Road, portion: Portion, *, wanted: tuple[Tip, ...] = (), software: str, clock: Clock
) -> Turn:
    """Exchange one parcel and settle the answer.

    `wanted` are heads whose bodies the province asked for; they go when nothing newer waits. Raises Trouble,
    and Forked when the province holds what this desk never wrote; then nothing was changed.
    """
    began = time.monotonic()
    me = journal.identity()
    question = _ask(journal, me, portion, _entries(journal, portion, wanted), software, clock)
    data = road.exchange(question.parcel)
    answer = _hear(data, me, question, clock)
    _check_held(answer.down.held, journal)
    journal.settle(_settlement(answer, me))
    return Turn(
        sent=len(question.entries),
        settled=_holds(answer.down.held, question.entries),
        items=len(answer.items),
        more=answer.down.more,
        unsent=journal.unsent(),
        wanted=answer.down.wanted,
        problem=answer.down.problem,
        offset=answer.offset,
        bytes_up=len(question.parcel),
        bytes_down=len(data),
        seconds=time.monotonic() - began,
    )


def _ask(
    journal: JournalPort, me: Identity, portion: Portion, entries: tuple[Entry, ...], software: str, clock: Clock
) -> _Question:
    province = province_of(me.province, root=me.root)
    incarnation, cursor = journal.bookmarks()
    up = Up(
        certificate=me.certificate,
        software=software,
        tip=journal.tip(),
        unsent=journal.unsent(),
        incarnation=incarnation,
        cursor=cursor,
        feed_limit=portion.feed_items,
    )
    asked_at = clock()
    header = ParcelHeader(
        id=uuid4(), kind="up", sender=public(me.key), reader=province.seal, sent=write_instant(asked_at)
    )
    parcel = pack(header, write_lines(up, tuple(carry(entry) for entry in entries)), signer=me.key)
    return _Question(header.id, parcel, entries, asked_at)


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


def _hear(data: bytes, me: Identity, question: _Question, clock: Clock) -> _Answer:
    """Raises NotTheProvince for anything not proven, ClockWrong where only our clock speaks against it."""
    heard_at = clock()
    try:
        down, items = _open(data, me, question)
        offset = (read_instant(down.time) - _middle(question.asked_at, heard_at)) // _MILLISECOND
        _check_dates(down, me, heard_at, offset)
    except BadSignature as error:
        raise NotTheProvince("signature") from error
    except NotCertified as error:
        raise NotTheProvince(f"certificate {error.reason}") from error
    except Unreadable as error:
        raise NotTheProvince(f"{error.what}: {error.reason}"[:120]) from error
    return _Answer(down, items, offset)


def _open(data: bytes, me: Identity, question: _Question) -> tuple[Down, tuple[FeedItem, ...]]:
    parcel = read_outside(data)
    if parcel.header.kind != "down" or parcel.header.reply_to != question.id:
        raise Unreadable("parcel", "answers another one")
    check_hand(parcel)
    down, items = read_down(open_parcel(parcel, seal=me.seal))
    province = province_of(down.certificate, root=me.root)
    if parcel.header.sender != province.key:
        raise NotCertified("province", "signed by another key")
    _check_same_province(province, me)
    if down.desk_certificate is not None:
        _check_own(down.desk_certificate, province, me)
    if any(later.n <= earlier.n for earlier, later in itertools.pairwise(items)):
        raise Unreadable("feed", "out of order")
    return down, items


def _check_same_province(province: ProvinceCertificate, me: Identity) -> None:
    """One root certifies one province's keys, and never an older set after a newer."""
    known = province_of(me.province, root=me.root)
    if province.province != known.province:
        raise NotCertified("province", "of another province")
    if province.serial < known.serial:
        raise NotCertified("province", "replaced by a newer one")


def _check_own(signed: Signed, province: ProvinceCertificate, me: Identity) -> DeskCertificate:
    certificate = desk_of(signed, province=province)
    seal = me.seal.public_key().public_bytes_raw().hex()
    if (certificate.desk, certificate.key, certificate.seal) != (me.desk, public(me.key), seal):
        raise NotCertified("desk", "of another desk")
    return certificate


def _check_dates(down: Down, me: Identity, heard_at: datetime, offset: int) -> None:
    """A certificate that is valid by the province's time and not by ours speaks of our clock."""
    try:
        province_of(down.certificate, root=me.root, at=heard_at)
    except NotCertified:
        province_of(down.certificate, root=me.root, at=read_instant(down.time))
        raise ClockWrong(offset) from None


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


def _settlement(answer: _Answer, me: Identity) -> Settlement:
    down = answer.down
    return Settlement(
        held=down.held,
        wanted=down.wanted,
        items=answer.items,
        incarnation=down.incarnation,
        cursor=down.cursor,
        province=down.certificate,
        desk=down.desk_certificate if down.desk_certificate != me.certificate else None,
        offset=answer.offset,
    )


def _holds(held: tuple[Tip, ...], entries: tuple[Entry, ...]) -> bool:
    if not entries:
        return True
    last = entries[-1].tip
    return any(tip.epoch == last.epoch and tip.seq >= last.seq for tip in held)


def _middle(asked_at: datetime, heard_at: datetime) -> datetime:
    return asked_at + (heard_at - asked_at) / 2
