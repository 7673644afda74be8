"""Keys, journals, certificates and parcels to test with."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.protocol.certificates import DeskCertificate, ProvinceCertificate
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.dossier_accepted import SaidFee
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entry import BEGINNING, Body, Entry, Tip, sign_head, write_entry
from sync.protocol.instant import write_instant
from sync.protocol.parcel import ParcelHeader
from sync.protocol.signing import public
from sync.protocol.slip_number import SlipNumber

NOW = datetime(2025, 7, 1, 1, 15, 0, 123_000, tzinfo=UTC)
DESK = UUID("6f1c3d5e-0a57-4a6b-9d51-0b8d4f0c2a11")
DOSSIER = UUID("0197c2f4-5c3a-7d11-8a3e-9f6b2c4d5e6f")
START = Tip(epoch=1, seq=0, hash=BEGINNING)


@cache
def hand(name: str) -> Ed25519PrivateKey:
    """A signing key for each name."""
    return Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"."))


@cache
def seal(name: str) -> X25519PrivateKey:
    """A sealing key for each name."""
    return X25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"."))


def reader(name: str) -> str:
    return seal(name).public_key().public_bytes_raw().hex()


def entry(body: Body | None = None, tip: Tip = START, **facts: Any) -> Entry:
    """The entry behind `tip`."""
    ordinary: dict[str, Any] = {
        "desk": DESK,
        "time": NOW,
        "offset": None,
        "clerk": "lan",
        "dossier": DOSSIER,
        "after": None,
        "salt": os.urandom(32),
    }
    return write_entry(body or ClerkSignedIn(by="pin"), tip=tip, **ordinary | facts)


def journal(length: int) -> list[Entry]:
    """A chain of entries, the last one signed."""
    paid = FeeTaken(fees=(fee(),), total=4_000)
    bodies = (ClerkSignedIn(by="pin"), paid, SlipConfirmed(slip=DOSSIER, outcome="printed"))
    entries: list[Entry] = []
    for n in range(length):
        entries.append(entry(bodies[n % 3], entries[-1].tip if entries else START))
    last = entries[-1]
    entries[-1] = Entry(last.head_text, last.body_text, last.salt, sign_head(hand("desk"), last.head_text))
    return entries


def fee() -> SaidFee:
    return SaidFee(name="Phí chứng thực", kind="fee", amount=2_000, count=2, paid="cash")


def province(**facts: Any) -> ProvinceCertificate:
    ordinary: dict[str, Any] = {
        "province": "H05",
        "name": "Bắc Ninh",
        "serial": 1,
        "key": public(hand("province")),
        "seal": reader("province"),
        "not_before": write_instant(NOW - timedelta(days=1)),
        "not_after": write_instant(NOW + timedelta(days=365)),
    }
    return ProvinceCertificate(**ordinary | facts)


def desk(**facts: Any) -> DeskCertificate:
    ordinary: dict[str, Any] = {
        "province": "H05",
        "desk": DESK,
        "agency": "H05.09.169",
        "epoch": 1,
        "number": 1017,
        "key": public(hand("desk")),
        "seal": reader("desk"),
        "not_before": write_instant(NOW - timedelta(days=1)),
        "not_after": write_instant(NOW + timedelta(days=365)),
    }
    return DeskCertificate(**ordinary | facts)


def parcel_header(**facts: Any) -> ParcelHeader:
    """From the desk to the province."""
    ordinary: dict[str, Any] = {
        "id": DOSSIER,
        "kind": "up",
        "sender": public(hand("desk")),
        "reader": reader("province"),
        "sent": write_instant(NOW),
    }
    return ParcelHeader(**ordinary | facts)


def slip(**facts: Any) -> SlipNumber:
    ordinary: dict[str, Any] = {
        "desk_number": 1017,
        "epoch": 1,
        "dossier": DOSSIER,
        "code": "H05.09.169-250701-1017023",
        "procedure": "2.000815",
        "received_at": datetime(2025, 7, 1, 1, 15, tzinfo=UTC),
        "due_at": datetime(2025, 7, 1, 9, 30, tzinfo=UTC),
        "channel": "direct",
        "return_by": "counter",
        "kind": "citizen",
        "full_name": "Nguyễn Thị Hường",
        "personal_id": "027180001234",
        "date_of_birth": "1980-02-03",
        "phone": "0912345678",
        "papers": 3,
        "fee": 10_000,
        "receiving_agency": "H05.09.169",
        "resolving_agency": "H05.09.169",
        "register_line": 23,
    }
    return SlipNumber(**ordinary | facts)
