"""Many desks of nothing but keys and parcels: days a real desk wrote, told again by each in its own name, and sealed.

Everything is written, signed and packed beforehand; what is left to do on the clock is to send bytes and to wait.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Self
from uuid import UUID, uuid4

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.protocol.certificates import desk_of, province_of
from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import BEGINNING, SALT_BYTES, Body, Entry, Tip, sign_head, write_entry
from sync.protocol.exchange import Down, EnrolmentAnswer, Up, carry, read_down, write_lines
from sync.protocol.feed import FeedItem
from sync.protocol.instant import read_instant, write_instant
from sync.protocol.parcel import ParcelHeader, open_parcel, pack, read_outside
from sync.protocol.signing import public
from sync.province import enrol
from sync.province.database import Database
from sync.schedule import FIRST_BYTES, FIRST_ITEMS
from tests.bench.enrolled import SOFTWARE, enrolled
from tests.bench.people import Population
from tests.province.desk_driver import enrolment
from tests.servers import province_in_thread

SEED = 17


@dataclass(frozen=True)
class Deed:
    """One entry of a dossier, without whoever wrote it."""

    body: Body
    at: datetime
    signed: bool


@dataclass(frozen=True)
class Recorded:
    """What the real services wrote at a desk of that agency, dossier by dossier."""

    agency: str
    dossiers: tuple[tuple[Deed, ...], ...]


def record(dossiers: int) -> Recorded:
    """So many dossiers taken, paid, printed and seen."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        with province_in_thread(f"sqlite:///{folder / 'province.db'}", folder) as province:
            begin = datetime.now(UTC).replace(hour=1, minute=0)
            province.clock.moment = begin
            with enrolled(province, folder / "desk", begin=begin, seed=SEED) as desk:
                desk.days.take(dossiers)
                with desk.store.open_reading() as memory:
                    return _recorded(tuple(memory.journal.entries()))


def _recorded(entries: tuple[Entry, ...]) -> Recorded:
    dossiers: dict[UUID, list[Deed]] = {}
    agency = ""
    for entry in entries:
        body = read_body(entry)
        if entry.head.dossier is None or body is None:
            continue
        agency = body.receiving_agency if isinstance(body, DossierAccepted) else agency
        deed = Deed(body, read_instant(entry.head.time), entry.signature is not None)
        dossiers.setdefault(entry.head.dossier, []).append(deed)
    return Recorded(agency, tuple(tuple(deeds) for deeds in dossiers.values()))


@dataclass(frozen=True)
class Bookmark:
    """Where a desk stands in the feed that has read all of it."""

    incarnation: str | None = None
    cursor: str = ""


@dataclass
class Teller:
    """A desk that tells what was recorded as its own."""

    answer: EnrolmentAnswer
    id: UUID
    key: Ed25519PrivateKey
    seal: X25519PrivateKey
    chance: Random
    journal: list[Entry] = field(default_factory=list)
    tip: Tip = field(default=Tip(epoch=1, seq=0, hash=BEGINNING))
    codes: list[str] = field(default_factory=list)

    @classmethod
    def enrol(cls, database: Database, agency: str, chance: Random) -> Self:
        """By a code, as ever; only the road is left out."""
        key, seal, name = Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), uuid4()
        with database.telling() as work:
            made = enrol.make_code(work, agency, None)
        with database.telling() as work:
            answer = enrol.enrol(work, enrolment(str(made.code), key, seal, name))
        desk = cls(answer, name, key, seal, chance)
        opened = EpochOpened(reason="enrolled", certificate=answer.desk, parent=None, software=SOFTWARE)
        desk._write(Deed(opened, datetime.now(UTC), signed=True), None, b"", None)
        return desk

    def __post_init__(self) -> None:
        self.province = province_of(self.answer.province, root=self.answer.root)
        self.said = desk_of(self.answer.desk, province=self.province)

    def tell(self, recorded: Recorded, nth: int, people: Population) -> None:
        """The n-th dossier, as somebody else's."""
        dossier, slip, salt, after = uuid4(), uuid4(), self.chance.randbytes(SALT_BYTES), None
        for deed in recorded.dossiers[nth % len(recorded.dossiers)]:
            mine = self._mine(deed.body, recorded.agency, nth + 1, slip, people)
            after = self._write(Deed(mine, deed.at, deed.signed), dossier, salt, after)

    def ask(self, bookmark: Bookmark, *, feed_limit: int) -> bytes:
        """A parcel that brings nothing."""
        return self._parcel((), bookmark, feed_limit)

    def parcels(self, entries: list[Entry], bookmark: Bookmark) -> list[bytes]:
        """As a desk sends after a night offline: it asks first, then sends portions that double."""
        parcels, portion = [self.ask(bookmark, feed_limit=0)], FIRST_BYTES
        while entries:
            some = _first(entries, portion)
            parcels.append(self._parcel(some, bookmark, FIRST_ITEMS))
            entries, portion = entries[len(some) :], 2 * portion
        return parcels

    def hear(self, data: bytes) -> tuple[Down, tuple[FeedItem, ...]]:
        """Open an answer."""
        return read_down(open_parcel(read_outside(data), seal=self.seal))

    def _mine(self, body: Body, agency: str, n: int, slip: UUID, people: Population) -> Body:
        if isinstance(body, SlipIssued):
            return msgspec.structs.replace(body, slip=slip, code=self.codes[-1])
        if isinstance(body, SlipConfirmed):
            return msgspec.structs.replace(body, slip=slip)
        if not isinstance(body, DossierAccepted):
            return body
        resolving = self.said.agency if body.resolving_agency == agency else body.resolving_agency
        self.codes.append(f"{resolving}-{body.code.split('-')[-2]}-{self.said.number}{n:03d}")
        return msgspec.structs.replace(
            body,
            client_id=uuid4(),
            code=self.codes[-1],
            applicant=people.anybody(self.chance),
            receiving_agency=self.said.agency,
            resolving_agency=resolving,
            register_line=n,
        )

    def _write(self, deed: Deed, dossier: UUID | None, salt: bytes, after: str | None) -> str:
        entry = write_entry(
            deed.body,
            desk=self.id,
            tip=self.tip,
            time=deed.at,
            offset=0,
            clerk=self.answer.supervisor,
            dossier=dossier,
            after=after,
            salt=salt or self.chance.randbytes(SALT_BYTES),
        )
        signature = sign_head(self.key, entry.head_text) if deed.signed else None
        self.journal.append(Entry(entry.head_text, entry.body_text, entry.salt, signature))
        self.tip = entry.tip
        return entry.hash

    def _parcel(self, entries: tuple[Entry, ...], bookmark: Bookmark, feed_limit: int) -> bytes:
        up = Up(
            certificate=self.answer.desk,
            software=SOFTWARE,
            tip=self.tip,
            unsent=len(entries),
            incarnation=bookmark.incarnation,
            cursor=bookmark.cursor,
            feed_limit=feed_limit,
        )
        header = ParcelHeader(
            id=uuid4(),
            kind="up",
            sender=public(self.key),
            reader=self.province.seal,
            sent=write_instant(datetime.now(UTC)),
        )
        return pack(header, write_lines(up, tuple(carry(entry) for entry in entries)), signer=self.key)


def _first(entries: list[Entry], portion: int) -> tuple[Entry, ...]:
    """Whole deeds of so many bytes in all; at least one."""
    size, end = 0, 0
    for n, entry in enumerate(entries, 1):
        size += len(f"{entry.head_text}{entry.body_text}".encode())
        if size > portion and end:
            break
        end = n if entry.signature is not None else end
    return tuple(entries[:end])
