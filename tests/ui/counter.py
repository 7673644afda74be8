"""A counter in memory: the real catalogue, calendar and rules of the domain, and lists where the store would be.

What the screens ask of it is answered as the services answer; `breaks` makes a deed fail as the real one would.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from desk.domain import reception
from desk.domain.agencies import Agencies, Agency, read_agencies
from desk.domain.calendar import WorkingCalendar, read_calendar
from desk.domain.catalogue import Catalogue, read_catalogue
from desk.domain.clock import ClockLook, civil_day
from desk.domain.codes import desk_code, provisional_code
from desk.domain.dossier import Dossier, Status
from desk.domain.errors import DuplicateClientId, NotAllowedNow, NotFound, SlipFault, UnreadableSlip, WrongPin
from desk.domain.id_card import read_card
from desk.domain.intake import Intake
from desk.domain.people import Party
from desk.domain.personal_id import IdPrefixes, read_prefixes
from desk.domain.procedures import Procedure
from desk.domain.text import fold
from desk.domain.units import Unit, Units, read_units
from desk.resources import resource
from desk.services.ports.values import (
    Clerk,
    Corrected,
    DossierFile,
    FoundDossier,
    HandOver,
    Happening,
    Lamp,
    LampReason,
    LampState,
    Need,
    Notice,
    Outbox,
    Preview,
    ProvinceWord,
    Refused,
    Role,
    ScannedDossier,
    SlipOutcome,
    SlipRecord,
    SlipState,
    StaffMember,
    Warned,
    Word,
)
from desk.ui.deeds import Deeds, Here
from tests import make

HERE = "H05.09.169"
LONGEST_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Bảo Ngọc Phương Anh"
MOST_USED = ("2.000815", "2.000884", "1.001193", "1.004873", "1.000894")


@cache
def _document(name: str) -> Any:
    return json.loads(resource(name).read_text(encoding="utf-8"))


@cache
def catalogue() -> Catalogue:
    return read_catalogue(_document("catalogue/bac-ninh.json"))


@cache
def calendar() -> WorkingCalendar:
    return read_calendar(_document("calendar/vn.json"))


@cache
def units() -> Units:
    return read_units(_document("units/vn.json"))


@cache
def agencies() -> Agencies:
    return read_agencies(_document("agencies/bac-ninh.json"))


@cache
def prefixes() -> IdPrefixes:
    return read_prefixes(_document("units/id-prefixes.json"))


def longest_procedure() -> Procedure:
    """The one whose name asks for the most room."""
    today = civil_day(make.TUESDAY)
    return max((one for one in catalogue().procedures if one.valid_on(today)), key=lambda one: len(one.name))


@dataclass
class Counter:
    """The state of a morning. Change it as a test needs it."""

    now: datetime = make.TUESDAY
    number: int | None = 1017
    staff: list[StaffMember] = field(default_factory=list)
    pins: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    taken: list[Dossier] = field(default_factory=list)
    voided: dict[str, str] = field(default_factory=dict)
    slips: dict[str, SlipRecord] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    words: dict[str, ProvinceWord] = field(default_factory=dict)
    lamp: Lamp = field(default_factory=lambda: Lamp(LampState.GREEN, last_heard_at=make.TUESDAY))
    draft: str | None = None
    printer: str = "HP LaserJet P1102"
    provisional: bool = False
    breaks: dict[str, Exception] = field(default_factory=dict)
    clock: ClockLook = field(default_factory=lambda: ClockLook(make.TUESDAY))
    slips_of: dict[str, Dossier] = field(default_factory=dict)
    """What a scanned number stands for."""
    scans: tuple[str, ...] = ()
    recovered: set[str] = field(default_factory=set)
    handed_over: dict[str, HandOver] = field(default_factory=dict)
    told: list[Notice] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    """The deeds that were asked for, in order."""

    def deeds(self) -> Deeds:
        asked = {name: self._heard(name, getattr(self, f"_{name}")) for name in Deeds.__dataclass_fields__}
        return Deeds(**asked | {"now": lambda: self.now})

    def employs(self, id: str, name: str, role: Role = Role.CLERK, pin: str | None = None) -> None:
        """Somebody works here, with a PIN, or with the one-time code 7KQ2-M4XT to set one."""
        self.staff.append(StaffMember(id, name, role, has_pin=pin is not None))
        if pin is None:
            self.codes[id] = "7KQ2-M4XT"
        else:
            self.pins[id] = pin

    def takes(self, full_name: str, *, procedure: str = "2.000815", need: Need | None = None, **facts: Any) -> Dossier:
        """A dossier that is there already."""
        found = catalogue().find(procedure, date(2025, 7, 1), "09169")
        applicant = make.party(full_name)
        about: dict[str, Any] = dict(applicant=applicant, procedure=procedure, procedure_name=found.name)
        dossier = make.dossier(n=len(self.taken) + 1, **about | facts)
        self.taken.append(dossier)
        if need is not None:
            self.needs[dossier.code] = need
        return dossier

    def _heard(self, name: str, deed: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*facts: Any) -> Any:
            self.heard.append(name)
            if name in self.breaks:
                raise self.breaks[name]
            return deed(*facts)

        return asked

    def _now(self) -> datetime:
        return self.now

    def _here(self) -> Here:
        return Here(self.number, units().commune("09169"), agencies().by_id[HERE])

    # --- people

    def _staff(self) -> Sequence[StaffMember]:
        return tuple(self.staff)

    def _sign_in(self, id: str, pin: str) -> Clerk:
        if self.pins.get(id) != pin:
            raise WrongPin(wait_seconds=0)
        return self._clerk(id)

    def _set_pin(self, id: str, code: str, pin: str) -> Clerk:
        if self.codes.get(id) != code:
            raise WrongPin(wait_seconds=0)
        self.pins[id] = pin
        return self._clerk(id)

    def _sign_out(self) -> None: ...

    def _clerk(self, id: str) -> Clerk:
        member = next(one for one in self.staff if one.id == id)
        return Clerk(member.id, member.full_name, member.role, HERE)

    # --- intake

    def _find_procedures(self, words: str) -> Sequence[Procedure]:
        today = civil_day(self.now)
        if not words:
            return tuple(catalogue().find(code, today, "09169") for code in MOST_USED)
        return catalogue().search(words, day=today, commune="09169")

    def _find_communes(self, words: str) -> Sequence[Unit]:
        return units().search(words, province="24") if words else units().of_province("24")[:20]

    def _find_agencies(self, words: str) -> Sequence[Agency]:
        wanted = fold(words)
        return tuple(one for one in agencies().by_id.values() if wanted in fold(one.name))[:20]

    def _read_card(self, text: str) -> Party:
        return read_card(text).as_party(units())

    def _plan(self, intake: Intake) -> reception.Plan:
        return reception.plan(
            intake,
            catalogue=catalogue(),
            calendar=calendar(),
            prefixes=prefixes(),
            receiving=agencies().by_id[HERE],
            resolving=agencies().by_id[intake.resolving_agency or HERE],
            now=self.now,
        )

    def _preview(self, intake: Intake) -> Preview:
        plan = self._plan(intake)
        warnings = tuple(Warned(one.warning.value, one.field) for one in plan.warnings)
        asked = plan.procedure.terms(intake.case).requirements
        there = {paper.name for paper in intake.requirements}
        missing = tuple(paper.name for paper in asked if paper.name not in there)
        return Preview(plan.due_at, plan.time_limit, plan.fees, warnings, missing)

    def _accept(self, intake: Intake) -> Dossier:
        again = next((one for one in self.taken if one.client_id == intake.client_id), None)
        if again is not None:
            raise DuplicateClientId(intake.client_id, again.code)
        n = len(self.taken) + 1
        official = str(desk_code(intake.resolving_agency or HERE, civil_day(self.now), 1017, n))
        code = provisional_code(civil_day(self.now), f"{n:012}") if self.provisional else official
        line = reception.RegisterLine("2025-1017", n)
        dossier = reception.accept(
            self._plan(intake), id=uuid4(), code=code, provisional=self.provisional, register=line
        )
        self.taken.append(dossier)
        self.lamp = Lamp(LampState.AMBER, LampReason.SENDING, 1, 2, self.now)
        return dossier

    def _void(self, code: str, reason: str) -> Dossier:
        self.voided[code] = reason
        return self._dossier(code)

    # --- the draft

    def _save_draft(self, text: str) -> None:
        self.draft = text

    def _load_draft(self) -> str | None:
        return self.draft

    def _drop_draft(self) -> None:
        self.draft = None

    # --- paper

    def _issue_slip(self, code: str) -> SlipRecord:
        before = self.slips.get(code)
        dossier = self._dossier(code)
        issue = before.issue + 1 if before else 1
        slip = SlipRecord(uuid4(), dossier.id, code, issue, "tt03-2025", "lan", self.now, SlipState.QUEUED)
        self.slips[code] = slip
        return slip

    def _send_slip(self, slip: SlipRecord) -> str:
        self.slips[slip.code] = replace(slip, state=SlipState.SENT)
        return self.printer

    def _confirm_slip(self, id: UUID, outcome: SlipOutcome) -> None:
        slip = next(one for one in self.slips.values() if one.id == id)
        self.slips[slip.code] = replace(slip, state=SlipState(outcome.value))

    # --- paper that comes back

    def _slips_in(self, file: Path) -> Sequence[str]:
        return self.scans

    def _recover(self, digits: str) -> ScannedDossier:
        known = self.slips_of.get(digits)
        if known is None:
            raise UnreadableSlip(SlipFault.CHANGED)
        recovered = known not in self.taken
        if recovered:
            self.taken.append(known)
            self.recovered.add(known.code)
        return ScannedDossier(known.id, known.code, known.applicant.full_name, recovered)

    def _hand_over(self, code: str, given: HandOver) -> None:
        if self.handed_over.get(code):
            raise NotAllowedNow("hand_over", "handed_over")
        self.handed_over[code] = given

    def _correct(self, code: str, intake: Intake) -> Corrected:
        before = self._dossier(code)
        plan = self._plan(replace(intake, received_at=before.received_at))
        line = reception.RegisterLine(before.register_book, before.register_line)
        after = reception.accept(plan, id=before.id, code=code, provisional=before.provisional, register=line)
        self.taken[self.taken.index(before)] = after
        self.words[code] = ProvinceWord(Word.UNSENT)
        return Corrected(after, after.applicant != before.applicant)

    # --- the clock, and what the province wants a person to see to

    def _clock(self) -> ClockLook:
        return self.clock

    def _confirm_clock(self) -> ClockLook:
        self.clock = replace(self.clock, confirmed=True)
        self.breaks.pop("accept", None)
        return self.clock

    def _notices(self) -> Sequence[Notice]:
        return tuple(self.told)

    def _see_notice(self, id: str) -> None:
        self.told = [one for one in self.told if one.id != id]
        self.lamp = replace(self.lamp, notices=len(self.told))

    # --- looking

    def _find(self, words: str) -> Sequence[FoundDossier]:
        wanted = fold(words)
        return tuple(
            self._line(one)
            for one in self.taken
            if wanted in fold(f"{one.applicant.full_name} {one.code} {one.applicant.personal_id}")
        )

    def _needs_me(self) -> Sequence[FoundDossier]:
        order = list(Need)
        lines = [self._line(one) for one in reversed(self.taken)]
        return sorted(lines, key=lambda one: order.index(one.need) if one.need else len(order))

    def _open_dossier(self, code: str) -> DossierFile:
        dossier = self._dossier(code)
        slip = self.slips.get(code)
        history = (
            Happening(dossier.received_at, "dossier_accepted", "Nguyễn Thị Lan"),
            *((Happening(slip.issued_at, "slip_issued", "Nguyễn Thị Lan", ""),) if slip else ()),
            *(
                (Happening(self.now, "dossier_voided", "Nguyễn Thị Lan", reason),)
                if (reason := self.voided.get(code))
                else ()
            ),
        )
        word = self.words.get(code, ProvinceWord(Word.UNSENT))
        given = self.handed_over.get(code)
        return DossierFile(
            dossier,
            Status.HANDED_OVER if given else Status.RECEIVED,
            code in self.voided,
            history,
            word,
            slip,
            slip.state if slip else SlipState.NONE,
            recovered=code in self.recovered,
            hand_overs=(given,) if given else (),
            repairable=word.word is Word.REFUSED and code not in self.voided,
        )

    def _dossier(self, code: str) -> Dossier:
        found = next((one for one in self.taken if one.code == code), None)
        if found is None:
            raise NotFound("dossier", code)
        return found

    def _line(self, dossier: Dossier) -> FoundDossier:
        return FoundDossier(
            dossier.code,
            dossier.procedure_name,
            dossier.applicant.full_name,
            dossier.received_at,
            dossier.due_at,
            Status.RECEIVED,
            dossier.code in self.voided,
            self.needs.get(dossier.code),
        )

    # --- the line

    def _lamp(self) -> Lamp:
        return self.lamp

    def _outbox(self) -> Outbox:
        refused = tuple(
            Refused(code, "dossier_accepted", word.field, word.vi, word.en)
            for code, word in self.words.items()
            if word.word is Word.REFUSED
        )
        unsent = tuple(self._line(one) for one in self.taken)[: self.lamp.unsent_dossiers]
        return Outbox(self.lamp, unsent, refused)

    def _ask_now(self) -> None: ...


def an_ordinary_desk() -> Counter:
    """Three people, one of them new."""
    counter = Counter()
    counter.employs("lan", "Nguyễn Thị Lan", pin="246810")
    counter.employs("hung", "Trần Quốc Hùng", Role.SUPERVISOR, pin="135790")
    counter.employs("ngoc", "Tôn Nữ Hoàng Phương Bảo Ngọc")
    return counter


def a_busy_desk() -> Counter:
    """A morning with something of everything."""
    counter = an_ordinary_desk()
    hour = timedelta(hours=1)
    before = counter.now - 26 * hour
    counter.takes("Nguyễn Đức Anh", need=Need.LATE, received_at=before, due_at=before + 9 * hour)
    refused = counter.takes("Công ty TNHH Một thành viên Xây dựng Vũ Ninh", procedure="1.004873", need=Need.REFUSED)
    counter.takes("Lê Văn Lương", procedure="2.000884", need=Need.SLIP)
    counter.takes("Hoàng Thị Thanh Huyền", procedure="1.001193", need=Need.DUE_TODAY)
    counter.takes("Phạm Tôn Nữ Công Tằng Huyền Tôn Bảo Châu", procedure="1.000894")
    counter.takes("Đỗ Đình Đạt")
    counter.words[refused.code] = ProvinceWord(
        Word.REFUSED,
        "applicant.personal_id",
        "Số định danh thuộc về người khác trong cơ sở dữ liệu dân cư.",
        "The ID number belongs to somebody else in the population database.",
    )
    reason = LampReason.REFUSED
    counter.lamp = Lamp(
        LampState.RED, reason, 3, 7, counter.now - timedelta(minutes=14), 1, last_heard_at=counter.now - hour
    )
    return counter


def a_desk_of_long_names() -> Counter:
    """Nothing here is short."""
    counter = Counter()
    counter.employs("lan", LONGEST_NAME, pin="246810")
    for _ in range(3):
        counter.takes(LONGEST_NAME, procedure=longest_procedure().code, need=Need.LATE)
    counter.printer = "Canon imageCLASS MF3010 UFRII LT (Phòng Tiếp công dân)"
    counter.lamp = Lamp(
        LampState.RED,
        LampReason.DESK_REFUSED,
        128,
        1_024,
        counter.now - timedelta(days=3),
        12,
        5,
        last_heard_at=counter.now - timedelta(days=3),
    )
    return counter
