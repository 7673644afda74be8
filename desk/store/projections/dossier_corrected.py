"""A refused dossier was said again: the register shows what it now reads, and is found by it."""

from sqlalchemy import Connection, insert, select, update

from desk.store.projections.dossier_accepted import said_columns
from desk.store.projections.projection import Projection
from desk.store.rows import CorrectionRow, DossierRow
from desk.store.searchable import change_searchable
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: DossierCorrected) -> None:
    dossier = str(head.dossier)
    row = {"epoch": head.epoch, "seq": head.seq, "dossier": dossier, "corrects": body.corrects, "note": body.reason}
    connection.execute(insert(CorrectionRow), row)
    kept = connection.execute(select(DossierRow.id).where(DossierRow.dossier == dossier)).scalar_one_or_none()
    if kept is not None:  # a supervisor may correct what another desk took
        connection.execute(update(DossierRow).where(DossierRow.id == kept).values(said_columns(body.acceptance)))
        change_searchable(connection, kept, body.acceptance)


DOSSIER_CORRECTED = Projection(DossierCorrected, _apply)
