"""The province's keys: an offline root in a file of its own vouches for the keys in force; old ones go on reading.

The root's private half is needed only here, to certify; a server runs without it.
"""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from sqlalchemy import select

from sync.protocol.certificates import ProvinceCertificate, certify_province, province_of
from sync.protocol.instant import write_instant
from sync.protocol.problems import Unreadable
from sync.protocol.signing import Signed, public
from sync.province.database import Work
from sync.province.errors import AlreadyThere, NotThere, WrongFile
from sync.province.rows import KeyRow

LASTS = timedelta(days=5 * 365)
FORGOTTEN = 100
"""How many keys a restored database may have forgotten: the serials leap over them."""
SLOW_CLOCKS = timedelta(days=1)
"""A certificate begins this much earlier, for the desk whose clock is behind."""


@dataclass(frozen=True)
class ProvinceKeys:
    """The keys in force, and what is said in the certificate that goes with them."""

    said: ProvinceCertificate
    certificate: Signed
    root: str
    signer: Ed25519PrivateKey
    seal: X25519PrivateKey


def make_root(file: Path) -> Ed25519PrivateKey:
    """A new root in a file nobody else may read. Raises AlreadyThere: a root is never overwritten."""
    root = Ed25519PrivateKey.generate()
    pem = root.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise AlreadyThere("file", str(file)) from error
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    return root


def read_root(file: Path) -> Ed25519PrivateKey:
    """Raises NotThere, WrongFile."""
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise NotThere("file", str(file)) from error
    except (ValueError, TypeError) as error:
        raise WrongFile(str(file), "", "not a private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongFile(str(file), "", "not an Ed25519 key")
    return key


def make_first(work: Work, root: Ed25519PrivateKey, *, province: str, name: str) -> None:
    """The keys of a new province, certified by the root on the spot. Later ones: `ceremony`."""
    signer, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    certificate = ProvinceCertificate(
        province=province,
        name=name,
        serial=1,
        key=public(signer),
        seal=seal.public_key().public_bytes_raw().hex(),
        not_before=write_instant(work.now - SLOW_CLOCKS),
        not_after=write_instant(work.now + LASTS),
    )
    keep(work, certify_province(root, certificate), key=signer.private_bytes_raw(), seal=seal.private_bytes_raw())


def keep(work: Work, certificate: Signed, *, key: bytes, seal: bytes) -> None:
    """From now on these are in force; the ones before go on reading what was sealed to them."""
    said = province_of(certificate, root=certificate.key)
    row = KeyRow(
        serial=said.serial,
        root=certificate.key,
        certificate=certificate,
        key=key,
        seal=seal,
        seal_public=said.seal,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()


def newest(work: Work) -> KeyRow | None:
    return work.session.scalar(select(KeyRow).order_by(KeyRow.serial.desc()).limit(1))


def in_force(work: Work) -> ProvinceKeys:
    """Raises NotThere before `keys init`."""
    row = newest(work)
    if row is None:
        raise NotThere("key", "keys init")
    return _keys(row)


def said_by_all(work: Work) -> list[ProvinceCertificate]:
    """Every key this province ever had, the newest first."""
    rows = work.session.scalars(select(KeyRow).order_by(KeyRow.serial.desc()))
    return [province_of(row.certificate, root=row.root) for row in rows]


def seal_for(work: Work, reader: str) -> X25519PrivateKey:
    """The private half of the sealing key a parcel was closed with, also an old one. Raises Unreadable."""
    row = work.session.scalar(select(KeyRow).where(KeyRow.seal_public == reader))
    if row is None:
        raise Unreadable("parcel", "not sealed to this reader")
    return X25519PrivateKey.from_private_bytes(row.seal)


def _keys(row: KeyRow) -> ProvinceKeys:
    return ProvinceKeys(
        said=province_of(row.certificate, root=row.root),
        certificate=row.certificate,
        root=row.root,
        signer=Ed25519PrivateKey.from_private_bytes(row.key),
        seal=X25519PrivateKey.from_private_bytes(row.seal),
    )
