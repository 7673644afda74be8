"""Whole days at a counter, every deed by the real services: signed in, taken, paid, printed, seen, sometimes void."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

from desk.domain.catalogue import Catalogue
from desk.domain.clock import civil_day
from desk.domain.dossier import Channel, Dossier, Payment, Requirement, ReturnBy
from desk.domain.intake import Intake
from desk.domain.procedures import Procedure
from desk.domain.units import Units
from desk.known import Known
from desk.services.people import sign_in_by_command, sign_out
from desk.services.ports import Clerk
from desk.services.ports.said import mean_party
from desk.services.ports.values import SlipOutcome
from desk.services.reception import accept_dossier, preview, void_dossier
from desk.services.slips import confirm_slip, issue_slip
from desk.store.store import Store
from tests.bench.lives import A_DAY
from tests.bench.people import Population

COMMUNE = "09169"
BETWEEN = timedelta(seconds=17)
"""Each deed of a dossier comes so long after the one before."""
PAPERS = (
    "Bằng tốt nghiệp trung học phổ thông",
    "Bằng tốt nghiệp đại học",
    "Căn cước công dân",
    "Giấy khai sinh",
    "Giấy phép lái xe",
    "Học bạ trung học cơ sở",
    "Giấy chứng nhận quyền sử dụng đất",
)


class Days:
    """Dossiers without end at one store; the same for the same seed but for ids, salts and keys."""

    def __init__(self, store: Store, clerk: Clerk, population: Population, *, begin: datetime, seed: int) -> None:
        self._store, self._population = store, population
        self._chance = Random(seed)
        self._now = begin
        self._clerk = clerk
        with store.open_reading() as memory:
            self._catalogue: Catalogue = memory.reference.catalogue()
        self._units: Units = Known().units()
        self._prefixes = Known().prefixes()
        self._taken = 0

    def clock(self) -> datetime:
        self._now += BETWEEN + timedelta(milliseconds=self._chance.randrange(1000))
        return self._now

    def take(self, count: int) -> None:
        """So many dossiers with everything that is said about each."""
        for _ in range(count):
            if self._taken % A_DAY == 0:
                self._begin_day()
            self._taken += 1
            self._one()

    def _begin_day(self) -> None:
        if self._taken:
            sign_out(self._clerk, "closed", open_work=self._store.open_work, clock=self.clock)
            self._now += timedelta(days=1) - (self._now - self._now.replace(hour=1, minute=0))
        self._clerk = sign_in_by_command(self._clerk.id, open_work=self._store.open_work, clock=self.clock)

    def _one(self) -> None:
        dossier = self._accept(self._intake())
        slip = issue_slip(
            dossier.code,
            clerk=self._clerk,
            open_work=self._store.open_work,
            clock=self.clock,
            new_id=uuid4,
            units=self._units,
        )
        seen = SlipOutcome.SPOILT if self._chance.random() < 0.02 else SlipOutcome.PRINTED
        confirm_slip(slip.id, seen, clerk=self._clerk, open_work=self._store.open_work, clock=self.clock)
        if self._chance.random() < 0.01:
            why = self._chance.choice(("Nhập nhầm người nộp", "Công dân xin rút hồ sơ"))
            void_dossier(dossier.code, why, clerk=self._clerk, open_work=self._store.open_work, clock=self.clock)

    def _accept(self, intake: Intake) -> Dossier:
        return accept_dossier(
            intake, clerk=self._clerk, open_work=self._store.open_work, clock=self.clock, new_id=uuid4
        )

    def _intake(self) -> Intake:
        """Paid at once mostly, by what the screen shows before accepting."""
        asked = self._asked()
        if self._chance.random() < 0.2:
            return asked
        shown = preview(asked, open_reading=self._store.open_reading, clock=lambda: self._now, prefixes=self._prefixes)
        how = Payment.TRANSFER if self._chance.random() < 0.3 else Payment.CASH
        return replace(asked, fees=tuple(replace(line, paid=how) for line in shown.fees))

    def _asked(self) -> Intake:
        procedure = self._procedure()
        case = self._chance.choice(procedure.cases).code if procedure.cases else None
        return Intake(
            client_id=uuid4(),
            procedure=procedure.code,
            channel=Channel.DIRECT,
            applicant=mean_party(self._population.anybody(self._chance)),
            requirements=tuple(self._papers(procedure, case)),
            return_by=ReturnBy.COUNTER,
            case=case,
            note="Cần gấp trong ngày" if self._chance.random() < 0.03 else "",
        )

    def _procedure(self) -> Procedure:
        """Three in four are certified copies, the first of the catalogue."""
        today = civil_day(self._now)
        national = (one for one in self._catalogue.procedures if one.has_national_code and one.valid_on(today))
        offered = [one for one in national if one.applies_in(COMMUNE)]
        return offered[0] if self._chance.random() < 0.75 else self._chance.choice(offered)

    def _papers(self, procedure: Procedure, case: str | None) -> Iterator[Requirement]:
        asked = procedure.terms(case).requirements or (Requirement("Giấy tờ kèm theo"),)
        for paper in asked:
            copies = self._chance.randint(1, 5)
            yield Requirement(paper.name, originals=1, copies=copies, pages=self._chance.randint(1, 3))
        if procedure is self._catalogue.procedures[0]:
            for name in self._chance.sample(PAPERS, self._chance.randint(1, 3)):
                yield Requirement(name, originals=1, copies=self._chance.randint(1, 5), pages=1)
