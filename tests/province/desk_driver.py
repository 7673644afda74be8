"""A desk made of nothing but the protocol: keys, a journal in memory, parcels over real HTTP."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from secrets import randbelow
from typing import Any, Self
from uuid import UUID, uuid4

import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.protocol import canonical
from sync.protocol.certificates import DeskCertificate, ProvinceCertificate, desk_of, province_of
from sync.protocol.enrolment_code import read_enrolment_code
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.dossier_accepted import DossierAccepted, SaidAddress, SaidFee, SaidParty, SaidRequirement
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import BEGINNING, Body, Entry, Tip, sign_head, write_entry
from sync.protocol.exchange import (
    ENROLMENT,
    Down,
    EnrolmentAnswer,
    EnrolmentRequest,
    Up,
    carry,
    read_down,
    write_lines,
)
from sync.protocol.feed import FeedItem, Verdict, read_item
from sync.protocol.instant import read_instant, write_instant
from sync.protocol.parcel import ParcelHeader, check_hand, open_parcel, pack, read_outside
from sync.protocol.signing import Signed, public, state
from sync.protocol.slip_number import SlipNumber, write_slip_number

VU_NINH = "H05.09.169"
PARCEL_TYPE = "application/vnd.commune-desk.parcel"
TUESDAY = datetime(2025, 7, 1, 1, 15, tzinfo=UTC)
"""08:15 on 1 July 2025 in Viet Nam."""
VN = timezone(timedelta(hours=7))


_NOTHING = Tip(epoch=1, seq=0, hash=BEGINNING)


@dataclass
class Answer:
    """What came back, proven and opened."""

    down: Down
    items: tuple[FeedItem, ...]

    def of(self, kind: str) -> list[Any]:
        """The items of a kind, read."""
        return [read_item(item) for item in self.items if item.kind == kind]

    def keys(self, kind: str) -> list[str]:
        return [item.key for item in self.items if item.kind == kind]


@dataclass
class DeskDriver:
    """One desk. `journal` is all it wrote; `held` how much of it the province said it holds."""

    url: str
    id: UUID
    key: Ed25519PrivateKey
    seal: X25519PrivateKey
    root: str
    province: ProvinceCertificate
    certificate: Signed
    supervisor: str
    journal: list[Entry] = field(default_factory=list)
    tip: Tip = _NOTHING
    held: dict[int, int] = field(default_factory=dict)
    incarnation: str | None = None
    cursor: str = ""
    given: int = 0
    last_of: dict[UUID, str] = field(default_factory=dict)

    @classmethod
    def enrol(cls, url: str, code: str) -> Self:
        """Enrol and open the first epoch, as a real desk does."""
        key, seal, name = Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), uuid4()
        signed = enrolment(code, key, seal, name)
        response = post_enrolment(url, signed)
        assert response.status_code == 201, response.text
        answer = canonical.read(response.content, EnrolmentAnswer, what="answer", limit=10**6)
        assert read_enrolment_code(code).vouches_for(answer.root)
        province = province_of(answer.province, root=answer.root)
        desk = cls(url, name, key, seal, answer.root, province, answer.desk, answer.supervisor)
        desk.write(EpochOpened(reason="enrolled", certificate=answer.desk, parent=None, software="driver"))
        return desk

    @property
    def said(self) -> DeskCertificate:
        return desk_of(self.certificate, province=self.province)

    @property
    def number(self) -> int:
        return self.said.number

    @property
    def agency(self) -> str:
        return self.said.agency

    def write(self, *bodies: Body, dossier: UUID | None = None, at: datetime = TUESDAY, signed: bool = True) -> None:
        """One deed: entries, the last head signed."""
        for body in bodies:
            entry = write_entry(
                body,
                desk=self.id,
                tip=self.tip,
                time=at,
                offset=None,
                clerk=self.supervisor,
                dossier=dossier,
                after=self.last_of.get(dossier) if dossier else None,
                salt=os.urandom(32),
            )
            self.append(entry)
        if signed:
            self.sign()

    def restore(self, parent: Tip) -> None:
        """Begin the next epoch out of reach of the province, from a copy that ended at `parent`."""
        self.tip = Tip(epoch=self.tip.epoch + 1, seq=0, hash=parent.hash)
        self.write(EpochOpened(reason="restored", certificate=None, parent=parent, software="driver"))

    def cloned(self) -> Self:
        """Another machine with the same disk."""
        return replace(
            self,
            journal=list(self.journal),
            held=dict(self.held),
            last_of=dict(self.last_of),
        )

    def part(self, met: Tip) -> None:
        """Begin an epoch of its own after meeting a head of this desk that this machine never wrote."""
        parent = self.tip
        self.tip = Tip(epoch=max(parent.epoch, met.epoch) + 1 + randbelow(256), seq=0, hash=parent.hash)
        self.write(EpochOpened(reason="forked", certificate=None, parent=parent, met=met, software="driver"))

    def append(self, entry: Entry) -> None:
        self.journal.append(entry)
        self.tip = entry.tip
        if entry.head.dossier is not None:
            self.last_of[entry.head.dossier] = entry.hash

    def sign(self) -> None:
        last = self.journal[-1]
        self.journal[-1] = Entry(last.head_text, last.body_text, last.salt, sign_head(self.key, last.head_text))

    def sign_in(self) -> None:
        self.write(ClerkSignedIn(by="pin"))

    def accept(self, id: UUID | None = None, **facts: Any) -> UUID:
        """Take a dossier in; what is not said is an ordinary one."""
        dossier = id or uuid4()
        self.write(self.acceptance(**facts), dossier=dossier)
        return dossier

    def acceptance(self, **facts: Any) -> DossierAccepted:
        self.given += 1
        facts.setdefault("code", self.code(self.given, facts.get("resolving_agency", self.agency)))
        return acceptance(**{"receiving_agency": self.agency, "resolving_agency": self.agency} | facts)

    def slip(self, dossier: UUID, body: DossierAccepted, *, code: str | None = None) -> str:
        """The number on the slip of a dossier, signed by this desk."""
        person = body.applicant
        slip = SlipNumber(
            desk_number=self.number,
            epoch=self.said.epoch,
            dossier=dossier,
            code=code or body.code,
            procedure=body.procedure,
            received_at=read_instant(body.received_at),
            due_at=read_instant(body.due_at) if body.due_at else None,
            channel=body.channel,
            return_by=body.return_by,
            kind=person.kind,
            full_name=person.full_name,
            personal_id=person.personal_id or "",
            date_of_birth=person.date_of_birth or "",
            phone=person.phone or "",
            papers=3,
            fee=4_000,
            receiving_agency=body.receiving_agency,
            resolving_agency=body.resolving_agency,
            register_line=body.register_line,
        )
        return write_slip_number(slip, self.key)

    def code(self, n: int, agency: str | None = None, day: datetime = TUESDAY) -> str:
        return f"{agency or self.agency}-{day.astimezone(VN):%y%m%d}-{self.number * 1000 + n}"

    def waiting(self) -> list[Entry]:
        return [entry for entry in self.journal if entry.head.seq > self.held.get(entry.head.epoch, 0)]

    def exchange(self, entries: Sequence[Entry] | None = None, *, limit: int = 500) -> Answer:
        """One turn; all that is not held goes, unless `entries` says what goes."""
        sent = self.waiting() if entries is None else entries
        parcel = self.parcel(tuple(sent), limit=limit)
        response = requests.post(
            f"{self.url}/v1/parcels", data=parcel, headers={"Content-Type": PARCEL_TYPE}, timeout=60
        )
        assert response.status_code == 200, response.text
        return self.hear(parcel, response.content)

    def post(self, parcel: bytes, *, url: str | None = None) -> requests.Response:
        return requests.post(f"{url or self.url}/v1/parcels", data=parcel, timeout=60)

    def read_all(self, *, limit: int = 500) -> Answer:
        """Turns until there is nothing more to read."""
        answer = self.exchange(limit=limit)
        items = answer.items
        while answer.down.more:
            answer = self.exchange(limit=limit)
            items += answer.items
        return Answer(answer.down, items)

    def parcel(self, entries: tuple[Entry, ...], *, limit: int = 500) -> bytes:
        up = Up(
            certificate=self.certificate,
            software="driver/1",
            tip=self.tip,
            unsent=len(self.waiting()),
            incarnation=self.incarnation,
            cursor=self.cursor,
            feed_limit=limit,
        )
        return self.packed(write_lines(up, tuple(carry(entry) for entry in entries)))

    def packed(self, payload: bytes) -> bytes:
        header = ParcelHeader(
            id=uuid4(),
            kind="up",
            sender=public(self.key),
            reader=self.province.seal,
            sent=write_instant(datetime.now(UTC)),
        )
        return pack(header, payload, signer=self.key)

    def hear(self, asked: bytes, data: bytes) -> Answer:
        """Prove an answer as a desk must, and settle it."""
        parcel = read_outside(data)
        check_hand(parcel)
        assert parcel.header.kind == "down"
        assert parcel.header.reply_to == read_outside(asked).header.id
        down, items = read_down(open_parcel(parcel, seal=self.seal))
        self.province = province_of(down.certificate, root=self.root)
        assert parcel.header.sender == self.province.key
        if down.desk_certificate is not None:
            self.certificate = down.desk_certificate
            assert self.said.desk == self.id
        assert [item.n for item in items] == sorted({item.n for item in items})
        own = {entry.hash for entry in self.journal}
        self.held = {tip.epoch: tip.seq for tip in sorted(down.held, key=lambda tip: tip.seq) if tip.hash in own}
        self.incarnation, self.cursor = down.incarnation, down.cursor
        return Answer(down, items)


def acceptance(**facts: Any) -> DossierAccepted:
    """An ordinary dossier of certified copies."""
    ordinary: dict[str, Any] = {
        "client_id": uuid4(),
        "provisional": False,
        "procedure": "2.000815",
        "procedure_name": "Chứng thực bản sao từ bản chính",
        "procedure_version": "1",
        "case": None,
        "catalogue": "1",
        "channel": "direct",
        "received_at": write_instant(TUESDAY),
        "due_at": write_instant(TUESDAY + timedelta(hours=8)),
        "time_limit": "trong ngày",
        "applicant": party(),
        "owner": None,
        "requirements": (SaidRequirement(name="Bản chính", originals=1, certified=0, copies=2),),
        "fees": (SaidFee(name="Phí chứng thực", kind="fee", amount=2_000, count=2, paid="cash"),),
        "receiving_agency": VU_NINH,
        "resolving_agency": VU_NINH,
        "return_by": "counter",
        "note": "",
        "register_book": "2025-1000",
        "register_line": 1,
    }
    return DossierAccepted(**ordinary | facts)


def party(**facts: Any) -> SaidParty:
    lan: dict[str, Any] = {
        "kind": "citizen",
        "full_name": "Nguyễn Thị Lan",
        "personal_id": "027180001234",
        "date_of_birth": "1980-02-03",
        "sex": "female",
        "phone": "0912345678",
        "email": None,
        "address": SaidAddress(commune="09169", detail="Khu 3"),
    }
    return SaidParty(**lan | facts)


def enrolment(code: str, key: Ed25519PrivateKey, seal: X25519PrivateKey, id: UUID) -> Signed:
    request = EnrolmentRequest(
        secret=read_enrolment_code(code).secret.hex(),
        desk=id,
        key=public(key),
        seal=seal.public_key().public_bytes_raw().hex(),
        software="driver/1",
    )
    return state(key, ENROLMENT, request)


def post_enrolment(url: str, signed: Signed) -> requests.Response:
    return requests.post(
        f"{url}/v1/enrolments",
        data=canonical.write(signed).encode(),
        headers={"Content-Type": "application/json"},
        timeout=60,
    )


def verdicts(answer: Answer) -> dict[tuple[int, int], Verdict]:
    """The verdict of each entry an answer speaks of, by (epoch, seq)."""
    return {
        (verdict.epoch, seq): verdict
        for verdict in answer.of("verdict")
        for seq in range(verdict.first, verdict.last + 1)
    }


def retouched(entry: Entry, **facts: Any) -> Entry:
    """The same entry with a head that says something else."""
    return Entry(
        canonical.write(msgspec.structs.replace(entry.head, **facts)), entry.body_text, entry.salt, entry.signature
    )
