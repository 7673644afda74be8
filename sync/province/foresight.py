"""What judging some entries will ask for by key, so that it can be asked for all of them at once.

Leaving something out here makes judging slower and changes nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from sync.protocol.entries import UnknownKind, read_body
from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import Body, Entry
from sync.protocol.problems import Unreadable
from sync.province.database import Work
from sync.province.recall import RecallingSession
from sync.province.rows import (
    AgencyRow,
    AttachmentRow,
    ClaimRow,
    DossierRow,
    HandOverRow,
    PaymentRow,
    SlipRow,
    WaitingRow,
)

_Key = tuple[InstrumentedAttribute[Any], Any]


def look_ahead(work: Work, entries: Iterable[Entry]) -> None:
    """Fetch what is there, and learn what is not. Within `Database.telling` only."""
    if not isinstance(work.session, RecallingSession):
        return
    wanted: dict[InstrumentedAttribute[Any], list[Any]] = defaultdict(list)
    for entry in entries:
        for column, value in _keys(entry):
            wanted[column].append(value)
    for column, values in wanted.items():
        work.session.look_up(column, values)


def _keys(entry: Entry) -> Iterator[_Key]:
    head = entry.head
    yield WaitingRow.entry, entry.hash
    if head.after is not None:
        yield WaitingRow.entry, head.after
    if head.dossier is not None:
        yield DossierRow.id, head.dossier
    try:
        body = read_body(entry)
    except (UnknownKind, Unreadable):
        return
    if body is not None and type(body) in _OF_BODY:
        yield from _OF_BODY[type(body)](entry, body)


def _of_acceptance(entry: Entry, body: DossierAccepted) -> Iterator[_Key]:
    yield ClaimRow.code, body.code
    yield AgencyRow.id, body.receiving_agency
    yield AgencyRow.id, body.resolving_agency


def _of_payment(entry: Entry, body: FeeTaken) -> Iterator[_Key]:
    yield PaymentRow.entry, entry.hash


def _of_hand_over(entry: Entry, body: ResultHandedOver) -> Iterator[_Key]:
    yield HandOverRow.entry, entry.hash


def _of_attachment(entry: Entry, body: AttachmentAdded) -> Iterator[_Key]:
    yield AttachmentRow.attachment, body.attachment


def _of_slip(entry: Entry, body: SlipIssued | SlipConfirmed) -> Iterator[_Key]:
    yield SlipRow.id, body.slip


_OF_BODY: dict[type[Body], Callable[[Entry, Any], Iterator[_Key]]] = {
    DossierAccepted: _of_acceptance,
    FeeTaken: _of_payment,
    AttachmentAdded: _of_attachment,
    DossierCorrected: lambda entry, body: _of_acceptance(entry, body.acceptance),
    ResultHandedOver: _of_hand_over,
    SlipIssued: _of_slip,
    SlipConfirmed: _of_slip,
}
