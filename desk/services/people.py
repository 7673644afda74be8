"""Who works at the desk: signing in and out, and setting a PIN that never leaves it."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from desk.domain.errors import NoPinYet, UnknownClerk, WrongOneTimeCode, WrongPin
from desk.services import pins
from desk.services.ports import Clerk, Clock, OpenReading, OpenWork, PinRecord, Work
from desk.services.ports.values import Role, StaffMember
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.clerk_signed_out import ClerkSignedOut
from sync.protocol.entries.pin_set import PinSet
from sync.protocol.feed import Staff

Ground = Literal["enrolment", "code", "change"]


def staff(*, open_reading: OpenReading) -> tuple[StaffMember, ...]:
    """Who may sign in here; the one who did so last comes first."""
    with open_reading() as memory:
        return tuple(
            StaffMember(one.id, one.full_name, Role(one.role), memory.people.pin(one.id).proof is not None)
            for one in memory.people.staff()
            if one.active
        )


def sign_in(staff_id: str, pin: str, *, open_work: OpenWork, clock: Clock) -> Clerk:
    """Begin to work. Raises UnknownClerk, NoPinYet, or WrongPin with the seconds to wait."""
    now = clock()
    with open_work() as work:
        member = _member(work, staff_id)
        record = work.people.pin(staff_id)
        if record.proof is None:
            raise NoPinYet(staff_id)
        pins.check_wait(record, now)
        if not pins.is_pin(pin, record.proof):
            _remember_failure(work, record, now)
        if record.failed:
            work.people.keep_pin(replace(record, failed=0, wait_until=None))
        return _begin(work, member, now, "pin")


def sign_in_by_command(staff_id: str, *, open_work: OpenWork, clock: Clock) -> Clerk:
    """Begin to work as whoever holds the store's key. Raises UnknownClerk."""
    with open_work() as work:
        return _begin(work, _member(work, staff_id), clock(), "command")


def set_pin(staff_id: str, proof: str, new_pin: str, *, open_work: OpenWork, clock: Clock) -> Clerk:
    """Set one's PIN and begin to work. `proof` is a one-time code, the PIN before, or "" at the very beginning.

    The supervisor the enrolment code named needs no proof while nobody has a PIN here. Raises UnknownClerk, Malformed,
    WrongOneTimeCode, or WrongPin with the seconds to wait.
    """
    pins.check_shape(new_pin)
    now = clock()
    with open_work() as work:
        member = _member(work, staff_id)
        record = work.people.pin(staff_id)
        pins.check_wait(record, now)
        ground = _ground(work, member, record, proof)
        if ground is None:
            _remember_failure(work, record, now)
        else:
            spent = member.pin_code.hash if ground == "code" and member.pin_code else record.code_used
            work.people.keep_pin(PinRecord(staff_id, pins.prove(new_pin), code_used=spent))
            work.journal.append(PinSet(on=ground), at=now, clerk=staff_id)
        return _begin(work, member, now, "pin")


def sign_out(clerk: Clerk, reason: Literal["asked", "left", "closed"], *, open_work: OpenWork, clock: Clock) -> None:
    """Stop working."""
    with open_work() as work:
        work.journal.append(ClerkSignedOut(reason=reason), at=clock(), clerk=clerk.id)
        work.commit()


def _member(work: Work, staff_id: str) -> Staff:
    member = work.people.member(staff_id)
    if member is None or not member.active:
        raise UnknownClerk(staff_id)
    return member


def _ground(work: Work, member: Staff, record: PinRecord, proof: str) -> Ground | None:
    """On what ground somebody may set a PIN; None when on none."""
    if not proof:
        first = member.id == work.identity.desk().first_supervisor and not work.people.any_pin()
        return "enrolment" if first else None
    code = member.pin_code
    if code is not None and code.hash != record.code_used and pins.is_code(proof, code):
        return "code"
    if record.proof is not None and pins.is_pin(proof, record.proof):
        return "change"
    return None


def _remember_failure(work: Work, record: PinRecord, now: datetime) -> None:
    """Commits, so that stopping the program does not make a wrong try unhappen; then raises."""
    failed = pins.after_failure(record, now)
    work.people.keep_pin(failed)
    work.commit()
    if record.proof is None:
        raise WrongOneTimeCode
    raise WrongPin(pins.wait_seconds(failed, now))


def _begin(work: Work, member: Staff, now: datetime, way: Literal["pin", "command"]) -> Clerk:
    work.journal.append(ClerkSignedIn(by=way), at=now, clerk=member.id)
    work.commit()
    return Clerk(member.id, member.full_name, Role(member.role), member.agency)
