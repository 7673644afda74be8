"""What deeds ask of memory. `desk.store` answers; nothing here knows that there is SQL.

A deed opens a `Work`, says what happened, and commits aloud: leaving without `commit()` undoes everything. A
question opens a `Reading`, one consistent look that writes nothing and never waits for a writer.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desk.domain.agencies import Agency
from desk.domain.calendar import WorkingCalendar
from desk.domain.catalogue import Catalogue
from desk.domain.dossier import PaperPlace
from desk.services.ports.values import (
    Attachment,
    Buddy,
    Clerk,
    ClockConfirmation,
    DeskHand,
    Difference,
    DossierState,
    EpochFacts,
    EpochReason,
    ForeignLine,
    FoundDossier,
    HandOver,
    Notice,
    ProvinceWord,
    Refused,
    SetAside,
    SlipRecord,
    SlipState,
)
from sync.protocol.entry import Body, Entry, Tip
from sync.protocol.feed import Policy, Staff
from sync.protocol.signing import Signed

T = TypeVar("T")

Clock = Callable[[], datetime]
"""Now, in UTC."""
NewId = Callable[[], UUID]


@dataclass(frozen=True)
class DeskFacts:
    """Who this desk is. `number` is None while the epoch has none; `first_supervisor` may set a PIN without a code.

    `opening` is the hash of the epoch's first head, which no two lines share; "" before it is written.
    """

    desk: UUID
    agency: str
    epoch: int
    opening: str
    number: int | None
    url: str
    root: str
    province: Signed
    first_supervisor: str


@dataclass(frozen=True)
class NewDesk:
    """All that enrolment brings home."""

    desk: UUID
    key: Ed25519PrivateKey
    seal: X25519PrivateKey
    url: str
    root: str
    province: Signed
    certificate: Signed
    first_supervisor: str


@dataclass(frozen=True)
class PinRecord:
    """A person's PIN at this desk. `proof` is its Argon2id hash; `failed` tries in a row, none before `wait_until`.

    `code_used` is the hash of the one-time code last spent, so that the feed cannot make it good again.
    """

    clerk: str
    proof: str | None
    failed: int = 0
    wait_until: datetime | None = None
    code_used: str | None = None


class Journal(Protocol):
    """The desk's own journal."""

    def last_at(self) -> datetime | None:
        """The time of the last entry by the desk's clock then, coming and going of people aside."""
        ...

    def tip(self) -> Tip: ...

    def about(self, dossier: UUID) -> tuple[Entry, ...]:
        """Every entry of a dossier, in order."""
        ...

    def entries(self) -> Iterator[Entry]:
        """All of them, in order, without holding them in memory."""
        ...

    def certificates(self) -> tuple[Signed, ...]:
        """The desk's certificates in the order of their epochs; one that began out of reach may have none."""
        ...

    def held(self) -> dict[int, Tip]:
        """Per epoch, the last head the province holds."""
        ...

    def is_judged(self) -> bool:
        """Whether the province has said what becomes of the last entry of every epoch, and so of those before it."""
        ...

    def unsent(self) -> tuple[int, int, datetime | None]:
        """Entries and dossiers the province does not hold, and the time of the oldest such entry."""
        ...


class WritableJournal(Journal, Protocol):
    def append(self, body: Body, *, at: datetime, clerk: str | None, dossier: UUID | None = None) -> None:
        """Say that something happened. It is written, with all that follows from it, by the work's `commit()`."""
        ...

    def open_epoch(self, reason: EpochReason, *, at: datetime, software: str, met: Tip | None = None) -> int:
        """Begin a new epoch, alone in its work; it has no desk number yet. Raises EpochsSpent."""
        ...


class Dossiers(Protocol):
    """The dossiers of this desk and, from the feed, of its siblings; the province's word laid over them."""

    def taken_as(self, client_id: UUID) -> str | None:
        """The code an intake with this id was taken as."""
        ...

    def by_code(self, code: str) -> DossierState:
        """By the code in force or by any earlier one. Raises NotFound."""
        ...

    def by_id(self, id: UUID) -> DossierState:
        """Raises NotFound."""
        ...

    def by_paper(self, place: PaperPlace) -> str | None:
        """The code of what was taken from that place of the paper book, here or at another desk."""
        ...

    def hand_overs(self, id: UUID) -> tuple[HandOver, ...]:
        """Results given out at this desk, oldest first."""
        ...

    def refused_entry(self, id: UUID) -> tuple[str, ProvinceWord] | None:
        """The newest entry of this desk about the dossier that the province refuses, by its hash, and why."""
        ...

    def word(self, id: UUID) -> ProvinceWord:
        """What the province has said of a dossier of this desk."""
        ...

    def find(self, words: str, limit: int) -> tuple[FoundDossier, ...]:
        """Newest first; those that match with the accents as typed before those that match without."""
        ...

    def needing(self, now: datetime, day_starts: datetime, limit: int) -> tuple[FoundDossier, ...]:
        """What waits for somebody, in the order of `Need`, then what was received since `day_starts`, newest first."""
        ...

    def used_most(self, since: datetime, limit: int) -> tuple[str, ...]:
        """Codes of the procedures most dossiers were taken for since then."""
        ...

    def unsent(self, limit: int) -> tuple[FoundDossier, ...]:
        """Those with an entry the province does not hold, oldest first."""
        ...

    def waiting(self, limit: int) -> tuple[FoundDossier, ...]:
        """Those with an entry the province cannot judge yet, oldest first."""
        ...

    def judged(self, verdict: str, limit: int) -> tuple[Refused, ...]:
        """Entries the province judged so ("refused", "waiting"), oldest first."""
        ...

    def count_judged(self, verdict: str) -> int: ...


class Attachments(Protocol):
    """Files laid to dossiers of this desk, in the order they came."""

    def of(self, dossier: UUID) -> tuple[Attachment, ...]: ...

    def on_the_way(self) -> tuple[Attachment, ...]:
        """Those the province has not confirmed."""
        ...

    def count_on_the_way(self) -> int: ...

    def held_before(self, moment: datetime) -> tuple[Attachment, ...]:
        """Those the province confirmed before that moment of its own clock."""
        ...

    def all(self) -> tuple[Attachment, ...]: ...


class KnownBuddy(Protocol):
    """Where the buddy copy lies, and how it fares."""

    def get(self) -> Buddy: ...


class WritableBuddy(KnownBuddy, Protocol):
    def keep(self, buddy: Buddy) -> None: ...


class Slips(Protocol):
    def last_of(self, dossier: UUID) -> SlipRecord | None: ...

    def get(self, id: UUID) -> SlipRecord:
        """Raises NotFound."""
        ...


class WritableSlips(Slips, Protocol):
    def mark(self, id: UUID, state: SlipState, at: datetime) -> None:
        """How far the paper got; only this desk cares, so it is no entry."""
        ...


class People(Protocol):
    """Staff, as the feed tells, and the PINs they set at this desk."""

    def staff(self) -> tuple[Staff, ...]:
        """Everybody the province named and did not take back, by name."""
        ...

    def member(self, id: str) -> Staff | None: ...

    def pin(self, clerk: str) -> PinRecord: ...

    def any_pin(self) -> bool:
        """Whether anybody has ever set a PIN here."""
        ...


class WritablePeople(People, Protocol):
    def keep_pin(self, record: PinRecord) -> None: ...


class Drafts(Protocol):
    """Half-filled forms, one a person, as JSON text."""

    def load(self, clerk: str) -> str | None: ...

    def all(self) -> tuple[tuple[str, datetime], ...]:
        """Whose draft, and when it was kept."""
        ...


class WritableDrafts(Drafts, Protocol):
    def save(self, clerk: str, draft: str, at: datetime) -> None: ...

    def drop(self, clerk: str) -> None: ...


class Reference(Protocol):
    """What the province publishes, as last heard. Parsed once a version."""

    def catalogue(self, version: str | None = None) -> Catalogue:
        """The newest, or that very version. Raises NotFound while none was heard."""
        ...

    def calendar(self) -> WorkingCalendar:
        """Raises NotFound while none was heard."""
        ...

    def policy(self) -> Policy: ...

    def agency(self, id: str) -> Agency:
        """Raises UnknownAgency."""
        ...

    def agencies(self) -> tuple[Agency, ...]:
        """All of the province, by identifier."""
        ...

    def desk_hands(self) -> tuple[DeskHand, ...]:
        """The hands every desk of the province ever signed with."""
        ...


class Contact(Protocol):
    def last_heard_at(self) -> datetime | None:
        """When the province last answered, by this desk's clock."""
        ...

    def offset(self) -> timedelta | None:
        """What led from this desk's clock to the province's when they were last compared."""
        ...

    def clock_confirmed(self) -> ClockConfirmation | None:
        """The last time somebody vouched for a doubtful clock."""
        ...

    def set_aside(self) -> tuple[SetAside, ...]:
        """What the province said and this desk could not believe or read; the former item stays in force."""
        ...


class Notices(Protocol):
    """What the province wants a person to see to."""

    def unseen(self, limit: int) -> tuple[Notice, ...]:
        """Those nobody has taken note of, oldest first."""
        ...

    def count_unseen(self) -> int: ...

    def get(self, id: str) -> Notice:
        """Raises NotFound."""
        ...


class Identity(Protocol):
    def desk(self) -> DeskFacts:
        """Raises NotEnrolled."""
        ...

    def addresses(self) -> tuple[str, ...]:
        """Where the province was ever said to be reached, the one in force first."""
        ...

    def provinces(self) -> tuple[Signed, ...]:
        """Every certificate of the province proven so far, the newest last."""
        ...


class Epochs(Protocol):
    """The epochs of this journal, and lines of it that were written elsewhere."""

    def current(self) -> EpochFacts | None:
        """None before the first entry."""
        ...

    def foreign_lines(self) -> tuple[ForeignLine, ...]:
        """Those met first come first."""
        ...

    def machine(self) -> dict[str, str]:
        """What the machine was known by when last looked: hashes by feature."""
        ...


class WritableEpochs(Epochs, Protocol):
    def keep_machine(self, features: dict[str, str]) -> None: ...

    def forget_machine(self) -> None: ...

    def keep_spoken_number(self, number: int, at: datetime) -> None:
        """For the epoch in force, until its certificate comes."""
        ...

    def remember_foreign(self, tips: Iterable[Tip], at: datetime) -> None:
        """All foreign lines of the epochs they are in, as last told."""
        ...


class WritableIdentity(Identity, Protocol):
    """The keys themselves stay in memory."""

    def sign_slip(self, write: Callable[[Ed25519PrivateKey], str]) -> str:
        """Lend the desk's key to `write`, once."""
        ...

    def unseal(self, read: Callable[[X25519PrivateKey], T]) -> T:
        """Lend the desk's sealing key to `read`, once."""
        ...

    def learn_address(self, url: str) -> None:
        """The province is asked there first from now on."""
        ...

    def establish(self, desk: NewDesk) -> None:
        """Become this desk. Raises NotAllowedNow where there is one already."""
        ...


class Reading(Protocol):
    """One consistent look at memory."""

    @property
    def journal(self) -> Journal: ...
    @property
    def dossiers(self) -> Dossiers: ...
    @property
    def slips(self) -> Slips: ...
    @property
    def buddy(self) -> KnownBuddy: ...
    @property
    def attachments(self) -> Attachments: ...
    @property
    def people(self) -> People: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def contact(self) -> Contact: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def identity(self) -> Identity: ...
    @property
    def epochs(self) -> Epochs: ...

    @property
    def disk_is_full(self) -> bool:
        """The space kept for a full disk was given up, or there was no room to keep any."""
        ...

    def differences(self) -> Iterator[Difference]:
        """Own rows that are not what the journal makes of them, and rows of the mirror, of the feed."""
        ...

    def erased(self) -> dict[tuple[int, int], str]:
        """By (epoch, sequence) of an entry whose body was erased, the commitment its erasing entry names."""
        ...


class Work(Protocol):
    """One deed. The counter goes before sync; two deeds never overlap."""

    @property
    def journal(self) -> WritableJournal: ...
    @property
    def dossiers(self) -> Dossiers: ...
    @property
    def slips(self) -> WritableSlips: ...
    @property
    def buddy(self) -> WritableBuddy: ...
    @property
    def attachments(self) -> Attachments: ...
    @property
    def people(self) -> WritablePeople: ...
    @property
    def drafts(self) -> WritableDrafts: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def contact(self) -> Contact: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def identity(self) -> WritableIdentity: ...
    @property
    def epochs(self) -> WritableEpochs: ...

    def count(self, series: str) -> int:
        """The next number of a series of this epoch: 1, 2, 3 …; never given twice, never reset."""
        ...

    def commit(self) -> None:
        """Write the entries, all that follows from them, and everything else said here, or nothing of it."""
        ...


OpenWork = Callable[[], AbstractContextManager[Work]]
OpenReading = Callable[[], AbstractContextManager[Reading]]

__all__ = ["Clerk", "Clock", "NewId", "OpenReading", "OpenWork", "Reading", "Work"]
