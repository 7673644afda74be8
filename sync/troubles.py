"""Why a turn came to nothing. None of these changes anything at the desk, and none is ever a refusal of an entry.

Trouble
├── Offline             nobody was reached: no line, no such name, connection refused
├── AnswerLost          something was sent and no whole answer came back: what is held is unknown
├── TooLarge            something on the way refuses a parcel of this size
├── Busy                the province asks for patience
├── NotTheProvince      somebody answered who is not the province: a log-in page, a proxy, a forger
├── Refused             the province does not take this desk's word
├── CarrierTrouble      a stick or a folder that parcels go by is full, gone or read-only
├── ClockWrong          this computer's clock is so far off that certificates look expired
└── BadAddress          the province's address cannot be one, or is not safe to use
"""

from dataclasses import dataclass, field, fields


@dataclass(eq=False)
class Trouble(Exception):
    """Facts only, fit for a log: no person's data ever reaches one."""

    def __str__(self) -> str:
        facts = ", ".join(f"{fact.name}={getattr(self, fact.name)!r}" for fact in fields(self) if fact.repr)
        return f"{type(self).__name__}({facts})"


@dataclass(eq=False)
class Offline(Trouble):
    """`reason` is the class of the network's own error."""

    reason: str


@dataclass(eq=False)
class AnswerLost(Trouble):
    """Sent, perhaps arrived, perhaps held. Ask before sending again."""

    reason: str


@dataclass(eq=False)
class TooLarge(Trouble):
    """HTTP 413, from whomever."""


@dataclass(eq=False)
class Busy(Trouble):
    """Seconds the province asks us to stay away; 0 where it did not say."""

    retry_after: float


@dataclass(eq=False)
class NotTheProvince(Trouble):
    """`reason` says what gave it away: "redirect", "content type", "tls", "signature" …"""

    reason: str
    status: int = 0
    content_type: str = ""


@dataclass(eq=False)
class Refused(Trouble):
    """A problem by its code, as `sync.protocol.problems` names them.

    Its facts may come from anybody on the way, so they are not for the log.
    """

    code: str
    facts: dict[str, str | int] = field(repr=False)


@dataclass(eq=False)
class CarrierTrouble(Trouble):
    """`reason`: "full", "gone", "read_only", or "failed"."""

    reason: str


@dataclass(eq=False)
class ClockWrong(Trouble):
    """What to add to the desk's clock to get the province's, in milliseconds; None where the connection itself was
    refused over dates, before anybody could say what time it is."""

    offset: int | None


@dataclass(eq=False)
class BadAddress(Trouble):
    """`reason`: "shape", or "plain" where http would go beyond this computer and nobody allowed it."""

    reason: str
