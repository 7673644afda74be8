"""A dossier is in the register, and can be found."""

from typing import Any

from sqlalchemy import Connection

from desk.store.prepared import Insert
from desk.store.projections.projection import Projection
from desk.store.rows import DossierRow
from desk.store.searchable import make_searchable
from sync.protocol import canonical
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entry import Head

_ROWS = Insert(DossierRow)


def _apply(connection: Connection, head: Head, body: DossierAccepted) -> None:
    found_by = {"id": make_searchable(connection, body, mine=True), "dossier": str(head.dossier)}
    _ROWS.one(connection, found_by | {"voided_at": None, "erased": False} | said_columns(body))


def said_columns(body: DossierAccepted) -> dict[str, Any]:
    """What an acceptance says, column by column; a correction says the same columns again."""
    return {
        "client_id": str(body.client_id),
        "code": body.code,
        "provisional": body.provisional,
        "procedure": body.procedure,
        "procedure_name": body.procedure_name,
        "procedure_version": body.procedure_version,
        "case_code": body.case,
        "catalogue": body.catalogue,
        "channel": body.channel,
        "received_at": body.received_at,
        "due_at": body.due_at,
        "time_limit": body.time_limit,
        "receiving_agency": body.receiving_agency,
        "resolving_agency": body.resolving_agency,
        "return_by": body.return_by,
        "register_book": body.register_book,
        "register_line": body.register_line,
        "requirements": canonical.write(body.requirements),
        "fees": canonical.write(body.fees),
        "fee": sum(line.amount * line.count for line in body.fees),
        "recovered": body.recovered,
        "full_name": (body.owner or body.applicant).full_name,
        "applicant": canonical.write(body.applicant),
        "owner": canonical.write(body.owner) if body.owner else None,
        "note": body.note,
        "paper_book": body.paper.book if body.paper else None,
        "paper_number": body.paper.number if body.paper else None,
    }


DOSSIER_ACCEPTED = Projection(DossierAccepted, _apply)
