"""Desks to measure: an enrolled store that has heard its province, and a clerk with intakes in hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from desk.devices.keystore import make_key, open_key
from desk.domain.dossier import Channel, Dossier, FeeKind, FeeLine, Payment, Requirement, ReturnBy
from desk.domain.ids import new_id
from desk.domain.intake import Intake
from desk.services.people import set_pin
from desk.services.ports import Clerk
from desk.services.ports.said import mean_party
from desk.services.ports.values import Role
from desk.services.reception import accept_dossier
from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted, SaidParty
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.instant import read_instant
from tests.bench.lives import A_DAY, Template
from tests.bench.people import Population, populate
from tests.bench.province import AGENCY, CLERK, NEWS_FROM, make_province

PIN = "271828"
HUONG = Clerk(CLERK, "Trần Thị Hường", Role.SUPERVISOR, AGENCY)
COPIES, BIRTH, MARITAL = "2.000815", "1.001193", "1.004873"


def new_store(home: Path, at: datetime) -> Store:
    """A desk that was enrolled then, has read the first page of the feed, and whose clerk has set a PIN.

    The key lies beside it: it is scratch, and nobody in it exists.
    """
    home.mkdir(parents=True)
    province, store = make_province(), Store.create(home, make_key(home, plain=True))
    desk = province.enrol()
    with store.open_work() as work:
        work.identity.establish(desk)
        opened = EpochOpened(reason="enrolled", certificate=desk.certificate, parent=None, software="bench")
        work.journal.append(opened, at=at, clerk=None)
        work.commit()
    wire = WireJournal(store, lambda: at)
    heard = province.settlement(province.documents(), asked=wire.bookmarks(), cursor=str(NEWS_FROM), at=at)
    wire.settle(heard)
    set_pin(CLERK, "", PIN, open_work=store.open_work, clock=lambda: at)
    return store


def open_store(home: Path, *, writing: bool = True) -> Store:
    return Store.open(home, open_key(home), writing=writing)


class OfficeClock:
    """Goes on by itself from one intake to the next; 300 fit a day, and days are worked every day."""

    def __init__(self, day: datetime) -> None:
        self._day = day
        self._n = 0

    def __call__(self) -> datetime:
        day, nth = divmod(self._n, A_DAY)
        self._n += 1
        return self._day + timedelta(days=day, minutes=nth)


class Window:
    """A clerk at a store, taking what comes."""

    def __init__(self, store: Store, first_morning: datetime) -> None:
        self.store = store
        self.clock = OfficeClock(first_morning)

    def accept(self, intake: Intake) -> Dossier:
        """The deed that is measured, through the front door."""
        return accept_dossier(intake, clerk=HUONG, open_work=self.store.open_work, clock=self.clock, new_id=new_id)


def intakes(population: Population, *, seed: int = 11) -> Iterator[Intake]:
    """Three quarters are certified copies, paid at once; every one has a new id."""
    chance = Random(seed)
    while True:
        made = chance.choices((copies, birth, marital), (75, 12.5, 12.5))[0]
        yield made(population.anybody(chance))


def copies(person: SaidParty) -> Intake:
    papers = (
        Requirement("Bản chính giấy tờ, văn bản làm cơ sở để chứng thực bản sao", originals=1, copies=3, pages=2),
        Requirement("Bằng tốt nghiệp trung học phổ thông", originals=1, copies=2, pages=1),
    )
    fee = FeeLine("Phí chứng thực bản sao từ bản chính", FeeKind.FEE, 2_000, 8, Payment.CASH)
    return _intake(COPIES, person, papers, (fee,))


def birth(person: SaidParty) -> Intake:
    papers = (Requirement("Tờ khai đăng ký khai sinh", originals=1), Requirement("Giấy chứng sinh", originals=1))
    return _intake(BIRTH, person, papers, ())


def marital(person: SaidParty) -> Intake:
    papers = (Requirement("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", originals=1),)
    fee = FeeLine("Lệ phí cấp giấy xác nhận tình trạng hôn nhân", FeeKind.CHARGE, 10_000, 1, Payment.CASH)
    return _intake(MARITAL, person, papers, (fee,))


def templates() -> tuple[Template, ...]:
    """How the service itself writes one of each."""
    morning = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
    person = populate(1).persons[0]
    with TemporaryDirectory() as place, new_store(Path(place) / "home", morning) as store:
        window = Window(store, morning)
        for make in (copies, birth, marital):
            window.accept(make(person))
        with store.open_reading() as memory:
            bodies = [read_body(entry) for entry in memory.journal.entries()]
    return tuple(_template(body) for body in bodies if isinstance(body, DossierAccepted))


def _template(said: DossierAccepted) -> Template:
    due = read_instant(said.due_at) - read_instant(said.received_at) if said.due_at else None
    return Template(said, due)


def _intake(procedure: str, person: SaidParty, papers: tuple[Requirement, ...], fees: tuple[FeeLine, ...]) -> Intake:
    return Intake(
        client_id=new_id(),
        procedure=procedure,
        channel=Channel.DIRECT,
        applicant=mean_party(person),
        requirements=papers,
        return_by=ReturnBy.COUNTER,
        fees=fees,
    )
