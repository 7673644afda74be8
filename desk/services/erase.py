"""Forgetting a person when the law says so, with a proof that nothing else was forgotten."""

from typing import Literal

from desk.domain.clock import check_clock
from desk.domain.errors import NotAllowedNow, RoleMissing
from desk.services.attachments import Files
from desk.services.ports import Clerk, Clock, OpenWork
from desk.services.ports.values import Role, Word
from sync.protocol.entries.bodies_erased import BodiesErased, ErasedBody
from sync.protocol.entry import Entry, check_body


def erase_dossier(
    code: str,
    ground: Literal["retention", "request"],
    basis: str,
    *,
    clerk: Clerk,
    files: Files,
    open_work: OpenWork,
    clock: Clock,
) -> int:
    """Erase bodies, salt, person and files of a dossier; heads and figures stay. How many bodies went.

    Only what the province holds: what lies on this machine alone cannot be asked for again. Each body is shown to
    be the one its head committed to before it goes. Raises RoleMissing, NotFound, NotAllowedNow, ChainBroken.
    """
    if clerk.role is not Role.SUPERVISOR:
        raise RoleMissing(Role.SUPERVISOR.value)
    with open_work() as work:
        found = work.dossiers.by_code(code)
        if not found.mine:
            raise NotAllowedNow("erase", "another_desk")
        if work.dossiers.word(found.dossier.id).word is Word.UNSENT:
            raise NotAllowedNow("erase", "unsent")
        gone = tuple(_named(one) for one in work.journal.about(found.dossier.id) if _erasable(one))
        if not gone:
            raise NotAllowedNow("erase", "erased")
        blobs = [one.blob for one in work.attachments.of(found.dossier.id)]
        now = clock()
        check_clock(work.journal.last_at(), now)
        body = BodiesErased(ground=ground, basis=basis, erased=gone)
        work.journal.append(body, at=now, clerk=clerk.id, dossier=found.dossier.id)
        work.commit()
    # Their keys are gone already; what a cut leaves lying here is swept away, for no entry names it any more.
    for blob in blobs:
        files.drop(blob)
    return len(gone)


def _erasable(entry: Entry) -> bool:
    return entry.body_text is not None and entry.head.kind != BodiesErased.KIND


def _named(entry: Entry) -> ErasedBody:
    check_body(entry)
    head = entry.head
    return ErasedBody(epoch=head.epoch, seq=head.seq, hash=entry.hash, commitment=head.commitment)
