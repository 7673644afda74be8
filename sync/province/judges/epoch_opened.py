"""A desk began an epoch. One that was restored out of our reach gets a certificate and a new number now."""

import logging

from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import Head
from sync.province import desks, forks
from sync.province.errors import NotPossible
from sync.province.judges.case import Case
from sync.province.rows import EpochRow
from sync.province.verdicts import APPLIED, Judgement

log = logging.getLogger(__name__)


def judge_epoch_opened(case: Case, body: EpochOpened) -> Judgement:
    """It happened; the parent says how much of the earlier epochs the desk still knows."""
    head = case.entry.head
    if head.seq != 1:
        return APPLIED
    row = case.work.session.get_one(EpochRow, (head.desk, head.epoch, case.line))
    row.reason = body.reason
    if body.parent is not None and body.parent.epoch < head.epoch:
        row.parent_epoch, row.parent_seq, row.parent_hash = body.parent.epoch, body.parent.seq, body.parent.hash
    _give_number(case, head)
    forks.watch_restores(case.work, case.desk, row)
    return APPLIED


def _give_number(case: Case, head: Head) -> None:
    """Of two lines that begin one epoch, the number is the first one's; the other will soon begin a new epoch."""
    certificate = desks.certificate_for(case.work, head.desk, head.epoch)
    if certificate is None:
        _certify(case, head.epoch)
    elif certificate.opening is None:
        certificate.opening = case.entry.hash


def _certify(case: Case, epoch: int) -> None:
    """Under the key the desk last had; a certificate binds a number to an epoch, not a key."""
    if desks.has_many_numbers(case.work, case.desk.id):
        forks.tell_of_no_number(case.work, case.desk)
        return
    last = desks.newest_certificate(case.work, case.desk.id)
    try:
        desks.issue_certificate(
            case.work, case.desk, epoch=epoch, key=last.key, seal=last.seal, opening=case.entry.hash
        )
    except NotPossible as error:  # it goes on with provisional codes, which the province numbers
        log.warning("Desk %s stays without a number in epoch %d: %s", case.desk.id, epoch, error)
        forks.tell_of_no_number(case.work, case.desk)
