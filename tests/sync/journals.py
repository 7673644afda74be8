"""A desk's journal in memory: what sync needs of a store, with real entries, keys and certificates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.ports import Bookmark, Identity, Settlement
from sync.protocol.certificates import DeskCertificate, ProvinceCertificate, certify_desk, certify_province
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entry import BEGINNING, Entry, Tip, sign_head, write_entry
from sync.protocol.feed import FeedItem
from sync.protocol.instant import write_instant
from sync.protocol.signing import Signed, public

NOW = datetime(2025, 7, 1, 1, 15, tzinfo=UTC)
NOTHING = Tip(epoch=1, seq=0, hash=BEGINNING)


@dataclass(frozen=True)
class Keys:
    """A root, the province it certifies, and that certificate."""

    root: Ed25519PrivateKey
    signing: Ed25519PrivateKey
    seal: X25519PrivateKey
    certificate: Signed

    @classmethod
    def new(cls, province: str = "H05", **facts: object) -> "Keys":
        root, signing, seal = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        return cls(root, signing, seal, cls.certify(root, signing, seal, province=province, **facts))

    @classmethod
    def certify(
        cls, root: Ed25519PrivateKey, signing: Ed25519PrivateKey, seal: X25519PrivateKey, **facts: object
    ) -> Signed:
        usual: dict[str, object] = {
            "province": "H05",
            "name": "Bắc Ninh",
            "serial": 1,
            "key": public(signing),
            "seal": seal.public_key().public_bytes_raw().hex(),
            "not_before": write_instant(NOW - timedelta(days=30)),
            "not_after": write_instant(NOW + timedelta(days=365)),
        }
        return certify_province(root, ProvinceCertificate(**usual | facts))  # type: ignore[arg-type]


@dataclass
class MemoryJournal:
    """Implements the port that the desk's store implements; `written` and `settled` are for the test to look at."""

    me: Identity
    written: list[Entry] = field(default_factory=list)
    settled: list[Settlement] = field(default_factory=list)
    held_seq: int = 0
    read_to: Bookmark = (None, "")
    exported: dict[UUID, Bookmark] = field(default_factory=dict)

    @classmethod
    def enrolled(cls, keys: Keys, url: str = "http://127.0.0.1:9") -> "MemoryJournal":
        desk, key, seal = uuid4(), Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        return cls(
            Identity(
                desk=desk,
                certificate=certify_desk(keys.signing, desk_certificate(desk, key, seal)),
                key=key,
                seal=seal,
                province=keys.certificate,
                root=public(keys.root),
                url=url,
            )
        )

    def write(self, count: int = 1, *, note: str = "x") -> None:
        """A deed of `count` entries; the last one is signed."""
        for _ in range(count):
            body = DossierVoided(reason=note) if note != "x" else ClerkSignedIn(by="pin")
            self.written.append(
                write_entry(
                    body,
                    desk=self.me.desk,
                    tip=self.tip(),
                    time=NOW,
                    offset=None,
                    clerk="lan",
                    dossier=None,
                    after=None,
                    salt=bytes(32),
                )
            )
        last = self.written[-1]
        self.written[-1] = replace(last, signature=sign_head(self.me.key, last.head_text))

    def identity(self) -> Identity:
        return self.me

    def tip(self) -> Tip:
        return self.written[-1].tip if self.written else NOTHING

    def unsent(self) -> int:
        return len(self.written) - self.held_seq

    def bookmarks(self) -> Bookmark:
        return self.read_to

    def waiting(self, limit_entries: int, limit_bytes: int) -> tuple[Entry, ...]:
        chosen: list[Entry] = []
        deed: list[Entry] = []
        for entry in self.written[self.held_seq :]:
            deed.append(entry)
            if entry.signature is None:
                continue
            if chosen and (len(chosen + deed) > limit_entries or _size(chosen + deed) > limit_bytes):
                break
            chosen, deed = chosen + deed, []
        return tuple(chosen)

    def bodies(self, tips: Sequence[Tip]) -> tuple[Entry, ...]:
        named = (self.written[tip.seq - 1] for tip in sorted(tips, key=lambda tip: tip.seq))
        return tuple(entry for entry in named if entry.body_text is not None)

    def batches(self, limit_entries: int, limit_bytes: int) -> Iterator[tuple[Entry, ...]]:
        yield from [self.waiting(10**6, 10**9)] if self.unsent() else []

    def asked_for(self) -> tuple[Tip, ...]:
        return self.settled[-1].wanted if self.settled else ()

    def remember_export(self, parcel: UUID, bookmark: Bookmark) -> None:
        self.exported[parcel] = bookmark

    def export_bookmark(self, parcel: UUID) -> Bookmark | None:
        return self.exported.get(parcel)

    def hash_at(self, epoch: int, seq: int) -> str | None:
        return self.written[seq - 1].hash if epoch == 1 and seq <= len(self.written) else None

    def addresses(self) -> tuple[str, ...]:
        return (self.me.url,)

    def learn_province(self, signed: Signed) -> None:
        self.me = replace(self.me, province=signed)

    def settle(self, settlement: Settlement) -> None:
        self.settled.append(settlement)
        ours = (tip.seq for tip in settlement.held if tip.seq and self.hash_at(tip.epoch, tip.seq) == tip.hash)
        self.held_seq = max(ours, default=0)
        self.read_to = settlement.incarnation, settlement.cursor
        self.me = replace(self.me, province=settlement.province, certificate=settlement.desk or self.me.certificate)

    @property
    def heard(self) -> list[FeedItem]:
        return [item for settlement in self.settled for item in settlement.items]


def desk_certificate(desk: UUID, key: Ed25519PrivateKey, seal: X25519PrivateKey, **facts: object) -> DeskCertificate:
    usual: dict[str, object] = {
        "province": "H05",
        "desk": desk,
        "agency": "H05.09.169",
        "epoch": 1,
        "number": 1017,
        "key": public(key),
        "seal": seal.public_key().public_bytes_raw().hex(),
        "not_before": write_instant(NOW - timedelta(days=1)),
        "not_after": write_instant(NOW + timedelta(days=365)),
    }
    return DeskCertificate(**usual | facts)  # type: ignore[arg-type]


def _size(entries: list[Entry]) -> int:
    return sum(len(entry.head_text) + len(entry.body_text or "") for entry in entries)
