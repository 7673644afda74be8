"""A dossier was taken in: everything the counter said and promised, complete in itself.

The names follow the in-shape of `desk accept`; what the desk decided stands beside it.
"""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.entry import BODY_LIMIT, Body
from sync.protocol.instant import InstantText
from sync.protocol.problems import Unreadable

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Line = Annotated[str, msgspec.Meta(max_length=500)]
Note = Annotated[str, msgspec.Meta(max_length=2000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Dong = Annotated[int, msgspec.Meta(ge=0, le=10**12)]


class SaidAddress(Said, frozen=True, kw_only=True):
    """A commune by its five-digit code where it is known, and the rest as written."""

    commune: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{5}\Z")] | None
    detail: Line


class SaidParty(Said, frozen=True, kw_only=True):
    """A person or body; `date_of_birth` is a day or, for many old people, a year."""

    kind: Literal["citizen", "business", "agency", "other"]
    full_name: Name
    personal_id: Line | None
    date_of_birth: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-[0-9][0-9]-[0-9][0-9])?\Z")] | None
    sex: Literal["male", "female"] | None
    phone: Line | None
    email: Line | None
    address: SaidAddress | None


class SaidRequirement(Said, frozen=True, kw_only=True):
    """A paper that was handed in, by kind of copy; `pages` of the original, where the fee goes by the page."""

    name: Name
    originals: Count
    certified: Count
    copies: Count
    pages: Count = 0


class SaidFee(Said, frozen=True, kw_only=True):
    """A fee (phí) or charge (lệ phí) in đồng: `amount` each, `count` of them."""

    name: Name
    kind: Literal["fee", "charge"]
    amount: Dong
    count: Count
    paid: Literal["cash", "transfer"] | None


class SaidPaper(Said, frozen=True, kw_only=True):
    """A dossier first written into the paper book, because the desk was down: its place there."""

    book: Line
    number: Name


class _Acceptance(Body, frozen=True, kw_only=True):
    """What every version says."""

    KIND: ClassVar[str] = "dossier_accepted"

    client_id: UUID
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    provisional: bool
    procedure: Name
    procedure_name: Name
    procedure_version: Line
    case: Line | None
    catalogue: Line
    """The version of the catalogue the dossier was taken under, and stays under."""
    channel: Literal["direct", "post"]
    received_at: InstantText
    due_at: InstantText | None
    time_limit: Line
    """The limit in the catalogue's own words, as printed."""
    applicant: SaidParty
    owner: SaidParty | None
    requirements: Annotated[tuple[SaidRequirement, ...], msgspec.Meta(max_length=200)]
    fees: Annotated[tuple[SaidFee, ...], msgspec.Meta(max_length=50)]
    receiving_agency: Name
    resolving_agency: Name
    return_by: Literal["counter", "post", "online"]
    note: Note
    register_book: Line
    register_line: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    recovered: bool = False
    """Re-created from a slip, its first record lost; merged when the original turns up."""


class DossierAcceptedV1(_Acceptance, frozen=True, kw_only=True):
    """As first written: no paper book, and a recovery without its proof."""


class DossierAccepted(_Acceptance, frozen=True, kw_only=True):
    """The promise made to the applicant. The dossier's id is the head's `dossier`."""

    VERSION: ClassVar[int] = 2

    paper: SaidPaper | None = None
    """Where it stands in the paper book; `received_at` is then the hour written there, before the entry's own."""
    proof: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,640}\Z")] | None = None
    """For a recovered one the number scanned from its slip, signed by the desk that gave it out."""

    @classmethod
    def older(cls, version: int, text: str) -> "DossierAccepted":
        first = canonical.read(text, DossierAcceptedV1, what=cls.KIND, limit=BODY_LIMIT)
        return cls(**{name: getattr(first, name) for name in DossierAcceptedV1.__struct_fields__})


def read_acceptance(version: int, text: str) -> DossierAccepted:
    """A body that travels outside its entry, in the feed. Raises Unreadable."""
    if version == DossierAccepted.VERSION:
        return canonical.read(text, DossierAccepted, what=DossierAccepted.KIND, limit=BODY_LIMIT)
    if version > DossierAccepted.VERSION:
        raise Unreadable(DossierAccepted.KIND, f"version {version}")
    return DossierAccepted.older(version, text)
