"""The law had a person forgotten: bodies and salt go, figures stay."""

from sqlalchemy import Connection, delete, insert, tuple_, update

from desk.store.projections.projection import Projection
from desk.store.rows import BodyRow, CorrectionRow, DossierRow, ErasureRow, HandOverRow, SaltRow
from desk.store.rows.carriers import AttachmentRow
from desk.store.searchable import forget_person
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entry import Head

_PERSON_GONE = {"full_name": None, "applicant": None, "owner": None, "note": None, "erased": True}


def _apply(connection: Connection, head: Head, body: BodiesErased) -> None:
    dossier = str(head.dossier)
    connection.execute(
        insert(ErasureRow),
        [
            {
                "epoch": erased.epoch,
                "seq": erased.seq,
                "commitment": erased.commitment,
                "by_epoch": head.epoch,
                "by_seq": head.seq,
            }
            for erased in body.erased
        ],
    )
    places = [(erased.epoch, erased.seq) for erased in body.erased]
    for start in range(0, len(places), 500):
        some = places[start : start + 500]
        connection.execute(delete(BodyRow).where(tuple_(BodyRow.epoch, BodyRow.seq).in_(some)))
    connection.execute(delete(SaltRow).where(SaltRow.dossier == dossier))
    connection.execute(update(DossierRow).where(DossierRow.dossier == dossier).values(_PERSON_GONE))
    forget_person(connection, dossier)
    connection.execute(delete(AttachmentRow).where(AttachmentRow.dossier == dossier))
    recipient = {"full_name": None, "personal_id": None, "note": None}
    connection.execute(update(HandOverRow).where(HandOverRow.dossier == dossier).values(recipient))
    connection.execute(update(CorrectionRow).where(CorrectionRow.dossier == dossier).values(note=None))


BODIES_ERASED = Projection(BodiesErased, _apply)
