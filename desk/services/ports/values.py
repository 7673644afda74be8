"""What deeds hand to screens and commands: frozen facts, never words and never rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desk.domain.dossier import Dossier, FeeLine, Status
from sync.protocol.entry import Tip


class Role(StrEnum):
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who works at the desk now. `agency` is the identifier of the agency that employs them."""

    id: str
    full_name: str
    role: Role
    agency: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who may sign in at this desk; without a PIN a one-time code sets one first."""

    id: str
    full_name: str
    role: Role
    has_pin: bool


@dataclass(frozen=True, slots=True)
class Warned:
    """Something odd that stops nobody. `code` names the sentence under `[warnings]`; `field` is the dotted path."""

    code: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What accepting now would promise. `missing` are the names of obligatory papers not ticked."""

    due_at: datetime | None
    time_limit: str
    fees: tuple[FeeLine, ...]
    warnings: tuple[Warned, ...] = ()
    missing: tuple[str, ...] = ()


class SlipState(StrEnum):
    """`none`: never issued; `queued`: written down, no printer has it yet; `sent`: a printer took it."""

    NONE = "none"
    QUEUED = "queued"
    SENT = "sent"
    PRINTED = "printed"
    SPOILT = "spoilt"


class SlipOutcome(StrEnum):
    PRINTED = "printed"
    SPOILT = "spoilt"


@dataclass(frozen=True, slots=True)
class SlipRecord:
    """A slip as memory has it: the `issue`-th of its dossier, showing `code`. `state` is where the paper stands."""

    id: UUID
    dossier: UUID
    code: str
    issue: int
    form: str
    clerk: str
    issued_at: datetime
    state: SlipState


class Need(StrEnum):
    """Why a dossier floats to the top of the list, in the order of urgency."""

    REFUSED = "refused"
    LATE = "late"
    SLIP = "slip"
    NEW_SLIP = "new_slip"
    SUPPLEMENT = "supplement"
    DUE_TODAY = "due_today"
    READY = "ready"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True)
class FoundDossier:
    """A line of a list. `full_name` is empty once the law had the person erased."""

    code: str
    procedure_name: str
    full_name: str
    received_at: datetime
    due_at: datetime | None
    status: Status
    voided: bool = False
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of a dossier's history. `what` names a sentence under `[history]`; `detail` is what somebody wrote."""

    at: datetime
    what: str
    by: str
    detail: str = ""


class Word(StrEnum):
    """What the province has said of a dossier so far. `unknown`: it holds the entries and has not judged them yet."""

    UNSENT = "unsent"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    APPLIED = "applied"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ProvinceWord:
    """The word, with the field and the reason in both languages where it refuses; `since` is the entry's own time."""

    word: Word
    field: str | None = None
    vi: str = ""
    en: str = ""
    since: datetime | None = None


class Recipient(StrEnum):
    """Into whose hands a result was given."""

    APPLICANT = "applicant"
    OWNER = "owner"
    AUTHORISED = "authorised"
    POST = "post"


@dataclass(frozen=True, slots=True)
class HandOver:
    """A result given out at this desk. `full_name` is empty once the law had the person erased."""

    at: datetime
    to: Recipient
    full_name: str
    personal_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScannedDossier:
    """What a slip led to: a dossier that was there, or one that is now, `recovered` from this very slip."""

    id: UUID
    code: str
    full_name: str
    recovered: bool


@dataclass(frozen=True, slots=True)
class Corrected:
    """The dossier as it now reads; `slip_changed` where the paper the person holds says something else."""

    dossier: Dossier
    slip_changed: bool


@dataclass(frozen=True, slots=True)
class DeskHand:
    """A key some desk signs with, or did: `number` is the desk number it was certified with."""

    number: int | None
    key: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class ClockConfirmation:
    """What a clock showed when somebody vouched for it, and its offset from the province then, if known.

    `held`: the province has the word of it, so clocks were compared since; no clock could say so.
    """

    shown: datetime
    offset: timedelta | None
    held: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the province wants a person to see to; `code` is its dossier's, "" without one."""

    id: str
    matter: str
    at: datetime
    vi: str
    en: str
    code: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True)
class DossierState:
    """A dossier with the province's word laid over it. `mine`: taken here; `own_code` is what its desk wrote first.

    `returned`: this very desk took it, on a line of its journal that is not here (a restore, a twin machine).
    """

    dossier: Dossier
    mine: bool
    own_code: str
    status: Status
    voided: bool
    recovered: bool = False
    erased: bool = False
    returned: bool = False
    told: Happening | None = None
    """The last status the province told, if it told one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file laid to a dossier of this desk. `held_at` is when the province had it, by the province's clock."""

    id: UUID
    dossier: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    key: str
    blob: str
    sealed_size: int
    added_at: datetime
    held_at: datetime | None


@dataclass(frozen=True, slots=True)
class DossierFile:
    """Everything about one dossier. `slip` is the last one issued."""

    dossier: Dossier
    status: Status
    voided: bool
    history: tuple[Happening, ...]
    province: ProvinceWord
    slip: SlipRecord | None = None
    slip_state: SlipState = SlipState.NONE
    mine: bool = True
    recovered: bool = False
    hand_overs: tuple[HandOver, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    repairable: bool = False
    """The province refuses it, and this desk can say it again as it should have been."""

    @property
    def new_slip_due(self) -> bool:
        """The person holds a slip with a code that is not in force any more."""
        return self.slip is not None and not self.voided and self.slip.code != self.dossier.code


@dataclass(frozen=True, slots=True)
class Refused:
    """Something the province did not take, and why, in both languages. `code` is the dossier's, "" without one."""

    code: str
    kind: str
    field: str | None
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An item of the feed that was not taken; `reason` names a problem and its facts, never a person's data."""

    kind: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Buddy:
    """Where the buddy copy lies (None: switched off), when it was last up to date, and since when it could not be.

    `shared` is a folder whose parcels of other desks this one brings to the province. `trouble` is a word of
    `[reasons]`.
    """

    folder: str | None = None
    shared: str | None = None
    done_at: datetime | None = None
    trouble: str | None = None
    since: datetime | None = None


class EpochReason(StrEnum):
    """Why a new epoch began."""

    ENROLLED = "enrolled"
    RESTORED = "restored"
    MOVED = "moved"
    FORKED = "forked"


class LampState(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class LampReason(StrEnum):
    """Why not green, the most serious first; `none` when green."""

    NONE = "none"
    DISK_FULL = "disk_full"
    REFUSED = "refused"
    DESK_REFUSED = "desk_refused"
    FORKED = "forked"
    """Another machine writes under this desk's name."""
    CLOCK = "clock"
    """This computer's clock is so wrong that certificates look expired, or not yet begun."""
    STORE = "store"
    """Our own side failed while sending."""
    STUCK = "stuck"
    """The province answers and takes nothing."""
    BODIES = "bodies"
    """All heads are held; somebody on the way refuses what belongs to some of them."""
    ASKING = "asking"
    """Sent, and no answer: the province is asked what it holds."""
    NOT_THE_PROVINCE = "not_the_province"
    OFFLINE = "offline"
    BUSY = "busy"
    SENDING = "sending"
    WAITING = "waiting"
    FILES = "files"
    BUDDY = "buddy"


@dataclass(frozen=True, slots=True)
class Lamp:
    """Numbers for the lamp; the words are the screen's. `oldest_at` is the oldest thing the province does not hold."""

    state: LampState
    reason: LampReason = LampReason.NONE
    unsent_dossiers: int = 0
    unsent_entries: int = 0
    oldest_at: datetime | None = None
    refused: int = 0
    waiting: int = 0
    last_heard_at: datetime | None = None
    notices: int = 0
    unnumbered: EpochReason | None = None
    """Why the epoch began that has no desk number yet; None while there is one."""
    """What the province wants a person to see to and nobody here has yet."""
    files: int = 0
    """Files of dossiers that the province does not have yet."""
    buddy_trouble_since: datetime | None = None
    """Since when the buddy copy could not be kept up."""

    def oldest_minutes(self, now: datetime) -> int:
        """Whole minutes the oldest unsent entry has waited; 0 when nothing waits."""
        return max(int((now - self.oldest_at).total_seconds() // 60), 0) if self.oldest_at else 0


@dataclass(frozen=True, slots=True)
class Outbox:
    """What stands behind the lamp: a few of each, oldest first."""

    lamp: Lamp
    unsent: tuple[FoundDossier, ...] = ()
    refused: tuple[Refused, ...] = ()
    waiting: tuple[FoundDossier, ...] = ()
    waiting_elsewhere: int = 0
    """Entries about dossiers this desk knows from a slip only; they wait for another desk's."""


@dataclass(frozen=True, slots=True)
class EpochFacts:
    """An epoch of this journal: behind which head it began, and which foreign head was met, where that is why."""

    epoch: int
    reason: EpochReason
    opened_at: datetime
    parent: Tip | None
    met: Tip | None


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """The end of a line of this desk's journal that another machine wrote, or this one and then forgot."""

    tip: Tip
    met_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the journal, or of the `mirror` the feed, makes of it."""

    table: str
    key: str
    mirror: bool = False
