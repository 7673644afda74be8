"""Taking a desk in: one code, one desk, one certificate; a code heard twice from the same desk is answered twice.

A desk whose answers were all lost comes back with a new key, since it keeps none before it is enrolled. Until the one
its code took in is heard of, the code is good for it: the desk that never was is revoked. Three times, for each uses
up a desk number.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sync.protocol.enrolment_code import SECRET_BYTES, EnrolmentCode, fingerprint
from sync.protocol.exchange import ENROLMENT, EnrolmentAnswer, EnrolmentRequest
from sync.protocol.feed import Agency, Staff
from sync.protocol.problems import CodeNotValid, NotCertified
from sync.protocol.signing import Signed, read_statement
from sync.province import agencies, desks, keys, staff
from sync.province.database import Work
from sync.province.errors import NotThere
from sync.province.rows import CertificateRow, CodeRow, DeskRow

LASTS = timedelta(days=14)
FIRST_EPOCH = 1
MOST_TAKEN_IN = 3


@dataclass(frozen=True)
class MadeCode:
    """A code to read out; it is kept nowhere but by its hash."""

    code: EnrolmentCode
    agency: Agency
    supervisor: Staff
    newcomer: bool
    expires_at: datetime


def make_code(work: Work, agency_id: str, supervisor: str | None) -> MadeCode:
    """A one-time code for a desk of that agency. `supervisor` is a staff id or a new person's name.

    Without one, the agency's first supervisor is named, or one is made under the agency's own name. Raises NotThere.
    """
    agency = agencies.get(work, agency_id)
    person, newcomer = _supervisor(work, agency, supervisor)
    secret = secrets.token_bytes(SECRET_BYTES)
    row = CodeRow(
        secret_hash=_hash(secret),
        agency=agency.id,
        supervisor=person.id,
        made_at=work.now,
        expires_at=work.now + LASTS,
    )
    work.session.add(row)
    code = EnrolmentCode(secret, fingerprint(keys.in_force(work).root))
    return MadeCode(code, agency, person, newcomer, row.expires_at)


def enrol(work: Work, signed: Signed) -> EnrolmentAnswer:
    """Raises BadSignature, Unreadable, CodeNotValid, NotCertified."""
    request = read_statement(signed, ENROLMENT, EnrolmentRequest, key=signed.key)
    if request.key != signed.key:
        raise NotCertified("desk", "asks for another key than it holds")
    code = _code(work, request)
    desk = work.session.get(DeskRow, request.desk)
    if desk is None:
        row = _take_in(work, request, code)
    elif code.desk == desk.id and code.key == request.key:
        row = work.session.get_one(CertificateRow, (desk.id, FIRST_EPOCH))
    else:
        raise NotCertified("desk", "enrolled already")
    in_force = keys.in_force(work)
    return EnrolmentAnswer(
        root=in_force.root, province=in_force.certificate, desk=row.statement, supervisor=code.supervisor
    )


def _take_in(work: Work, request: EnrolmentRequest, code: CodeRow) -> CertificateRow:
    desk = DeskRow(id=request.desk, agency=code.agency, enrolled_at=work.now, software=request.software, unsent=0)
    work.session.add(desk)
    work.session.flush()
    if code.desk is not None:
        desks.revoke(work, str(code.desk))
    code.desk, code.key, code.taken_in = desk.id, request.key, (code.taken_in or 0) + 1
    return desks.issue_certificate(work, desk, epoch=FIRST_EPOCH, key=request.key, seal=request.seal)


def _code(work: Work, request: EnrolmentRequest) -> CodeRow:
    """Found by its hash, so that nothing about the secret can be learned from how long it takes."""
    row = work.session.get(CodeRow, _hash(bytes.fromhex(request.secret)), with_for_update=True)
    if row is None:
        raise CodeNotValid("unknown")
    if (row.desk, row.key) == (request.desk, request.key):
        return row
    if row.desk is not None and _is_spent(work, row, row.desk):
        raise CodeNotValid("used")
    if row.expires_at < work.now:
        raise CodeNotValid("expired")
    return row


def _is_spent(work: Work, code: CodeRow, desk: UUID) -> bool:
    """Was the desk it took in heard of, or did it take in too many that were not?"""
    heard = work.session.get_one(DeskRow, desk).last_contact is not None
    return heard or (code.taken_in or 1) >= MOST_TAKEN_IN


def _supervisor(work: Work, agency: Agency, named: str | None) -> tuple[Staff, bool]:
    here = [person for person in staff.all_of(work, agency.id) if person.active and person.role == "supervisor"]
    if named is None:
        if here:
            return here[0], False
        return staff.add(
            work, f"Người phụ trách {agency.place or agency.id}", agency=agency.id, role="supervisor"
        ), True
    known = next((person for person in here if person.id == named), None)
    if known is not None:
        return known, False
    if " " not in named.strip():
        raise NotThere("supervisor", named)
    return staff.add(work, named, agency=agency.id, role="supervisor"), True


def _hash(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()
