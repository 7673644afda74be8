"""What follows from each kind of entry: one file each, one line here. A kind without a line leaves no rows."""

from typing import Any

from sqlalchemy import Connection

from desk.store.projections.attachment_added import ATTACHMENT_ADDED
from desk.store.projections.bodies_erased import BODIES_ERASED
from desk.store.projections.clerk_signed_in import CLERK_SIGNED_IN
from desk.store.projections.clerk_signed_out import CLERK_SIGNED_OUT
from desk.store.projections.clock_confirmed import CLOCK_CONFIRMED
from desk.store.projections.dossier_accepted import DOSSIER_ACCEPTED
from desk.store.projections.dossier_corrected import DOSSIER_CORRECTED
from desk.store.projections.dossier_voided import DOSSIER_VOIDED
from desk.store.projections.epoch_opened import EPOCH_OPENED
from desk.store.projections.fee_taken import FEE_TAKEN
from desk.store.projections.notice_seen import NOTICE_SEEN
from desk.store.projections.projection import Projection
from desk.store.projections.result_handed_over import RESULT_HANDED_OVER
from desk.store.projections.slip_confirmed import SLIP_CONFIRMED
from desk.store.projections.slip_issued import SLIP_ISSUED
from sync.protocol.entry import Body, Head

PROJECTIONS: tuple[Projection[Any], ...] = (
    EPOCH_OPENED,
    CLERK_SIGNED_IN,
    CLERK_SIGNED_OUT,
    DOSSIER_ACCEPTED,
    FEE_TAKEN,
    SLIP_ISSUED,
    SLIP_CONFIRMED,
    DOSSIER_VOIDED,
    DOSSIER_CORRECTED,
    RESULT_HANDED_OVER,
    CLOCK_CONFIRMED,
    NOTICE_SEEN,
    BODIES_ERASED,
    ATTACHMENT_ADDED,
)

_BY_KIND = {projection.body.KIND: projection for projection in PROJECTIONS}


def project(connection: Connection, head: Head, body: Body) -> None:
    """Write what follows from an entry."""
    projection = _BY_KIND.get(head.kind)
    if projection is not None:
        projection.apply(connection, head, body)
