"""Everything a slip says."""

from dataclasses import dataclass
from datetime import datetime

from desk.domain.dossier import Channel, FeeLine, Requirement, ReturnBy
from desk.domain.people import PartyKind


@dataclass(frozen=True, kw_only=True)
class SlipPerson:
    """A person as printed. `address` is one line in words; `personal_id` is whole or masked, as policy has it."""

    kind: PartyKind = PartyKind.CITIZEN
    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    personal_id: str = ""


@dataclass(frozen=True, kw_only=True)
class SlipPaper:
    """Everything a slip says. Instants are aware and printed at +07:00; money is đồng; an empty text is left out.

    `agency` and `parent_agency` are the two lines of the header's left block, in the capitals they are printed in;
    `receiver` is the same agency inside a sentence. `place` is the địa danh before the date.
    """

    parent_agency: str
    agency: str
    receiver: str
    place: str
    code: str
    provisional: bool = False
    replaces_code: str = ""
    """The provisional code this slip takes the place of."""
    channel: Channel
    applicant: SlipPerson
    owner: SlipPerson | None = None
    """Only where it is somebody else."""
    request: str
    """Nội dung yêu cầu giải quyết: the procedure's name, and what the dossier adds to it."""
    requirements: tuple[Requirement, ...]
    sets: int = 1
    time_limit: str
    received_at: datetime
    due_at: datetime | None
    return_by: ReturnBy
    return_place: str = ""
    """The counter's address, or the postal address, in one line of words."""
    fees: tuple[FeeLine, ...] = ()
    register_book: str
    register_line: int
    note: str = ""
    lookup_url: str
    """What a phone opens to see how far the dossier is."""
    number: str
    """The self-proving number, decimal digits only (`sync.protocol.slip_number`)."""
    hotline: str = ""
    clerk: str
    """The full name under the receiver's signature."""
    issue: int = 1
    """1 for the first paper; every later one is a reprint and says so."""
    issued_at: datetime
    recovered: bool = False
    paper_place: str = ""
    """Where it stands in the paper book, for what was written there first."""
    clock_unproven: bool = False
    """Nothing but somebody's word spoke for the hours printed here."""
    practice: bool = False
    form_set: str = "tt03-2025"
    """The set with the wording in force when the dossier was accepted, as the catalogue names it."""
