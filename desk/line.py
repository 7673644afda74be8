"""What sync says of the line, in the desk's words: reasons for the lamp, errors for whoever enrols."""

from desk.services.ports.values import LampReason
from sync.protocol.problems import CodeNotValid
from sync.runner import Line
from sync.schedule import Why
from sync.troubles import Refused, Trouble

_REASONS = {
    Why.OFFLINE: LampReason.OFFLINE,
    Why.UNKNOWN: LampReason.ASKING,
    Why.BUSY: LampReason.BUSY,
    Why.NOT_THE_PROVINCE: LampReason.NOT_THE_PROVINCE,
    Why.REFUSED: LampReason.DESK_REFUSED,
    Why.FORKED: LampReason.FORKED,
    Why.CLOCK: LampReason.CLOCK,
    Why.STARTING: LampReason.SENDING,
    Why.SENDING: LampReason.SENDING,
    Why.SHRINKING: LampReason.SENDING,
    Why.STUCK: LampReason.STUCK,
    Why.BODIES: LampReason.BODIES,
    Why.FAILED: LampReason.STORE,
}


def lamp_reason(why: Why) -> LampReason:
    """Why what waits is still waiting; NONE while the line is well."""
    return _REASONS.get(why, LampReason.NONE)


def has_ended(line: Line) -> bool:
    """Whether a turn has just come to its end: not while it goes on, nor again while the line rests."""
    return line.why not in (Why.SENDING, Why.STARTING, Why.STOPPED) and line.next_try_at is None


def of_enrolment(trouble: Trouble) -> Exception:
    """A refused code is the technician's to put right, and is said as such."""
    if isinstance(trouble, Refused) and trouble.code == CodeNotValid.code:
        return CodeNotValid(str(trouble.facts.get("reason", "")))
    return trouble
