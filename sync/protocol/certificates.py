"""Who vouches for whom: an offline root for the province's keys, the province for its desks.

A desk learns the root at enrolment, by the fingerprint inside its enrolment code, and trusts nothing else.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.canonical import Said
from sync.protocol.instant import InstantText, read_instant
from sync.protocol.problems import NotCertified
from sync.protocol.signing import Key, Signed, read_statement, state

PROVINCE = "commune-desk/province-certificate/1"
DESK = "commune-desk/desk-certificate/1"

DeskNumber = Annotated[int, msgspec.Meta(ge=1000, le=9999)]
Epoch = Annotated[int, msgspec.Meta(ge=1, le=65535)]


class ProvinceCertificate(Said, frozen=True, kw_only=True):
    """The root says: these keys speak and read for this province, in this time."""

    v: Literal[1] = 1
    province: str
    name: str
    serial: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    key: Key
    seal: Key
    not_before: InstantText
    not_after: InstantText


class DeskCertificate(Said, frozen=True, kw_only=True):
    """The province says: this key is this desk in this epoch, and its dossier codes begin with this number."""

    v: Literal[1] = 1
    province: str
    desk: UUID
    agency: str
    epoch: Epoch
    number: DeskNumber
    key: Key
    seal: Key
    not_before: InstantText
    not_after: InstantText


def certify_province(root: Ed25519PrivateKey, certificate: ProvinceCertificate) -> Signed:
    """Signed by the offline root."""
    return state(root, PROVINCE, certificate)


def certify_desk(province: Ed25519PrivateKey, certificate: DeskCertificate) -> Signed:
    """Signed by the province's key in force."""
    return state(province, DESK, certificate)


def province_of(signed: Signed, *, root: str, at: datetime | None = None) -> ProvinceCertificate:
    """The certificate, once the root is shown to have signed it and, if `at` is given, it is valid then.

    Raises BadSignature, NotCertified, Unreadable.
    """
    certificate = read_statement(signed, PROVINCE, ProvinceCertificate, key=root)
    _in_force("province", certificate, at)
    return certificate


def desk_of(signed: Signed, *, province: ProvinceCertificate, at: datetime | None = None) -> DeskCertificate:
    """The certificate, once the province is shown to have signed it and, if `at` is given, it is valid then.

    Raises BadSignature, NotCertified, Unreadable.
    """
    certificate = read_statement(signed, DESK, DeskCertificate, key=province.key)
    if certificate.province != province.province:
        raise NotCertified("desk", "of another province")
    _in_force("desk", certificate, at)
    return certificate


def _in_force(what: str, certificate: ProvinceCertificate | DeskCertificate, at: datetime | None) -> None:
    if at is not None and at < read_instant(certificate.not_before):
        raise NotCertified(what, "not yet valid")
    if at is not None and at > read_instant(certificate.not_after):
        raise NotCertified(what, "expired")
