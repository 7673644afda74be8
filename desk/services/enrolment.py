"""How a computer becomes a desk: keys made here, a certificate of the province, the first entry of the journal."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desk.services.ports import Clock, DeskFacts, NewDesk, NewId, OpenWork
from sync.protocol.certificates import DeskCertificate, desk_of, province_of
from sync.protocol.enrolment_code import EnrolmentCode, read_enrolment_code
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.exchange import ENROLMENT, EnrolmentAnswer, EnrolmentRequest
from sync.protocol.problems import NotCertified
from sync.protocol.signing import Signed, public, state

Ask = Callable[[Signed], EnrolmentAnswer]
"""Brings a signed EnrolmentRequest to the province and its answer back."""


def enrol(
    code: str, url: str, *, ask: Ask, open_work: OpenWork, clock: Clock, new_id: NewId, software: str
) -> DeskFacts:
    """Spend a one-time enrolment code. Nothing is written before the province is proven to be the code's own.

    Raises CodeNotValid for a mistyped, spent or unknown code, NotCertified or BadSignature for a province the code does
    not vouch for, NotAllowedNow where there is a desk already, and what `ask` raises.
    """
    read = read_enrolment_code(code)
    key, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    request = EnrolmentRequest(
        secret=read.secret.hex(),
        desk=new_id(),
        key=public(key),
        seal=seal.public_key().public_bytes_raw().hex(),
        software=software,
    )
    answer = ask(state(key, ENROLMENT, request))
    _check(answer, read, request, clock)
    desk = NewDesk(
        desk=request.desk,
        key=key,
        seal=seal,
        url=url,
        root=answer.root,
        province=answer.province,
        certificate=answer.desk,
        first_supervisor=answer.supervisor,
    )
    return _establish(desk, open_work, clock, software)


def _check(answer: EnrolmentAnswer, code: EnrolmentCode, request: EnrolmentRequest, clock: Clock) -> None:
    """Root by the code, province by the root, desk by the province, and the desk is the one that asked."""
    if not code.vouches_for(answer.root):
        raise NotCertified("province", "another root than the enrolment code's")
    now = clock()
    certificate: DeskCertificate = desk_of(
        answer.desk, province=province_of(answer.province, root=answer.root, at=now), at=now
    )
    if (certificate.desk, certificate.key, certificate.seal) != (request.desk, request.key, request.seal):
        raise NotCertified("desk", "not the one that asked")


def _establish(desk: NewDesk, open_work: OpenWork, clock: Clock, software: str) -> DeskFacts:
    with open_work() as work:
        work.identity.establish(desk)
        body = EpochOpened(reason="enrolled", certificate=desk.certificate, parent=None, software=software)
        work.journal.append(body, at=clock(), clerk=None)
        work.commit()
    with open_work() as work:
        return work.identity.desk()
