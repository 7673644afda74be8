"""Who this desk is: one row, two keys, a certificate an epoch."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, insert, select

from desk.domain.errors import NotAllowedNow, NotEnrolled
from desk.services.ports import DeskFacts, NewDesk
from desk.store.rows import CertificateRow, IdentityRow
from sync.protocol import canonical
from sync.protocol.certificates import DESK, DeskCertificate
from sync.protocol.signing import Signed

_LIMIT = 64 * 1024


@dataclass(frozen=True)
class KnownDesk:
    """The identity as read once; it is read again after it changed."""

    id: UUID
    key: Ed25519PrivateKey
    seal: X25519PrivateKey
    certificate: Signed
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
    return KnownDesk(
        id=UUID(row.desk),
        key=Ed25519PrivateKey.from_private_bytes(row.signing_key),
        seal=X25519PrivateKey.from_private_bytes(row.sealing_key),
        certificate=signed,
        facts=DeskFacts(
            desk=UUID(row.desk),
            agency=certificate.agency,
            epoch=certificate.epoch,
            number=certificate.number,
            url=row.url,
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


class SqlIdentity:
    """The identity within one work or reading. `know` reads it from the connection, or gives what is remembered."""

    def __init__(self, connection: Connection, know: Callable[[Connection], KnownDesk]) -> None:
        self._connection = connection
        self._know = know

    def desk(self) -> DeskFacts:
        return self._know(self._connection).facts

    def sign_slip(self, write: Callable[[Ed25519PrivateKey], str]) -> str:
        return write(self._know(self._connection).key)

    def establish(self, desk: NewDesk) -> None:
        write_identity(self._connection, desk)


def _signed(text: str) -> Signed:
    return canonical.read(text, Signed, what="certificate", limit=_LIMIT)
