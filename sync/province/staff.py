"""Who works at the desks. A PIN is set at one desk with a one-time code and never comes here."""

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal

import msgspec
from sqlalchemy import select

from sync.protocol import canonical
from sync.protocol.feed import PinCode, Staff
from sync.province import agencies, feed
from sync.province.database import Work
from sync.province.errors import NotThere
from sync.province.rows import StaffRow

Role = Literal["clerk", "supervisor", "technician"]
ROLES: tuple[Role, ...] = ("clerk", "supervisor", "technician")
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 8
_DATA_LIMIT = 64 * 1024


@dataclass(frozen=True)
class WithCode:
    """A person and the one-time code to tell them; the code itself is kept nowhere."""

    person: Staff
    code: str


def add(work: Work, full_name: str, *, agency: str, role: Role, id: str | None = None) -> Staff:
    """Somebody new. Raises NotThere for an unknown agency."""
    agencies.get(work, agency)
    name = unicodedata.normalize("NFC", " ".join(full_name.split()))
    person = Staff(id=_free_id(work, id or _slug(name)), full_name=name, role=role, agency=agency)
    _save(work, person)
    return person


def give_code(work: Work, id: str) -> WithCode:
    """A new one-time code; the one before is worth nothing from now on. Raises NotThere."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    person = msgspec.structs.replace(get(work, id), pin_code=_hashed(code))
    _save(work, person)
    return WithCode(person, f"{code[:4]}-{code[4:]}")


def spend_code(work: Work, id: str) -> None:
    """A PIN was set with it: no second desk may take it."""
    row = work.session.get(StaffRow, id)
    if row is not None and (person := _read(row)).pin_code is not None:
        _save(work, msgspec.structs.replace(person, pin_code=None))


def is_supervisor(work: Work, id: str | None, agency: str) -> bool:
    """Is this a supervisor of that agency, or was before they left?"""
    row = work.session.get(StaffRow, id) if id is not None else None
    return row is not None and row.agency == agency and _read(row).role == "supervisor"


def take_off(work: Work, id: str) -> Staff:
    """They sign in nowhere any more; what they did stays theirs. Raises NotThere."""
    person = msgspec.structs.replace(get(work, id), active=False, pin_code=None)
    _save(work, person)
    return person


def get(work: Work, id: str) -> Staff:
    """Raises NotThere."""
    row = work.session.get(StaffRow, id)
    if row is None:
        raise NotThere("person", id)
    return _read(row)


def all_of(work: Work, agency: str | None = None) -> list[Staff]:
    """In the order of their ids."""
    query = select(StaffRow).order_by(StaffRow.id)
    if agency is not None:
        query = query.where(StaffRow.agency == agency)
    return [_read(row) for row in work.session.scalars(query)]


def _save(work: Work, person: Staff) -> None:
    work.session.merge(StaffRow(id=person.id, agency=person.agency, data=canonical.write(person)))
    feed.tell(work, "staff", person.id, person, scope=person.agency)


def _read(row: StaffRow) -> Staff:
    return canonical.read(row.data, Staff, what="staff", limit=_DATA_LIMIT)


def _hashed(code: str) -> PinCode:
    salt = secrets.token_bytes(16)
    digest = hashlib.scrypt(code.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
    return PinCode(salt=salt.hex(), hash=digest.hex())


def _free_id(work: Work, wished: str) -> str:
    free, n = wished, 1
    while work.session.get(StaffRow, free) is not None:
        n += 1
        free = f"{wished}-{n}"
    return free


def _slug(name: str) -> str:
    """`Nguyễn Thị Lan` becomes `nguyen-thi-lan`; đ has no decomposition and needs its own rule."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "staff"
