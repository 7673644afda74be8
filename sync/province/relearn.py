"""Desks a restored province has forgotten: who shows a certificate of ours and signs with its key is known again."""

import logging
from datetime import datetime

from sqlalchemy import select

from sync.protocol.certificates import DeskCertificate, desk_of
from sync.protocol.instant import read_instant
from sync.protocol.problems import NotCertified, Problem
from sync.protocol.signing import Signed
from sync.province import desks
from sync.province.database import Work
from sync.province.keys import SLOW_CLOCKS, said_by_all
from sync.province.rows import CertificateRow, DeskRow

log = logging.getLogger(__name__)


def is_forgotten(work: Work, shown: Signed) -> bool:
    """Is this an epoch of a desk that is in no book here? Raises NotCertified where no key of ours signed it."""
    certificate = _proven(work, shown, at=None)
    return work.session.get(CertificateRow, (certificate.desk, certificate.epoch)) is None


def relearn(work: Work, shown: Signed, sender: str) -> None:
    """Write the desk and its certificate into the books again, and tell its siblings. Within `Database.telling` only.

    Raises NotCertified for a certificate that no key of ours signed, that belongs to another sender, or whose number
    or key is somebody else's here.
    """
    certificate = _proven(work, shown, at=work.now)
    if certificate.key != sender:
        raise NotCertified("desk", "shows another desk's certificate")
    if work.session.get(CertificateRow, (certificate.desk, certificate.epoch)) is not None:
        return
    _check_free(work, certificate)
    desk = work.session.get(DeskRow, certificate.desk) or _enter(work, certificate)
    row = CertificateRow(
        desk=certificate.desk,
        epoch=certificate.epoch,
        number=certificate.number,
        key=certificate.key,
        seal=certificate.seal,
    )
    desks.renew(work, desk, row)
    log.info("Desk %s is known again, epoch %d, number %d", desk.id, row.epoch, row.number)


def _proven(work: Work, shown: Signed, *, at: datetime | None) -> DeskCertificate:
    """Signed by any key this province ever had, and in force then if a moment is named. Raises NotCertified."""
    for province in said_by_all(work):
        try:
            return desk_of(shown, province=province, at=at)
        except Problem:
            continue
    raise NotCertified("desk", "unknown")


def _check_free(work: Work, certificate: DeskCertificate) -> None:
    number = select(CertificateRow).where(CertificateRow.number == certificate.number)
    key = select(CertificateRow).where(CertificateRow.key == certificate.key, CertificateRow.desk != certificate.desk)
    if work.session.scalar(number) is not None or work.session.scalar(key) is not None:
        raise NotCertified("desk", "its number is another desk's by now")


def _enter(work: Work, certificate: DeskCertificate) -> DeskRow:
    row = DeskRow(
        id=certificate.desk,
        agency=certificate.agency,
        enrolled_at=_begun(certificate, work.now),
        software="",
        unsent=0,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _begun(certificate: DeskCertificate, now: datetime) -> datetime:
    return min(now, read_instant(certificate.not_before) + SLOW_CLOCKS)
