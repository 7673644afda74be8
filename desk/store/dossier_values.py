"""Rows of dossiers as the values that travel: the desk's own words with the province's laid over them."""

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from desk.domain.dossier import Channel, Dossier, PaperPlace, ReturnBy, Status
from desk.domain.people import Party, PartyKind
from desk.services.ports.said import mean_fee, mean_party, mean_requirement
from desk.services.ports.values import FoundDossier, HandOver, Happening, Recipient
from sync.protocol import canonical
from sync.protocol.entries.dossier_accepted import DossierAccepted, SaidFee, SaidParty, SaidRequirement
from sync.protocol.entry import BODY_LIMIT
from sync.protocol.instant import read_instant

T = TypeVar("T")


def hand_over(row: Any) -> HandOver:
    """Nameless once the law had the person erased."""
    to = Recipient(row.recipient)
    return HandOver(read_instant(row.at), to, row.full_name or "", row.personal_id, row.note or "")


def status_of(row: Any) -> Status:
    """As the province told; a result given out here since then lies on top."""
    if row.handed_at is not None and (row.status is None or row.handed_at >= row.told_at):
        return Status.HANDED_OVER
    return Status(row.status or Status.RECEIVED)


def found(row: Any) -> FoundDossier:
    return FoundDossier(
        code=row.official or row.code,
        procedure_name=row.procedure_name,
        full_name=row.full_name or "",
        received_at=read_instant(row.received_at),
        due_at=_moment(row.new_due or row.due_at),
        status=status_of(row),
        voided=row.voided_at is not None,
    )


def found_sibling(row: Any) -> FoundDossier:
    said = said_in(row.said)
    return FoundDossier(
        code=row.official or row.code,
        procedure_name=said.procedure_name,
        full_name=(said.owner or said.applicant).full_name,
        received_at=read_instant(said.received_at),
        due_at=_moment(row.new_due or said.due_at),
        status=status_of(row),
        voided=row.voided,
    )


def dossier_of(row: Any) -> Dossier:
    """An erased dossier has its figures and a nameless applicant."""
    dossier = Dossier(
        id=UUID(row.dossier),
        client_id=UUID(row.client_id),
        code=row.code,
        provisional=row.provisional,
        procedure=row.procedure,
        procedure_name=row.procedure_name,
        procedure_version=row.procedure_version,
        catalogue_version=row.catalogue,
        case=row.case_code,
        channel=Channel(row.channel),
        received_at=read_instant(row.received_at),
        due_at=_moment(row.due_at),
        time_limit=row.time_limit,
        applicant=_party(row.applicant) or Party(PartyKind.OTHER, ""),
        owner=_party(row.owner),
        requirements=tuple(mean_requirement(one) for one in _read(row.requirements, tuple[SaidRequirement, ...])),
        fees=tuple(mean_fee(one) for one in _read(row.fees, tuple[SaidFee, ...])),
        receiving_agency=row.receiving_agency,
        resolving_agency=row.resolving_agency,
        return_by=ReturnBy(row.return_by),
        note=row.note or "",
        register_book=row.register_book,
        register_line=row.register_line,
        paper=PaperPlace(row.paper_book or "", row.paper_number) if row.paper_number else None,
    )
    return as_told(dossier, row)


def told_of(row: Any) -> Happening | None:
    if row.status is None:
        return None
    return Happening(read_instant(row.told_at), "status_told", row.told_by, row.told_note)


def as_told(dossier: Dossier, row: Any) -> Dossier:
    """The province's number and date lie on top."""
    if row.official:
        dossier = replace(dossier, code=row.official, provisional=False)
    return replace(dossier, due_at=read_instant(row.new_due)) if row.new_due else dossier


def _party(text: str | None) -> Party | None:
    return mean_party(_read(text, SaidParty)) if text else None


def said_in(text: str) -> DossierAccepted:
    return _read(text, DossierAccepted)


def _read(text: str, shape: type[T]) -> T:
    return canonical.read_loosely(text.encode(), shape, what="row", limit=BODY_LIMIT)


def _moment(text: str | None) -> datetime | None:
    return read_instant(text) if text else None
