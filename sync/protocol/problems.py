"""Everything that can be wrong with what one end said to the other.

    Problem
    ├── Unreadable          bytes that are not what they claim to be
    ├── BadSignature        right shape, wrong hand
    ├── NotCertified        a key nobody we trust vouches for, or no longer
    ├── ChainBroken         entries that do not follow what is held
    │   └── Forked          the same place in the journal with another content
    ├── CodeNotValid        an enrolment code that is wrong, used or spoilt
    └── SlipUnreadable      a number that is no slip of ours

A problem carries facts for a program and a `code` for the wire; sentences are made where they are shown.
"""

from dataclasses import dataclass, fields
from typing import ClassVar


class Problem(Exception):
    """Something said between desk and province cannot be accepted as it stands."""

    code: ClassVar[str] = "problem"

    def facts(self) -> dict[str, str | int]:
        """The facts, by name, as they go over the wire; never a person's data."""
        return {}

    def __str__(self) -> str:
        return f"{self.code} {self.facts()}"


@dataclass(eq=False)
class _Fact(Problem):
    def facts(self) -> dict[str, str | int]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    __str__ = Problem.__str__


@dataclass(eq=False)
class Unreadable(_Fact):
    """Bytes that do not parse: what was expected, why not, and the field if one is to blame."""

    code: ClassVar[str] = "unreadable"
    what: str
    reason: str
    field: str = ""


@dataclass(eq=False)
class BadSignature(_Fact):
    """The signature does not belong to these bytes and this key."""

    code: ClassVar[str] = "bad-signature"
    what: str


@dataclass(eq=False)
class NotCertified(_Fact):
    """Nobody trusted vouches for the key: unknown, expired, not yet valid, revoked or of another province."""

    code: ClassVar[str] = "not-certified"
    what: str
    reason: str


@dataclass(eq=False)
class ChainBroken(_Fact):
    """An entry that does not follow the one before it."""

    code: ClassVar[str] = "chain-broken"
    epoch: int
    seq: int
    reason: str


@dataclass(eq=False)
class Forked(ChainBroken):
    """The same desk, epoch and sequence number with two contents: a clone or an old copy is at work."""

    code: ClassVar[str] = "forked"


@dataclass(eq=False)
class CodeNotValid(_Fact):
    """An enrolment code that is mistyped, unknown, used or out of date."""

    code: ClassVar[str] = "code-not-valid"
    reason: str


@dataclass(eq=False)
class SlipUnreadable(_Fact):
    """A scanned number that is no slip, or a slip changed after it was signed."""

    code: ClassVar[str] = "slip-unreadable"
    reason: str
