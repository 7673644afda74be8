"""A dossier as it was taken in: what the slip prints and the journal keeps."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from desk.domain.people import Party


class Channel(StrEnum):
    """How a dossier reaches a counter. What comes online arrives by the feed and never passes an intake."""

    DIRECT = "direct"
    POST = "post"


class ReturnBy(StrEnum):
    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


class Status(IntEnum):
    """The ten statuses of the national portal by number; their labels are in `resources/translations`."""

    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    HANDED_OVER = 10


@dataclass(frozen=True, slots=True)
class Requirement:
    """A paper handed in: how many originals, certified copies and plain copies.

    `pages` counts the pages of the original where copies of it are to be certified (the fee is by page); 0
    where nobody counted.
    """

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    pages: int = 0


class FeeKind(StrEnum):
    """Two legal kinds, two receipts: phí (for a service) and lệ phí (for a document of the state)."""

    FEE = "fee"
    CHARGE = "charge"


class Payment(StrEnum):
    CASH = "cash"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """`count` times `amount` đồng; `paid` is None until the money is there."""

    name: str
    kind: FeeKind
    amount: int
    count: int = 1
    paid: Payment | None = None

    @property
    def total(self) -> int:
        return self.amount * self.count


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Where a dossier stands in the paper book, written there first because the desk was down."""

    book: str
    number: str

    def __str__(self) -> str:
        return f"{self.book}/{self.number}" if self.book else self.number


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was promised to a person at the moment of acceptance; entries tell what happens later.

    The procedure's name, the time limit in words and the versions are kept as they were *then*: a slip printed
    again next year says what the first one said. Instants are UTC, in whole seconds.
    """

    id: UUID
    client_id: UUID
    code: str
    provisional: bool
    procedure: str
    procedure_name: str
    procedure_version: str
    catalogue_version: str
    case: str | None
    channel: Channel
    received_at: datetime
    due_at: datetime | None
    time_limit: str
    applicant: Party
    owner: Party | None
    requirements: tuple[Requirement, ...]
    fees: tuple[FeeLine, ...]
    receiving_agency: str
    resolving_agency: str
    return_by: ReturnBy
    note: str
    register_book: str
    register_line: int
    paper: PaperPlace | None = None

    @property
    def fee(self) -> int:
        """All lines together, in đồng."""
        return sum(line.total for line in self.fees)

    @property
    def for_whom(self) -> Party:
        """The person the dossier is for: its owner where that is somebody else, otherwise who brought it."""
        return self.owner or self.applicant
