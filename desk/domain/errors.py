"""Everything that can go wrong in a way a clerk, a supervisor or a technician should hear about.

The families say what the reader should do next.

    DeskError
    ├── RuleBroken                  put it right and try again; nothing was written
    │   ├── Malformed
    │   ├── MissingName
    │   ├── UnknownProcedure
    │   ├── NotValidThatDay
    │   ├── NotInThatArea
    │   ├── UnknownCase
    │   ├── ChannelNotOffered
    │   ├── UnknownAgency
    │   ├── DuplicateClientId
    │   ├── DuplicatePaper
    │   ├── UnreadableCard
    │   ├── UnreadableSlip
    │   ├── SlipMeetsAnother
    │   ├── CodeSpent
    │   ├── ClockDoubted
    │   │   ├── ClockBehind
    │   │   ├── ClockUnset
    │   │   └── ClockOff
    │   ├── FileTooLarge
    │   ├── NotAllowedNow
    │   ├── UnknownClerk
    │   ├── NoPinYet
    │   ├── WrongPin
    │   ├── WrongOneTimeCode
    │   ├── WrongSpokenNumber
    │   ├── NotSignedIn
    │   └── RoleMissing
    ├── NotFound                    look elsewhere
    ├── StoreTrouble                call the technician; what is on the disk is left as it is
    │   ├── DiskFull
    │   │   └── ReserveGivenUp
    │   ├── StoreLocked
    │   ├── WrongPassphrase
    │   ├── PassphraseMissing
    │   ├── BackupLocked
    │   ├── StoreKeyMissing
    │   ├── KeyDamaged
    │   ├── NoKeystore
    │   ├── StoreTooNew
    │   ├── StoreReadOnly
    │   ├── WrongKey
    │   ├── StoreDamaged
    │   ├── NotEnrolled
    │   ├── EpochsSpent
    │   ├── AlreadyEnrolled
    │   └── AnotherWindow
    ├── DeviceTrouble               look at the device; the dossier is safe
    │   ├── FileTrouble
    │   ├── BackupFailed
    │   ├── BackupUnreadable
    │   └── PrinterTrouble
    └── ProvinceTrouble             wait; the desk goes on without it
        └── DocumentRefused         (what a line can do to sync is in `sync/troubles.py`)

An error carries facts and no sentence: `resources/translations` has the sentences, named after the classes. A
fact is never a person's data (no name, number, address or phone), because facts reach the log.
"""

from dataclasses import dataclass, fields, is_dataclass
from dataclasses import field as required
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class DeskError(Exception):
    """A failure with a name; the screen and the command turn the name into a sentence.

    `field` is the dotted path of the value to put right, in the words of the intake's JSON
    ("applicant.date_of_birth"), or None where no single value is to blame.
    """

    field: str | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """The facts by name, for the sentence's blanks."""
        return {fact.name: getattr(self, fact.name) for fact in fields(self)} if is_dataclass(self) else {}

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{type(self).__name__}({facts})"


# --- put it right and try again -------------------------------------------------------------------


class RuleBroken(DeskError):
    """The rules of the office say no; nothing was written."""


class Reason(StrEnum):
    """Why a value cannot be what it should be."""

    MISSING = "missing"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_CHOICE = "unknown_choice"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    BAD_CHARACTERS = "bad_characters"
    BAD_SHAPE = "bad_shape"
    OUT_OF_RANGE = "out_of_range"
    IMPOSSIBLE_DATE = "impossible_date"
    NO_OFFSET = "no_offset"
    IN_FUTURE = "in_future"


@dataclass(eq=False)
class Malformed(RuleBroken):
    """A value that cannot be what its place asks for: a `value_kind` such as "date", "phone" or "text"."""

    field: str = required()  # the base has a default of that name, which must not become this one's
    value_kind: str
    reason: Reason


@dataclass(eq=False)
class MissingName(RuleBroken):
    """Nobody can be received without a name."""

    field: str = "applicant.full_name"


@dataclass(eq=False)
class UnknownProcedure(RuleBroken):
    code: str
    field = "procedure"


@dataclass(eq=False)
class NotValidThatDay(RuleBroken):
    code: str
    day: date
    field = "procedure"


@dataclass(eq=False)
class NotInThatArea(RuleBroken):
    code: str
    commune: str | None
    field = "procedure"


@dataclass(eq=False)
class UnknownCase(RuleBroken):
    code: str
    case: str
    field = "case"


@dataclass(eq=False)
class ChannelNotOffered(RuleBroken):
    code: str
    channel: str
    field = "channel"


@dataclass(eq=False)
class UnknownAgency(RuleBroken):
    agency: str
    field = "resolving_agency"


@dataclass(eq=False)
class DuplicateClientId(RuleBroken):
    """The same intake was taken before, as `code`: saying it twice changes nothing."""

    client_id: UUID
    code: str
    field = "client_id"


@dataclass(eq=False)
class DuplicatePaper(RuleBroken):
    """That place of the paper book was typed in before, as `code`."""

    number: str
    code: str
    field = "paper"


class CardFault(StrEnum):
    """What is wrong with what the QR reader typed."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    FEW_FIELDS = "few_fields"
    GARBLED = "garbled"
    BAD_NUMBER = "bad_number"
    BAD_DATE = "bad_date"


@dataclass(eq=False)
class UnreadableCard(RuleBroken):
    """The card's code cannot be trusted to fill in a person; nothing is filled in."""

    reason: CardFault
    field = "applicant"


class SlipFault(StrEnum):
    """What is wrong with a number scanned from a slip."""

    NOT_A_SLIP = "not_a_slip"
    CHANGED = "changed"
    """The desk it names is known and did not sign it."""
    UNKNOWN_DESK = "unknown_desk"
    """No desk this one has heard of signed it: changed, of another province, or of a desk enrolled a moment ago."""


@dataclass(eq=False)
class UnreadableSlip(RuleBroken):
    """The number scanned from a slip is not one, or is not signed by the desk it names."""

    reason: SlipFault


@dataclass(eq=False)
class SlipMeetsAnother(RuleBroken):
    """A genuine slip whose code is another dossier's here: two machines went by one number."""

    code: str


@dataclass(eq=False)
class CodeSpent(RuleBroken):
    """This desk has given all its codes of one agency and day; the next dossier gets a provisional one."""

    agency: str
    day: date


class ClockDoubted(RuleBroken):
    """The computer's clock cannot be believed until somebody vouches for the day it shows."""

    field = "received_at"


@dataclass(eq=False)
class ClockBehind(ClockDoubted):
    """The computer's clock stands before the last entry of the journal."""

    last: datetime
    now: datetime
    field = "received_at"


@dataclass(eq=False)
class ClockUnset(ClockDoubted):
    """The computer's clock stands before the day the program was built."""

    now: datetime
    field = "received_at"


@dataclass(eq=False)
class ClockOff(ClockDoubted):
    """The computer's clock differs from the province's, which promises go by."""

    now: datetime
    province: datetime
    field = "received_at"


@dataclass(eq=False)
class FileTooLarge(RuleBroken):
    """A file longer than `most` megabytes, or one that grew while it was read."""

    most: int


@dataclass(eq=False)
class NotAllowedNow(RuleBroken):
    """`deed` cannot be done to a dossier in `status`."""

    deed: str
    status: str


@dataclass(eq=False)
class UnknownClerk(RuleBroken):
    clerk: str


@dataclass(eq=False)
class NoPinYet(RuleBroken):
    """This person has no PIN at this desk; a one-time code sets one."""

    clerk: str


@dataclass(eq=False)
class WrongPin(RuleBroken):
    """`wait_seconds` until the next try is heard, 0 for at once."""

    wait_seconds: int


@dataclass(eq=False)
class WrongOneTimeCode(RuleBroken):
    """The one-time code is unknown, used or out of date."""


@dataclass(eq=False)
class WrongSpokenNumber(RuleBroken):
    """The letters read out by telephone are mistyped, or were given to another request."""


@dataclass(eq=False)
class NotSignedIn(RuleBroken):
    """Nobody is signed in, so nobody could be named as the one who did it."""


@dataclass(eq=False)
class RoleMissing(RuleBroken):
    role: str


# --- look elsewhere -------------------------------------------------------------------------------


@dataclass(eq=False)
class NotFound(DeskError):
    """Nothing of that `kind` ("dossier", "slip" …) has that `key`, a code or an id."""

    kind: str
    key: str


# --- call the technician --------------------------------------------------------------------------


class StoreTrouble(DeskError):
    """The disk or the store, not the clerk. Nothing is ever deleted because of it."""


@dataclass(eq=False)
class DiskFull(StoreTrouble):
    """No room; the deed was undone as a whole."""


@dataclass(eq=False)
class ReserveGivenUp(DiskFull):
    """No room until just now: the space kept for this was given up, and the same deed again finds room."""


@dataclass(eq=False)
class StoreLocked(StoreTrouble):
    """Another program held the store for too long."""


@dataclass(eq=False)
class WrongPassphrase(StoreTrouble):
    """The passphrase does not open the key that opens the store."""


@dataclass(eq=False)
class PassphraseMissing(StoreTrouble):
    """A passphrase guards the key, and none was given or its file holds none."""


@dataclass(eq=False)
class BackupLocked(StoreTrouble):
    """Nobody named what opens the backup, and the store's own passphrase does not."""


@dataclass(eq=False)
class StoreKeyMissing(StoreTrouble):
    """There is a store, but neither keystore nor wrapped key to open it."""


@dataclass(eq=False)
class KeyDamaged(StoreTrouble):
    """The wrapped key is there and cannot be read, or was wrapped for another computer or account."""


@dataclass(eq=False)
class NoKeystore(StoreTrouble):
    """This computer offers no safe place for a key; a passphrase has to guard it."""


@dataclass(eq=False)
class StoreTooNew(StoreTrouble):
    """A newer version of the program wrote this store."""

    found: str
    known: str


@dataclass(eq=False)
class StoreReadOnly(StoreTrouble):
    """The file or its disk may not be written to."""


@dataclass(eq=False)
class WrongKey(StoreTrouble):
    """The key does not open this store, or the file's first page is not a store's: the two look the same."""


@dataclass(eq=False)
class StoreDamaged(StoreTrouble):
    """`what` does not agree with itself: the file, the chain, a table."""

    what: str


@dataclass(eq=False)
class NotEnrolled(StoreTrouble):
    """There is no desk in this folder yet."""


@dataclass(eq=False)
class AlreadyEnrolled(StoreTrouble):
    """There is a desk in this folder; a second enrolment would bury its journal."""


@dataclass(eq=False)
class EpochsSpent(StoreTrouble):
    """This desk was restored or parted from itself so often that it must be enrolled anew."""


@dataclass(eq=False)
class AnotherWindow(StoreTrouble):
    """Another window writes to this store already."""


# --- look at the device ---------------------------------------------------------------------------


class DeviceTrouble(DeskError):
    """A device beside the computer; what the clerk did is safe."""


@dataclass(eq=False)
class FileTrouble(DeviceTrouble):
    """A file that was named cannot be read or written; its name may name a person, so it is no fact."""


@dataclass(eq=False)
class BackupFailed(DeviceTrouble):
    """No backup was made; the former one is as it was. `reason` is a word: "no_room", "unwritable", "unproven"."""

    reason: str


@dataclass(eq=False)
class BackupUnreadable(DeviceTrouble):
    """The file is no backup of this program's, or is damaged."""

    reason: str


@dataclass(eq=False)
class PrinterTrouble(DeviceTrouble):
    """`reason` is a word: "no_printer", "refused", "timeout"."""

    printer: str
    reason: str


# --- wait -----------------------------------------------------------------------------------------


class ProvinceTrouble(DeskError):
    """The far end or the line to it; the counter goes on, and sync tries again by itself."""


@dataclass(eq=False)
class DocumentRefused(ProvinceTrouble):
    """A published document (catalogue, calendar …) breaks its format; the former one stays in force."""

    document: str
    path: str
    reason: Reason
