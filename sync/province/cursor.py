"""Where a desk stands in the feed, as a word that only the province understands."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self


class Phase(StrEnum):
    """A first reading goes through all three, everybody else reads news."""

    REFERENCE = "r"
    DOSSIERS = "d"
    NEWS = "n"


_WRITTEN = re.compile(r"(?P<phase>[rdn])\.(?P<upto>\d{1,15})\.(?P<n>\d{1,15})\.(?P<received_at>[0-9TZ:.-]{0,24})")


@dataclass(frozen=True)
class Cursor:
    """`upto` is the newest item when a first reading began: what came later is news, and read at its end."""

    phase: Phase
    upto: int
    n: int = 0
    received_at: str = ""

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None where nothing was read yet, or the word is not ours: reading begins anew, which harms nobody."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            return None
        return cls(Phase(match["phase"]), int(match["upto"]), int(match["n"]), match["received_at"])

    def __str__(self) -> str:
        return f"{self.phase}.{self.upto}.{self.n}.{self.received_at}"

    def past(self, n: int, received_at: str) -> Self:
        """Behind an item of this phase."""
        return replace(self, n=n, received_at=received_at if self.phase is Phase.DOSSIERS else "")

    def next_phase(self, newest: int) -> "Cursor":
        """Nothing is left here. `newest` was read before the items were, so nothing can have slipped between."""
        if self.phase is Phase.REFERENCE:
            return Cursor(Phase.DOSSIERS, self.upto)
        if self.phase is Phase.DOSSIERS:
            return Cursor(Phase.NEWS, self.upto, self.upto)
        return Cursor(Phase.NEWS, 0, max(self.n, newest))
