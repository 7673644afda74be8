"""A dossier stays in the register as void."""

from sqlalchemy import Connection, update

from desk.store.projections.projection import Projection
from desk.store.rows import DossierRow
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: DossierVoided) -> None:
    connection.execute(update(DossierRow).where(DossierRow.dossier == str(head.dossier)).values(voided_at=head.time))


DOSSIER_VOIDED = Projection(DossierVoided, _apply)
