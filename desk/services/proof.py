"""Is a scanned number a slip of this province, and is it as the desk that gave it out signed it?"""

from dataclasses import dataclass

from desk.domain.errors import SlipFault, UnreadableSlip
from desk.services.ports import Reading, Work
from desk.services.ports.values import DeskHand
from sync.protocol.certificates import DESK, DeskCertificate
from sync.protocol.problems import SlipUnreadable
from sync.protocol.signing import Signed, read_statement
from sync.protocol.slip_number import ScannedSlip, SlipNumber, read_slip_number

LEAST_DIGITS = 100
"""No code, telephone or identity has so many digits, every slip's number has more."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What a slip says, once a hand of the province is shown to have signed it; a `revoked` one may be a thief's."""

    slip: SlipNumber
    digits: str
    revoked: bool


def looks_scanned(text: str) -> bool:
    """Whether a text is a slip's number rather than anything a person types."""
    return text.isascii() and text.isdigit() and len(text) > LEAST_DIGITS


def prove(memory: Reading | Work, digits: str) -> Proven:
    """Raises UnreadableSlip with what is wrong.

    The hands of the number the slip names are tried first, then all: a desk without a number signs with 0, and a
    desk that was restored may go by a new number with the same key.
    """
    try:
        scanned = read_slip_number(digits)
    except SlipUnreadable as error:
        raise UnreadableSlip(SlipFault.NOT_A_SLIP) from error
    hands = sorted(_hands(memory), key=lambda one: (one.revoked, one.number != scanned.slip.desk_number))
    hand = next((one for one in hands if scanned.proven_by(one.key)), None)
    if hand is None:
        raise UnreadableSlip(_fault(scanned, hands))
    return Proven(scanned.slip, digits.strip(), hand.revoked)


def _fault(scanned: ScannedSlip, hands: list[DeskHand]) -> SlipFault:
    known = any(one.number == scanned.slip.desk_number for one in hands)
    return SlipFault.CHANGED if known else SlipFault.UNKNOWN_DESK


def _hands(memory: Reading | Work) -> tuple[DeskHand, ...]:
    """This desk's own of every epoch, and all the feed has told of."""
    return (*map(_own, memory.journal.certificates()), *memory.reference.desk_hands())


def _own(signed: Signed) -> DeskHand:
    certificate = read_statement(signed, DESK, DeskCertificate, key=signed.key)
    return DeskHand(certificate.number, certificate.key, revoked=False)
