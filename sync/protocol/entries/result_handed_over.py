"""A result left the office: into whose hands, and when. It happened; nobody can refuse it."""

from typing import ClassVar, Literal

from sync.protocol.entries.dossier_accepted import Line, Name, Note
from sync.protocol.entry import Body
from sync.protocol.instant import InstantText


class ResultHandedOver(Body, frozen=True, kw_only=True):
    """Two hand-overs of one dossier both stay, and a supervisor is told."""

    KIND: ClassVar[str] = "result_handed_over"

    at: InstantText
    """When it happened, which is earlier than the entry where the paper book was used."""
    to: Literal["applicant", "owner", "authorised", "post"]
    name: Name
    personal_id: Line | None
    note: Note
