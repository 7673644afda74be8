"""The chain over heads: what may follow what."""

from collections.abc import Iterable
from uuid import UUID

from sync.protocol.entry import Entry, Tip, check_body
from sync.protocol.problems import ChainBroken, Forked


def follow(tip: Tip, entries: Iterable[Entry], *, desk: UUID) -> Tip:
    """Walk entries from a tip and return the tip they lead to.

    Raises ChainBroken at the first entry that is of another desk, out of order, not chained to the one before,
    or whose body is not the one its head committed to; Unreadable for a head that does not parse.
    """
    for entry in entries:
        head = entry.head
        if head.desk != desk:
            raise ChainBroken(head.epoch, head.seq, "of another desk")
        if (head.epoch, head.seq) != (tip.epoch, tip.seq + 1):
            raise ChainBroken(head.epoch, head.seq, "a gap")
        if head.previous != tip.hash:
            raise Forked(head.epoch, head.seq, "chained to another head")
        check_body(entry)
        tip = entry.tip
    return tip
