"""Who this desk is: one row, two keys, a certificate an epoch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from desk.domain.errors import NotAllowedNow, NotEnrolled
from desk.services.ports import DeskFacts, NewDesk
from desk.store.rows import AddressRow, CertificateRow, EpochRow, HeadRow, IdentityRow, ProvinceRow, SpokenNumberRow
from sync.protocol import canonical
from sync.protocol.certificates import DESK, PROVINCE, DeskCertificate, ProvinceCertificate
from sync.protocol.signing import Signed

T = TypeVar("T")

_LIMIT = 64 * 1024


@dataclass(frozen=True)
class KnownDesk:
    """The identity as read once; it is read again after it changed."""

    id: UUID
    key: Ed25519PrivateKey
    seal: X25519PrivateKey
    certificate: Signed
    """Of the epoch in force, or while it has none the last one before."""
    facts: DeskFacts


def read_identity(connection: Connection) -> KnownDesk:
    """Raises NotEnrolled."""
    row = connection.execute(select(IdentityRow.__table__)).one_or_none()
    newest = select(CertificateRow.certificate).order_by(CertificateRow.epoch.desc()).limit(1)
    text = connection.execute(newest).scalar_one_or_none()
    if row is None or text is None:
        raise NotEnrolled
    signed = _signed(text)
    # Checked when it was taken; here it is only read.
    certificate = canonical.read(signed.payload, DeskCertificate, what=DESK, limit=_LIMIT)
    epoch = connection.execute(select(func.max(EpochRow.epoch))).scalar() or certificate.epoch
    number = certificate.number if certificate.epoch == epoch else _spoken(connection, epoch)
    return KnownDesk(
        id=UUID(row.desk),
        key=Ed25519PrivateKey.from_private_bytes(row.signing_key),
        seal=X25519PrivateKey.from_private_bytes(row.sealing_key),
        certificate=signed,
        facts=DeskFacts(
            desk=UUID(row.desk),
            agency=certificate.agency,
            epoch=epoch,
            opening=_opening(connection, epoch),
            number=number,
            url=_address(connection) or row.url,
            root=row.root,
            province=_signed(row.province),
            first_supervisor=row.first_supervisor,
        ),
    )


def write_identity(connection: Connection, desk: NewDesk) -> None:
    """Raises NotAllowedNow where there is a desk already."""
    if connection.execute(select(IdentityRow.one)).first():
        raise NotAllowedNow("enrol", "enrolled")
    certificate = canonical.read(desk.certificate.payload, DeskCertificate, what=DESK, limit=_LIMIT)
    row = {
        "one": 1,
        "desk": str(desk.desk),
        "url": desk.url,
        "root": desk.root,
        "province": canonical.write(desk.province),
        "signing_key": desk.key.private_bytes_raw(),
        "sealing_key": desk.seal.private_bytes_raw(),
        "first_supervisor": desk.first_supervisor,
    }
    connection.execute(insert(IdentityRow), row)
    connection.execute(
        insert(CertificateRow), {"epoch": certificate.epoch, "certificate": canonical.write(desk.certificate)}
    )
    learn_address(connection, desk.url)
    learn_province(connection, desk.province)


def learn_province(connection: Connection, signed: Signed) -> None:
    """Keep a certificate of the province, proven under the root; the highest serial is in force."""
    certificate = canonical.read(signed.payload, ProvinceCertificate, what=PROVINCE, limit=_LIMIT)
    values = {"serial": certificate.serial, "certificate": canonical.write(signed)}
    connection.execute(upsert(ProvinceRow).values(values).on_conflict_do_nothing())
    newest = select(ProvinceRow.certificate).order_by(ProvinceRow.serial.desc()).limit(1).scalar_subquery()
    connection.execute(update(IdentityRow).values(province=newest))


def learn_address(connection: Connection, url: str) -> None:
    """From now on the province is asked there first; where it was asked before stays a second choice."""
    highest = connection.execute(select(func.max(AddressRow.nth))).scalar() or 0
    values = {"nth": highest + 1}
    learn = upsert(AddressRow).values(url=url, **values)
    connection.execute(learn.on_conflict_do_update([AddressRow.url], set_=values))


def known_addresses(connection: Connection) -> tuple[str, ...]:
    """The one in force first."""
    return tuple(connection.execute(select(AddressRow.url).order_by(AddressRow.nth.desc())).scalars())


class SqlIdentity:
    """The identity within one work or reading. `know` reads it from the connection, or gives what is remembered."""

    def __init__(self, connection: Connection, know: Callable[[Connection], KnownDesk]) -> None:
        self._connection = connection
        self._know = know
        self.changed = False

    def desk(self) -> DeskFacts:
        return self._know(self._connection).facts

    def sign_slip(self, write: Callable[[Ed25519PrivateKey], str]) -> str:
        return write(self._know(self._connection).key)

    def unseal(self, read: Callable[[X25519PrivateKey], T]) -> T:
        return read(self._know(self._connection).seal)

    def addresses(self) -> tuple[str, ...]:
        return known_addresses(self._connection)

    def learn_address(self, url: str) -> None:
        learn_address(self._connection, url)
        self.changed = True

    def provinces(self) -> tuple[Signed, ...]:
        rows = self._connection.execute(select(ProvinceRow.certificate).order_by(ProvinceRow.serial)).scalars()
        return tuple(_signed(text) for text in rows)

    def establish(self, desk: NewDesk) -> None:
        write_identity(self._connection, desk)


def _spoken(connection: Connection, epoch: int) -> int | None:
    return connection.execute(select(SpokenNumberRow.number).where(SpokenNumberRow.epoch == epoch)).scalar_one_or_none()


def _opening(connection: Connection, epoch: int) -> str:
    first = select(HeadRow.hash).where(HeadRow.epoch == epoch, HeadRow.seq == 1)
    return connection.execute(first).scalar_one_or_none() or ""


def _address(connection: Connection) -> str | None:
    return next(iter(known_addresses(connection)), None)


def _signed(text: str) -> Signed:
    return canonical.read(text, Signed, what="certificate", limit=_LIMIT)
