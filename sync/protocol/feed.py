"""What the province tells its desks: one item after another, in order, each replacing the last of its kind and key.

A silence deletes nothing. A deletion is an item with `deleted`, and `data` null.
"""

from typing import Annotated, Literal
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


class Catalogue(Said, frozen=True, kw_only=True):
    """A catalogue of procedures, signed by the province; the key is its version."""

    version: str
    statement: Signed


class Calendar(Said, frozen=True, kw_only=True):
    """The days of three types and the opening hours, signed by the province; the key is `vn`."""

    version: str
    statement: Signed


class Policy(Said, frozen=True, kw_only=True):
    """What a province decides about its desks; the key is `policy`."""

    codes: Literal["desk", "province"] = "desk"
    """Whether a desk's own code is official at once, or provisional until the province numbers it."""
    lookup: str = ""
    """The address a citizen's phone opens; `{code}` stands for the dossier code."""
    keep_months: Annotated[int, msgspec.Meta(ge=1, le=1200)] = 24


class Agency(Said, frozen=True, kw_only=True):
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


class Staff(Said, frozen=True, kw_only=True):
    """Somebody who works at a desk; the key is the id."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    full_name: str
    role: Literal["clerk", "supervisor", "technician"]
    agency: str
    active: bool = True
    pin_code: PinCode | None = None


class Desk(Said, frozen=True, kw_only=True):
    """A desk of the province and its certificate; the key is `desk/epoch`. Siblings verify slips with it."""

    certificate: Signed
    revoked: bool = False


class FeedDossier(Said, frozen=True, kw_only=True):
    """A dossier another desk or the portal took; the key is its id. `dossier` is the body of its acceptance."""

    id: UUID
    desk: UUID | None
    dossier: str
    voided: bool = False


class StatusTold(Said, frozen=True, kw_only=True):
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


class Verdict(Said, frozen=True, kw_only=True):
    """The province's judgement of entries `first` to `last` of one desk's epoch; the key is `desk/epoch/first`.

    A later item over the same entries replaces the judgement. Runs are of `applied` only.
    """

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


class Numbered(Said, frozen=True, kw_only=True):
    """The official code of a dossier that had a provisional one; the key is its id."""

    dossier: UUID
    code: str


KINDS: dict[str, type[Said]] = {
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
}


def write_item(n: int, kind: str, key: str, data: Said | None) -> FeedItem:
    """An item, or with `data` None the word that the last one of this kind and key is gone."""
    text = canonical.write(data) if data is not None else None
    return FeedItem(n=n, kind=kind, key=key, deleted=data is None, data=text)


def read_item(item: FeedItem) -> Said | None:
    """The item's data in its shape; None for a deletion, or for a kind nobody here has heard of.

    Raises Unreadable, also for a newer version of a kind that is known: what was said before it stays in force, for
    those who look at the last word on a thing would not understand this one.
    """
    shape = KINDS.get(item.kind)
    if item.deleted or shape is None:
        return None
    if item.kind_version > 1:
        raise Unreadable(item.kind, f"version {item.kind_version}")
    if item.data is None:
        raise Unreadable(item.kind, "no data")
    return canonical.read(item.data, shape, what=item.kind, limit=DATA_LIMIT)
