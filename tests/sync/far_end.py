"""The other end of the road, small enough to be told to lie: it holds what follows, and answers what a test wants."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.certificates import desk_of, province_of
from sync.protocol.chain import follow
from sync.protocol.entry import Entry, Tip
from sync.protocol.exchange import Down, ToldProblem, Up, read_up, write_lines
from sync.protocol.feed import FeedItem, Policy, write_item
from sync.protocol.instant import write_instant
from sync.protocol.parcel import ParcelHeader, check_hand, open_parcel, pack, read_outside
from sync.protocol.problems import ChainBroken
from sync.protocol.signing import Signed, public
from tests.sync.journals import NOTHING, NOW, Keys


@dataclass
class FarEnd:
    """A province of one desk. `says` and `header` change the answer's manifest and outside, `signer` its hand."""

    keys: Keys
    held: Tip = NOTHING
    now: datetime = NOW
    entries: list[Entry] = field(default_factory=list)
    bodies: dict[Tip, str] = field(default_factory=dict)
    seen: list[Up] = field(default_factory=list)
    feed: list[FeedItem] = field(default_factory=list)
    others: tuple[Tip, ...] = ()
    """Lines of other machines under the desk's name."""
    brought: list[tuple[Entry, ...]] = field(default_factory=list)
    """The entries of each parcel."""
    says: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    signer: Ed25519PrivateKey | None = None
    on_the_way: Callable[[bytes], bytes] = bytes
    """What happens to the answer's bytes."""

    def exchange(self, data: bytes) -> bytes:
        parcel = read_outside(data)
        check_hand(parcel)
        up, entries = read_up(open_parcel(parcel, seal=self.keys.seal))
        self.seen.append(up)
        self.brought.append(entries)
        problem = self._hold(up, entries)
        return self.on_the_way(self._answer(up, parcel.header, problem))

    @property
    def wanted(self) -> tuple[Tip, ...]:
        """Heads that came without their bodies."""
        return tuple(entry.tip for entry in self.entries if entry.tip not in self.bodies)

    def certificate(self) -> Signed:
        return self.keys.certificate

    def speak(self, count: int) -> None:
        """Add items to the feed."""
        for _ in range(count):
            n = len(self.feed) + 1
            self.feed.append(write_item(n, "policy", "policy", Policy(keep_months=n)))

    def _hold(self, up: Up, entries: tuple[Entry, ...]) -> ToldProblem | None:
        new = [entry for entry in entries if entry.head.seq > self.held.seq]
        for entry in entries:
            if entry.body_text is not None:
                self.bodies[entry.tip] = entry.body_text
        desk = desk_of(up.certificate, province=province_of(self.keys.certificate, root=public(self.keys.root)))
        try:
            self.held = follow(self.held, new, desk=desk.desk)
        except ChainBroken as problem:
            return ToldProblem(code=problem.code, facts=problem.facts())
        self.entries += new
        return None

    def _answer(self, up: Up, asked: ParcelHeader, problem: ToldProblem | None) -> bytes:
        start = int(up.cursor or 0)
        page = tuple(self.feed[start : start + up.feed_limit])
        usual: dict[str, Any] = {
            "certificate": self.keys.certificate,
            "held": (*self.others, self.held),
            "wanted": self.wanted,
            "incarnation": "one",
            "cursor": str(start + len(page)),
            "more": start + len(page) < len(self.feed),
            "time": write_instant(self.now),
            "problem": problem,
        }
        down = Down(**usual | self.says)
        signer = self.signer or self.keys.signing
        outside: dict[str, Any] = {
            "id": uuid4(),
            "kind": "down",
            "sender": public(signer),
            "reader": _seal_of(up),
            "sent": write_instant(self.now),
            "reply_to": asked.id,
        }
        return pack(ParcelHeader(**outside | self.header), write_lines(down, page), signer=signer)


def _seal_of(up: Up) -> str:
    start = up.certificate.payload.index('"seal":"') + len('"seal":"')
    return up.certificate.payload[start : start + 64]


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


SOMEBODY = UUID(int=7)
