"""A desk began an epoch. One that was restored out of our reach gets a certificate and a new number now."""

import logging

from sqlalchemy import select

from sync.protocol.entries.epoch_opened import EpochOpened
from sync.province import desks
from sync.province.errors import NotPossible
from sync.province.judges.case import Case
from sync.province.rows import CertificateRow, EpochRow
from sync.province.verdicts import APPLIED, Judgement

log = logging.getLogger(__name__)


def judge_epoch_opened(case: Case, body: EpochOpened) -> Judgement:
    """It happened; the parent says how much of the earlier epochs the desk still knows."""
    head = case.entry.head
    epoch = case.work.session.get_one(EpochRow, (head.desk, head.epoch))
    if body.parent is not None and body.parent.epoch < head.epoch:
        epoch.parent_epoch, epoch.parent_seq = body.parent.epoch, body.parent.seq
    if desks.certificate_for(case.work, head.desk, head.epoch) is None:
        _certify(case, head.epoch)
    return APPLIED


def _certify(case: Case, epoch: int) -> None:
    """Under the key the desk last had; a certificate binds a number to an epoch, not a key."""
    of_desk = select(CertificateRow).where(CertificateRow.desk == case.desk.id)
    last = case.work.session.scalars(of_desk.order_by(CertificateRow.epoch.desc())).first()
    if last is None:
        return
    try:
        desks.issue_certificate(case.work, case.desk, epoch=epoch, key=last.key, seal=last.seal)
    except NotPossible as error:  # it goes on with provisional codes, which the province numbers
        log.warning("Desk %s stays without a number in epoch %d: %s", case.desk.id, epoch, error)
