"""What the province tells its desks: one item after another, in order, each replacing the last of its kind and key.

A silence deletes nothing. A deletion is an item with `deleted`, and `data` null.
"""

from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

import msgspec

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.certificates import Epoch
from sync.protocol.entry import Sequence
from sync.protocol.instant import InstantText
from sync.protocol.problems import Unreadable
from sync.protocol.signing import Digest, Signed

CATALOGUE = "commune-desk/catalogue/1"
CALENDAR = "commune-desk/calendar/1"
DATA_LIMIT = 8 * 1024 * 1024


class FeedItem(Said, frozen=True, kw_only=True):
    """One item as it travels and as the desk keeps it; `data` is the canonical text of the kind's shape."""

    n: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
    kind_version: Annotated[int, msgspec.Meta(ge=1, le=255)] = 1
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    deleted: bool = False
    data: str | None


class Told(Said, frozen=True, kw_only=True):
    """Base of the shapes of `data`. When fields change, VERSION goes up and `older` reads what was written before."""

    VERSION: ClassVar[int] = 1

    @classmethod
    def older(cls, version: int, text: str) -> Self:
        """Read an earlier version as this one. A kind with a second version says how."""
        raise Unreadable(cls.__name__, f"version {version} was never written")


class Catalogue(Told, frozen=True, kw_only=True):
    """A catalogue of procedures, signed by the province; the key is its version."""

    version: str
    statement: Signed


class Calendar(Told, frozen=True, kw_only=True):
    """The days of three types and the opening hours, signed by the province; the key is `vn`."""

    version: str
    statement: Signed


class PolicyV1(Said, frozen=True, kw_only=True):
    """Before files travelled."""

    codes: Literal["desk", "province"] = "desk"
    lookup: str = ""
    keep_months: Annotated[int, msgspec.Meta(ge=1, le=1200)] = 24


class Policy(Told, frozen=True, kw_only=True):
    """What a province decides about its desks; the key is `policy`."""

    VERSION: ClassVar[int] = 2

    codes: Literal["desk", "province"] = "desk"
    """Whether a desk's own code is official at once, or provisional until the province numbers it."""
    lookup: str = ""
    """The address a citizen's phone opens; `{code}` stands for the dossier code."""
    keep_months: Annotated[int, msgspec.Meta(ge=1, le=1200)] = 24
    keep_file_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 14
    """A file leaves the desk so many days after the province confirmed it."""

    @classmethod
    def older(cls, version: int, text: str) -> Self:
        first = canonical.read(text, PolicyV1, what="policy", limit=DATA_LIMIT)
        return cls(codes=first.codes, lookup=first.lookup, keep_months=first.keep_months)


class Agency(Told, frozen=True, kw_only=True):
    """An agency that receives or resolves; the key is its id."""

    id: str
    name: str
    parent_name: str = ""
    """The body above it, printed over the name."""
    place: str = ""
    """As in "Vũ Ninh, ngày …"."""
    commune: str | None = None
    address: str = ""
    hotline: str = ""


class PinCode(Said, frozen=True, kw_only=True):
    """A one-time code to set a PIN with, as scrypt (n=2**14, r=8, p=1, 32 bytes) of the code's letters and digits."""

    salt: str
    hash: str


class Staff(Told, frozen=True, kw_only=True):
    """Somebody who works at a desk; the key is the id."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    full_name: str
    role: Literal["clerk", "supervisor", "technician"]
    agency: str
    active: bool = True
    pin_code: PinCode | None = None


class Desk(Told, frozen=True, kw_only=True):
    """A desk of the province and its certificate; the key is `desk/epoch`. Siblings verify slips with it."""

    certificate: Signed
    revoked: bool = False


class FeedDossierV1(Said, frozen=True, kw_only=True):
    """When there was one version of acceptances, and no desk added to what another had begun."""

    id: UUID
    desk: UUID | None
    dossier: str
    voided: bool = False


class FeedDossier(Told, frozen=True, kw_only=True):
    """A dossier another desk or the portal took; the key is its id."""

    VERSION: ClassVar[int] = 2

    id: UUID
    desk: UUID | None
    version: Annotated[int, msgspec.Meta(ge=1, le=255)]
    dossier: str
    """The body of its acceptance, of that version, as `entries.dossier_accepted.read_acceptance` reads it."""
    last: Digest | None = None
    """The newest entry about it that the province judged: what another desk's entry comes after."""
    voided: bool = False

    @classmethod
    def older(cls, version: int, text: str) -> Self:
        first = canonical.read(text, FeedDossierV1, what="dossier", limit=DATA_LIMIT)
        return cls(id=first.id, desk=first.desk, version=1, dossier=first.dossier, last=None, voided=first.voided)


class StatusTold(Told, frozen=True, kw_only=True):
    """Where a dossier stands, by the national ten; the key is its id."""

    dossier: UUID
    code: str
    status: Annotated[int, msgspec.Meta(ge=1, le=10)]
    at: InstantText
    by: str
    note: str = ""
    due_at: InstantText | None = None


class Reason(Said, frozen=True, kw_only=True):
    """In both languages."""

    vi: str
    en: str


class VerdictV1(Said, frozen=True, kw_only=True):
    """When a journal had one line only."""

    desk: UUID
    epoch: Epoch
    first: Sequence
    last: Sequence
    verdict: Literal["applied", "waiting", "refused"]
    entry: Digest | None = None
    dossier: UUID | None = None
    field: str | None = None
    reason: Reason | None = None


class Verdict(Told, frozen=True, kw_only=True):
    """The province's judgement of entries `first` to `last` of one desk's epoch.

    The key is `desk/epoch/first`, and `desk/epoch/first/head` where the journal forked before: `head` is the first
    head of that line. A later item over the same entries replaces the judgement. Runs are of `applied` only.
    """

    VERSION: ClassVar[int] = 2

    desk: UUID
    epoch: Epoch
    first: Sequence
    last: Sequence
    verdict: Literal["applied", "waiting", "refused"]
    entry: Digest | None = None
    """The entry's hash, where it is a single one."""
    dossier: UUID | None = None
    field: str | None = None
    reason: Reason | None = None
    end: Digest | None = None
    """The hash of entry `last`: a desk takes only judgements of what it wrote. None in version 1."""

    @classmethod
    def older(cls, version: int, text: str) -> Self:
        first = canonical.read(text, VerdictV1, what="verdict", limit=DATA_LIMIT)
        return cls(**{name: getattr(first, name) for name in VerdictV1.__struct_fields__})


class Numbered(Told, frozen=True, kw_only=True):
    """The official code of a dossier that had a provisional one; the key is its id."""

    dossier: UUID
    code: str


class Address(Told, frozen=True, kw_only=True):
    """Where the province is reached from now on; the key is `address`. The way there before stays a second choice."""

    url: Annotated[str, msgspec.Meta(max_length=500)]


class Notice(Told, frozen=True, kw_only=True):
    """Something a person has to see to; the key is its id. Whoever took note says so with `notice_seen`."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    matter: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
    """`handed_over_twice`, `forked`, `second_code`, … A desk that does not know the word shows the text."""
    desk: UUID | None
    dossier: UUID | None
    at: InstantText
    text: Reason
    seen: bool = False


class AttachmentHeld(Told, frozen=True, kw_only=True):
    """The province has a file, opened it and found the hash its entry lists; the key is the attachment's id."""

    attachment: UUID
    dossier: UUID
    at: InstantText


KINDS: dict[str, type[Told]] = {
    "policy": Policy,
    "agency": Agency,
    "calendar": Calendar,
    "catalogue": Catalogue,
    "staff": Staff,
    "desk": Desk,
    "dossier": FeedDossier,
    "status": StatusTold,
    "verdict": Verdict,
    "numbered": Numbered,
    "address": Address,
    "notice": Notice,
    "attachment": AttachmentHeld,
}


def write_item(n: int, kind: str, key: str, data: Told | None) -> FeedItem:
    """An item, or with `data` None the word that the last one of this kind and key is gone."""
    text = canonical.write(data) if data is not None else None
    version = data.VERSION if data is not None else 1
    return FeedItem(n=n, kind=kind, kind_version=version, key=key, deleted=data is None, data=text)


def read_item(item: FeedItem) -> Told | None:
    """The item's data in its newest shape; None for a deletion, or for a kind nobody here has heard of.

    Raises Unreadable, also for a newer version of a kind that is known: what was said before it stays in force, for
    those who look at the last word on a thing would not understand this one.
    """
    shape = KINDS.get(item.kind)
    if item.deleted or shape is None:
        return None
    if item.kind_version > shape.VERSION:
        raise Unreadable(item.kind, f"version {item.kind_version}")
    if item.data is None:
        raise Unreadable(item.kind, "no data")
    if item.kind_version < shape.VERSION:
        return shape.older(item.kind_version, item.data)
    return canonical.read(item.data, shape, what=item.kind, limit=DATA_LIMIT)
