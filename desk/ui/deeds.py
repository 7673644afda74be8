"""What the screens can ask for: one callable each, bound to store and clerk by the composition root.

Nothing here touches a widget. Every callable runs on a worker (`desk.ui.background`), may raise any `DeskError`, and
returns frozen values only. Which lane it is to run on is said beside it: `write` and `read` touch the store, `print`
may wait for a printer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desk.domain.dossier import Channel, Dossier, FeeLine, Status
from desk.domain.intake import Intake
from desk.domain.people import Party


class Role(StrEnum):
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who may sign in at this desk; without a PIN a one-time code sets one first."""

    id: str
    full_name: str
    role: Role
    has_pin: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A commune (`id` is its five-digit code) or an agency (its identifier), for the finders."""

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper the catalogue asks for, and how many of each."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    obligatory: bool = True


@dataclass(frozen=True, slots=True)
class CaseOffer:
    """One case of a procedure. `id` is None where the procedure has no cases to choose from.

    `counts_pages`: the fee goes by page of the original. `counted`: it goes by what the intake's `count` says, named
    by this word ("signature", "extract" …) under `[counted]` of the translations; None where nothing is counted.
    """

    id: str | None
    name: str
    time_limit: str
    papers: tuple[AskedPaper, ...]
    counts_pages: bool = False
    counted: str | None = None


@dataclass(frozen=True, slots=True)
class ProcedureOffer:
    """A procedure in force today and here, with all that the form needs to ask."""

    code: str
    name: str
    field: str
    cases: tuple[CaseOffer, ...]
    channels: frozenset[Channel]


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


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A slip written down as issued; `issue` 2 and more say on the paper that they are reprints."""

    id: UUID
    code: str
    issue: int


class SlipState(StrEnum):
    """`none`: never issued."""

    NONE = "none"
    QUEUED = "queued"
    SENT = "sent"
    PRINTED = "printed"
    SPOILT = "spoilt"


class SlipOutcome(StrEnum):
    PRINTED = "printed"
    SPOILT = "spoilt"


class Need(StrEnum):
    """Why a dossier floats to the top of the list. In the order of urgency."""

    REFUSED = "refused"
    LATE = "late"
    SLIP = "slip"
    SUPPLEMENT = "supplement"
    DUE_TODAY = "due_today"
    READY = "ready"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True)
class FoundDossier:
    """A line of the list."""

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
    """What the province has said of a dossier so far. `unknown`: it has not answered yet."""

    UNSENT = "unsent"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    APPLIED = "applied"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ProvinceWord:
    """The word, with the field and the reason in both languages where it refuses."""

    word: Word
    field: str | None = None
    vi: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class DossierFile:
    """Everything about one dossier. `slip` is the last one issued."""

    dossier: Dossier
    status: Status
    voided: bool
    history: tuple[Happening, ...]
    province: ProvinceWord
    slip: IssuedSlip | None = None
    slip_state: SlipState = SlipState.NONE


class LampState(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class LampReason(StrEnum):
    """Why not green, the most serious first; `none` when green."""

    NONE = "none"
    REFUSED = "refused"
    DESK_REFUSED = "desk_refused"
    NOT_THE_PROVINCE = "not_the_province"
    OFFLINE = "offline"
    BUSY = "busy"
    SENDING = "sending"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Lamp:
    """Numbers for the lamp; the words are the screen's. `oldest_at` is the oldest thing the province has not got."""

    state: LampState
    reason: LampReason = LampReason.NONE
    unsent_dossiers: int = 0
    unsent_entries: int = 0
    oldest_at: datetime | None = None
    refused: int = 0
    waiting: int = 0
    last_heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Something the province did not take, and why, in both languages."""

    code: str
    field: str | None
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """What stands behind the lamp: a few of each, oldest first."""

    lamp: Lamp
    unsent: tuple[FoundDossier, ...] = ()
    refused: tuple[Refused, ...] = ()
    waiting: tuple[FoundDossier, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """The desk the window stands on: its name for people and its own commune and agency, first in the finders."""

    desk_name: str
    commune: Place
    agency: Place


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works at the desk now."""

    id: str
    full_name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """Every callable the screens need."""

    here: Here
    now: Callable[[], datetime] = field(repr=False)
    """UTC; for "today" and "14 minutes ago". Runs on the screen's thread."""

    # people (write: a try with a PIN is remembered)
    staff: Callable[[], tuple[StaffMember, ...]]  # read
    sign_in: Callable[[str, str], SignedIn]  # staff id, PIN
    set_pin: Callable[[str, str, str], SignedIn]  # staff id, one-time code, new PIN; signs in
    sign_out: Callable[[], None]

    # intake
    find_procedures: Callable[[str], tuple[ProcedureOffer, ...]]  # read; "" gives the ones used most
    find_communes: Callable[[str], tuple[Place, ...]]  # read
    find_agencies: Callable[[str], tuple[Place, ...]]  # read
    read_card: Callable[[str], Party]  # pure, any thread; raises UnreadableCard
    preview: Callable[[Intake], Preview]  # read; the intake may lack a name and papers
    accept: Callable[[Intake], Dossier]  # write
    void: Callable[[str, str], Dossier]  # write; code, reason

    # the half-filled intake, as JSON text (write)
    save_draft: Callable[[str], None]
    load_draft: Callable[[], str | None]  # read
    drop_draft: Callable[[], None]

    # paper
    issue_slip: Callable[[str], IssuedSlip]  # write; code. A second call is a reprint
    send_slip: Callable[[IssuedSlip], str]  # print; gives the printer's name. Raises PrinterTrouble
    confirm_slip: Callable[[IssuedSlip, SlipOutcome], None]  # write

    # looking
    find: Callable[[str], tuple[FoundDossier, ...]]  # read; at most 50
    needs_me: Callable[[], tuple[FoundDossier, ...]]  # read; what waits for somebody, then today's, newest first
    open_dossier: Callable[[str], DossierFile]  # read; code, also a slip's scanned number

    # the line to the province
    lamp: Callable[[], Lamp]  # read
    outbox: Callable[[], Outbox]  # read
    ask_now: Callable[[], None]  # returns at once
