"""The first entry of an epoch: why it begins, under which certificate, and which epoch it continues."""

from typing import ClassVar, Literal

from sync.protocol import canonical
from sync.protocol.entry import BODY_LIMIT, Body, Tip
from sync.protocol.signing import Signed


class EpochOpenedV1(Body, frozen=True, kw_only=True):
    """As first written: only enrolment and a known restore."""

    KIND: ClassVar[str] = "epoch_opened"

    reason: Literal["enrolled", "restored"]
    certificate: Signed | None
    parent: Tip | None
    software: str


class EpochOpened(Body, frozen=True, kw_only=True):
    """A desk enrolled, was restored from a copy, woke in another machine, or met another line of its own journal."""

    KIND: ClassVar[str] = "epoch_opened"
    VERSION: ClassVar[int] = 2

    reason: Literal["enrolled", "restored", "moved", "forked"]
    certificate: Signed | None
    """None when there is no certificate for this epoch yet, and so no desk number."""
    parent: Tip | None
    """The last head this desk had before; None for a desk's first epoch."""
    met: Tip | None = None
    """The head the province held of this desk that this desk never wrote, where that is why."""
    software: str

    @classmethod
    def older(cls, version: int, text: str) -> "EpochOpened":
        first = canonical.read(text, EpochOpenedV1, what=cls.KIND, limit=BODY_LIMIT)
        return cls(
            reason=first.reason, certificate=first.certificate, parent=first.parent, met=None, software=first.software
        )
