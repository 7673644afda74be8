"""New keys for the province while its root stays in a drawer: asked for here, certified there, put in force here.

What travels on the stick between the two machines is public: a request, and a certificate.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import delete, func, select

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.certificates import ProvinceCertificate, certify_province, province_of
from sync.protocol.instant import write_instant
from sync.protocol.problems import Problem
from sync.protocol.signing import Key, Signed, public
from sync.province import desks, documents, keys, policy
from sync.province.database import Work
from sync.province.errors import AlreadyThere, NotThere, WrongFile
from sync.province.rows import AskedKeyRow, KeyRow

_LIMIT = 64 * 1024

T = TypeVar("T", "KeyRequest", Signed)


class KeyRequest(Said, frozen=True, kw_only=True):
    """The public halves of new keys, to be certified by the root."""

    v: Literal[1] = 1
    province: str
    name: str
    serial: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    key: Key
    seal: Key


def ask(work: Work) -> KeyRequest:
    """Make new keys, which wait for their certificate; earlier ones still waiting are forgotten."""
    signer, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    row = AskedKeyRow(
        serial=_next_serial(work),
        public=public(signer),
        key=signer.private_bytes_raw(),
        seal=seal.private_bytes_raw(),
    )
    work.session.execute(delete(AskedKeyRow))
    work.session.add(row)
    here = policy.province(work)
    return KeyRequest(
        province=here.province,
        name=here.name,
        serial=row.serial,
        key=row.public,
        seal=seal.public_key().public_bytes_raw().hex(),
    )


def certify(root: Ed25519PrivateKey, asked: KeyRequest, now: datetime) -> Signed:
    """Needs no database: this happens where the root lies."""
    certificate = ProvinceCertificate(
        province=asked.province,
        name=asked.name,
        serial=asked.serial,
        key=asked.key,
        seal=asked.seal,
        not_before=write_instant(now - keys.SLOW_CLOCKS),
        not_after=write_instant(now + keys.LASTS),
    )
    return certify_province(root, certificate)


def install(work: Work, certificate: Signed) -> keys.ProvinceKeys:
    """Put the keys that waited in force, and sign with them what the old ones signed. Within `Database.telling` only.

    Raises WrongFile when the certificate is not our root's, NotThere when it is for other keys than those that wait.
    """
    said = _proven(work, certificate)
    asked = work.session.get(AskedKeyRow, said.serial)
    if asked is None or asked.public != said.key:
        raise NotThere("key", said.key[:16])
    keys.keep(work, certificate, key=asked.key, seal=asked.seal)
    work.session.delete(asked)
    documents.sign_again(work)
    desks.renew_all(work)
    return keys.in_force(work)


def write_file(file: Path, said: KeyRequest | Signed) -> None:
    """Raises AlreadyThere: a stick that has one already is somebody else's errand."""
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(canonical.write(said))
    except FileExistsError as error:
        raise AlreadyThere("file", str(file)) from error


def read_file(file: Path, shape: type[T]) -> T:
    """Raises NotThere, WrongFile."""
    try:
        with file.open("rb") as opened:
            return canonical.read_loosely(opened.read(_LIMIT + 1), shape, what=file.name, limit=_LIMIT)
    except FileNotFoundError as error:
        raise NotThere("file", str(file)) from error
    except Problem as problem:
        raise WrongFile(file.name, "", str(problem)) from problem


def _proven(work: Work, certificate: Signed) -> ProvinceCertificate:
    newest = keys.newest(work)
    if newest is None:
        raise NotThere("key", "keys init")
    if certificate.key != newest.root:
        raise WrongFile("certificate", "", "not the root that certified the keys in force")
    try:
        said = province_of(certificate, root=newest.root, at=work.now)
    except Problem as problem:
        raise WrongFile("certificate", "", str(problem)) from problem
    if said.serial <= newest.serial or said.province != policy.province(work).province:
        raise WrongFile("certificate", "serial", "not the next of this province")
    return said


def _next_serial(work: Work) -> int:
    """Higher than any that was ever in force, also than those a restored database may have forgotten."""
    known = work.session.scalar(select(func.max(KeyRow.serial))) or 0
    return max(known, policy.province(work).restored * keys.FORGOTTEN) + 1
