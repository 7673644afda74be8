"""Whether an answer is the province's, and to us: the same proof whether it came over HTTPS or on a stick.

It counts only when it is a parcel signed by a key the root certified, sealed to us, and in reply to what we asked.
Anything less changes nothing.
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sync.ports import Bookmark, Identity, JournalPort, Settlement
from sync.protocol.certificates import DeskCertificate, ProvinceCertificate, desk_of, province_of
from sync.protocol.entry import Entry
from sync.protocol.exchange import Down, Up, carry, read_down, write_lines
from sync.protocol.feed import FeedItem
from sync.protocol.instant import read_instant, write_instant
from sync.protocol.parcel import Parcel, ParcelHeader, check_hand, open_parcel, pack, read_outside
from sync.protocol.problems import BadSignature, NotCertified, Unreadable
from sync.protocol.signing import Signed, public
from sync.troubles import ClockWrong, NotTheProvince

_MILLISECOND = timedelta(milliseconds=1)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Question:
    """A parcel on its way, and what its answer must fit."""

    id: UUID
    parcel: bytes
    entries: tuple[Entry, ...]
    asked_at: datetime
    bookmark: Bookmark


@dataclass(frozen=True)
class Answer:
    """An answer whose origin is proven. `id` is its own parcel's, `offset` None where it travelled on a stick."""

    id: UUID
    down: Down
    items: tuple[FeedItem, ...]
    bookmark: Bookmark
    offset: int | None


def ask(
    journal: JournalPort, me: Identity, entries: tuple[Entry, ...], *, feed_items: int, software: str, clock: Clock
) -> Question:
    """A parcel to the province: who we are, how far we have read, and some entries."""
    province = province_of(me.province, root=me.root)
    bookmark = journal.bookmarks()
    up = Up(
        certificate=me.certificate,
        software=software,
        tip=journal.tip(),
        unsent=journal.unsent(),
        incarnation=bookmark[0],
        cursor=bookmark[1],
        feed_limit=feed_items,
    )
    asked_at = clock()
    header = ParcelHeader(
        id=uuid4(), kind="up", sender=public(me.key), reader=province.seal, sent=write_instant(asked_at)
    )
    parcel = pack(header, write_lines(up, tuple(carry(entry) for entry in entries)), signer=me.key)
    return Question(header.id, parcel, entries, asked_at, bookmark)


def hear(data: bytes, me: Identity, question: Question, clock: Clock) -> Answer:
    """Raises NotTheProvince for anything not proven, ClockWrong where only our clock speaks against it."""
    heard_at = clock()
    with _doubts_renamed():
        parcel = read_outside(data)
        _check_replies(parcel, question.id)
        down, items = _open(parcel, me)
        offset = (read_instant(down.time) - _middle(question.asked_at, heard_at)) // _MILLISECOND
        _check_dates(down, me, heard_at, offset)
    return Answer(parcel.header.id, down, items, question.bookmark, offset)


def hear_later(parcel: Parcel, me: Identity, bookmark: Bookmark) -> Answer:
    """An answer that travelled, to a parcel that was asked with `bookmark`. Raises NotTheProvince.

    How old it is nobody can tell, so it says nothing of the clock; the root's word on the province's key is
    measured by the time in the answer itself.
    """
    with _doubts_renamed():
        down, items = _open(parcel, me)
        province_of(down.certificate, root=me.root, at=read_instant(down.time))
    return Answer(parcel.header.id, down, items, bookmark, None)


def settlement(answer: Answer, me: Identity) -> Settlement:
    """What is to be written down."""
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
        time=down.time,
        asked=answer.bookmark,
    )


def _check_replies(parcel: Parcel, to: UUID) -> None:
    if parcel.header.kind != "down" or parcel.header.reply_to != to:
        raise Unreadable("parcel", "answers another one")


def _open(parcel: Parcel, me: Identity) -> tuple[Down, tuple[FeedItem, ...]]:
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


@contextmanager
def _doubts_renamed() -> Iterator[None]:
    try:
        yield
    except BadSignature as error:
        raise NotTheProvince("signature") from error
    except NotCertified as error:
        raise NotTheProvince(f"certificate {error.reason}") from error
    except Unreadable as error:
        raise NotTheProvince(f"{error.what}: {error.reason}"[:120]) from error


def _middle(asked_at: datetime, heard_at: datetime) -> datetime:
    return asked_at + (heard_at - asked_at) / 2
