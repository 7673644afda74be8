"""A desk that begins anew: after a restore, in another machine, or with a number that came by telephone.

An epoch that began out of the province's reach has no desk number: its dossiers get provisional codes, and their slips
say so, until the certificate comes or a number is read out by telephone.
"""

from dataclasses import dataclass

from desk.domain.errors import NotAllowedNow, WrongSpokenNumber
from desk.services.ports import Clock, DeskFacts, OpenReading, OpenWork
from desk.services.ports.values import EpochReason
from sync.protocol import canonical
from sync.protocol.certificates import DESK, DeskCertificate, province_of
from sync.protocol.problems import CodeNotValid
from sync.protocol.signing import STATEMENT_LIMIT
from sync.protocol.spoken_number import NumberRequest, hear_number, request_number


def look_at_machine(features: dict[str, str], *, open_work: OpenWork, clock: Clock, software: str) -> bool:
    """Compare what the machine is known by; in another one begin a new epoch at once. Whether it is another one.

    What is not known on both sides is not compared: a feature may become readable, or cease to be. Raises NotEnrolled.
    """
    with open_work() as work:
        known = work.epochs.machine()
        moved = any(known[name] != features[name] for name in known.keys() & features.keys())
        if moved:
            work.journal.open_epoch(EpochReason.MOVED, at=clock(), software=software)
            work.epochs.forget_machine()
        if moved or not features.keys() <= known.keys():
            work.epochs.keep_machine(features)
            work.commit()
    return moved


def begin_restored(features: dict[str, str], *, open_work: OpenWork, clock: Clock, software: str) -> int:
    """The first deed of a store that was brought back from a backup: the number of its new epoch."""
    with open_work() as work:
        epoch = work.journal.open_epoch(EpochReason.RESTORED, at=clock(), software=software)
        work.epochs.forget_machine()
        work.epochs.keep_machine(features)
        work.commit()
    return epoch


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clerk reads out to be given a desk number: the last number the desk had, and the request's letters."""

    last_number: int
    request: NumberRequest


def number_request(*, open_reading: OpenReading) -> Asked | None:
    """None while there is a number."""
    with open_reading() as memory:
        desk = memory.identity.desk()
        signed = memory.journal.certificates()[-1]
    if desk.number is not None:
        return None
    last = canonical.read(signed.payload, DeskCertificate, what=DESK, limit=STATEMENT_LIMIT)
    return Asked(last.number, _request(desk))


def take_spoken_number(text: str, *, open_work: OpenWork, clock: Clock) -> int:
    """The desk number the province read out, in force from now on. Raises WrongSpokenNumber, NotAllowedNow."""
    with open_work() as work:
        desk = work.identity.desk()
        if desk.number is not None:
            raise NotAllowedNow("number", "numbered")
        seal = _province_seal(desk)
        try:
            number = work.identity.unseal(
                lambda key: hear_number(text, _request(desk), desk=desk.desk, seal=key, province_seal=seal)
            )
        except CodeNotValid as error:
            raise WrongSpokenNumber from error
        work.epochs.keep_spoken_number(number, clock())
        work.commit()
    return number


def _request(desk: DeskFacts) -> NumberRequest:
    return request_number(desk.epoch, desk.opening, _province_seal(desk))


def _province_seal(desk: DeskFacts) -> str:
    return province_of(desk.province, root=desk.root).seal
