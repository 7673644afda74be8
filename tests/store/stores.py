"""Real stores for tests: an enrolled desk in Vũ Ninh that has heard the province's first words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desk.domain.dossier import Dossier
from desk.resources import resource
from desk.services.enrolment import enrol
from desk.services.ports.values import Clerk, Role
from desk.services.reception import accept_dossier
from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.ports import Settlement
from sync.protocol.certificates import DeskCertificate, ProvinceCertificate, certify_desk, certify_province
from sync.protocol.enrolment_code import EnrolmentCode, fingerprint
from sync.protocol.entry import Entry, Tip
from sync.protocol.exchange import ENROLMENT, EnrolmentAnswer, EnrolmentRequest
from sync.protocol.feed import (
    CALENDAR,
    CATALOGUE,
    Agency,
    Calendar,
    Catalogue,
    FeedItem,
    PinCode,
    Policy,
    Staff,
    Told,
    write_item,
)
from sync.protocol.signing import Signed, public, read_statement, sign
from tests import make
from tests.make import TUESDAY, VU_NINH

KEY = bytes(range(32))
LAN = Clerk("lan", "Nguyễn Thị Lan", Role.CLERK, VU_NINH)
HOA = Clerk("hoa", "Trần Thị Hoa", Role.SUPERVISOR, VU_NINH)
OTHER_AGENCY = "H05.00"


class FakeClock:
    """Stands at 08:15 on a Tuesday until it is told to go on."""

    def __init__(self, now: datetime = TUESDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Province:
    """The far end as far as a store can see it: keys, certificates and a feed that counts."""

    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    seal: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    desk_number: int = 1017
    n: int = 0

    @property
    def certificate(self) -> Signed:
        return certify_province(
            self.root,
            ProvinceCertificate(
                province="H05",
                name="Bắc Ninh",
                serial=1,
                key=public(self.key),
                seal=self.seal.public_key().public_bytes_raw().hex(),
                not_before="2025-01-01T00:00:00.000Z",
                not_after="2035-01-01T00:00:00.000Z",
            ),
        )

    @property
    def code(self) -> str:
        return str(EnrolmentCode(bytes(10), fingerprint(public(self.root))))

    def enrol(self, signed: Signed) -> EnrolmentAnswer:
        request = read_statement(signed, ENROLMENT, EnrolmentRequest, key=signed.key)
        return EnrolmentAnswer(
            root=public(self.root),
            province=self.certificate,
            desk=self.certify(request.desk, request.key, request.seal),
            supervisor="hoa",
        )

    def certified_anew(self, wire: WireJournal, number: int) -> Signed:
        """A certificate for the epoch a desk is in, with a number of its own."""
        me = wire.identity()
        seal = me.seal.public_key().public_bytes_raw().hex()
        return self.certify(me.desk, public(me.key), seal, epoch=wire.tip().epoch, number=number)

    def certify(self, desk: UUID, key: str, seal: str, *, epoch: int = 1, number: int | None = None) -> Signed:
        return certify_desk(
            self.key,
            DeskCertificate(
                province="H05",
                desk=desk,
                agency=VU_NINH,
                epoch=epoch,
                number=number or self.desk_number,
                key=key,
                seal=seal,
                not_before="2025-01-01T00:00:00.000Z",
                not_after="2035-01-01T00:00:00.000Z",
            ),
        )

    def item(self, kind: str, key: str, data: Told | None) -> FeedItem:
        self.n += 1
        return write_item(self.n, kind, key, data)

    def catalogue(self, document: str | None = None) -> FeedItem:
        text = document or resource("catalogue/bac-ninh.json").read_text("utf-8")
        version = json.loads(text)["version"]
        return self.item("catalogue", version, Catalogue(version=version, statement=self._sign(CATALOGUE, text)))

    def calendar(self) -> FeedItem:
        text = resource("calendar/vn.json").read_text("utf-8")
        version = json.loads(text)["version"]
        return self.item("calendar", "vn", Calendar(version=version, statement=self._sign(CALENDAR, text)))

    def agency(self, id: str = VU_NINH, **facts: str | None) -> FeedItem:
        usual: dict[str, str | None] = {"name": "TRUNG TÂM", "parent_name": "UBND PHƯỜNG VŨ NINH", "place": "Vũ Ninh"}
        commune = "09169" if id == VU_NINH else None
        return self.item("agency", id, Agency(id=id, **{"commune": commune} | usual | facts))  # type: ignore[arg-type]

    def staff(self, id: str, full_name: str, role: str = "clerk", pin_code: PinCode | None = None) -> FeedItem:
        person = Staff(id=id, full_name=full_name, role=role, agency=VU_NINH, pin_code=pin_code)  # type: ignore[arg-type]
        return self.item("staff", id, person)

    def policy(self, **facts: object) -> FeedItem:
        usual = {"lookup": "https://dvc.example/tra-cuu?ma={code}"}
        return self.item("policy", "policy", Policy(**usual | facts))  # type: ignore[arg-type]

    def first_words(self) -> list[FeedItem]:
        return [
            self.policy(),
            self.agency(),
            self.agency(OTHER_AGENCY, place="Bắc Ninh"),
            self.calendar(),
            self.catalogue(),
            self.staff("hoa", "Trần Thị Hoa", "supervisor"),
            self.staff("lan", "Nguyễn Thị Lan"),
        ]

    def answer(self, items: Iterable[FeedItem] = (), held: Iterable[Tip] = (), **facts: object) -> Settlement:
        usual: dict[str, object] = {
            "held": tuple(held),
            "wanted": (),
            "items": tuple(items),
            "incarnation": "first",
            "cursor": str(self.n),
            "province": self.certificate,
            "desk": None,
            "offset": 0,
            "time": "2025-07-01T01:15:00.000Z",
            "asked": (None, ""),
        }
        return Settlement(**usual | facts)  # type: ignore[arg-type]

    def _sign(self, kind: str, text: str) -> Signed:
        return Signed(
            kind=kind, payload=text, key=public(self.key), signature=sign(self.key, kind, text.encode()).hex()
        )


@dataclass
class DeskAtWork:
    """A store on a disk and what surrounds it."""

    home: Path
    store: Store
    province: Province
    clock: FakeClock

    @property
    def wire(self) -> WireJournal:
        return WireJournal(self.store, self.clock)

    def hears(self, *items: FeedItem, held: Iterable[Tip] | None = None) -> None:
        """The province answers; what it held stays held unless said otherwise."""
        with self.store.open_reading() as memory:
            known = memory.journal.held().values()
        self.wire.settle(self.province.answer(items, known if held is None else held))

    def accepts(self, *, clerk: Clerk = LAN, confirmed: bool = False, **facts: Any) -> Dossier:
        """An ordinary dossier, but for the facts."""
        return accept_dossier(
            make.intake(**facts),
            clerk=clerk,
            open_work=self.store.open_work,
            clock=self.clock,
            new_id=uuid4,
            clock_confirmed=confirmed,
        )

    def entries(self) -> tuple[Entry, ...]:
        with self.store.open_reading() as memory:
            return tuple(memory.journal.entries())

    def sql(self, statement: str, *values: object) -> list[Any]:
        """Straight into the tables, as somebody with the key and a tool could."""
        with self.store.writing() as connection:
            result = connection.exec_driver_sql(statement, values)
            rows = list(result) if result.returns_rows else []
            connection.commit()
            return rows

    def holds_all(self) -> None:
        self.hears(held=[self.wire.tip()])

    def reopened(self) -> "DeskAtWork":
        self.store.close()
        self.store = Store.open(self.home, KEY)
        return self


def enrolled(home: Path, province: Province | None = None, *, clock: FakeClock | None = None) -> DeskAtWork:
    """A desk that has never spoken with its province since."""
    province, clock = province or Province(), clock or FakeClock()
    store = Store.create(home, KEY)
    enrol(
        province.code,
        "http://127.0.0.1:9",
        ask=province.enrol,
        open_work=store.open_work,
        clock=clock,
        new_id=uuid4,
        software="test",
    )
    return DeskAtWork(home, store, province, clock)


def at_work(home: Path, province: Province | None = None, *, clock: FakeClock | None = None) -> DeskAtWork:
    """A desk with catalogue, calendar, agencies and staff."""
    desk = enrolled(home, province, clock=clock)
    desk.hears(*desk.province.first_words())
    return desk


def opened(home: Path) -> DeskAtWork:
    """A desk that was made before, by a province this test does not need again."""
    return DeskAtWork(home, Store.open(home, KEY), Province(), FakeClock())
