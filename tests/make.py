"""Builders: say only what the test is about, the rest is an ordinary morning in Vũ Ninh."""

import json
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from desk.domain.agencies import Agencies, Agency, read_agencies
from desk.domain.calendar import WorkingCalendar, read_calendar
from desk.domain.catalogue import Catalogue, read_catalogue
from desk.domain.codes import desk_code
from desk.domain.dossier import Channel, Dossier, FeeKind, FeeLine, Payment, Requirement, ReturnBy
from desk.domain.due import TimeLimit, Unit
from desk.domain.fees import Free
from desk.domain.intake import Intake
from desk.domain.people import Address, BirthDate, Party, PartyKind, Sex
from desk.domain.personal_id import IdPrefixes, read_prefixes
from desk.domain.procedures import Procedure
from desk.domain.reading import Certainty
from desk.domain.reception import Plan
from desk.domain.reception import plan as plan_of
from desk.domain.units import Units, read_units
from desk.resources import resource

TUESDAY = datetime(2025, 7, 1, 1, 15, tzinfo=UTC)
"""08:15 on Tuesday 1 July 2025 in Viet Nam, an ordinary working day."""

VU_NINH = "H05.09.169"


def party(full_name: str = "Nguyễn Thị Lan", **facts: Any) -> Party:
    """A citizen whose identity number agrees with her birth and sex."""
    lan: dict[str, Any] = {
        "kind": PartyKind.CITIZEN,
        "personal_id": "027180001234",
        "date_of_birth": BirthDate(1980, 2, 3),
        "sex": Sex.FEMALE,
        "phone": "0912345678",
        "email": None,
        "address": Address("09169", "Khu 3"),
    }
    return Party(full_name=full_name, **lan | facts)


def requirement(name: str = "Giấy khai sinh", **counts: int) -> Requirement:
    return Requirement(name, **{"originals": 1, "copies": 2, "pages": 1} | counts)


def fee_line(name: str = "Phí chứng thực bản sao từ bản chính", **facts: Any) -> FeeLine:
    copies: dict[str, Any] = {"kind": FeeKind.FEE, "amount": 2_000, "count": 2, "paid": Payment.CASH}
    return FeeLine(name, **copies | facts)


def intake(**facts: Any) -> Intake:
    """Certified copies for Lan, brought to the counter."""
    copies: dict[str, Any] = {
        "client_id": uuid4(),
        "procedure": "2.000815",
        "channel": Channel.DIRECT,
        "applicant": party(),
        "requirements": (requirement(),),
        "return_by": ReturnBy.COUNTER,
    }
    return Intake(**copies | facts)


def intake_json(**facts: Any) -> dict[str, Any]:
    """The same as a line of a file; `facts` replace whole top-level values."""
    line = {
        "client_id": str(uuid4()),
        "procedure": "2.000815",
        "channel": "direct",
        "received_at": "2025-07-01T08:15:00+07:00",
        "applicant": party_json(),
        "owner": None,
        "requirements": [{"name": "Giấy khai sinh", "originals": 1, "certified": 0, "copies": 2}],
        "return": "counter",
        "note": "",
    }
    return line | facts


def party_json(**facts: Any) -> dict[str, Any]:
    lan: dict[str, Any] = {
        "kind": "citizen",
        "full_name": "Nguyễn Thị Lan",
        "personal_id": "027180001234",
        "date_of_birth": "1980-02-03",
        "sex": "female",
        "phone": "0912345678",
        "email": None,
        "address": {"commune": "09169", "detail": "Khu 3"},
    }
    return lan | facts


def dossier(*, n: int = 1, desk_number: int = 1017, day: date = date(2025, 7, 1), **facts: Any) -> Dossier:
    """The `n`-th dossier of desk 1017 that day, received at 08:15 and due at 17:00."""
    taken: dict[str, Any] = {
        "id": UUID(int=n),
        "client_id": uuid4(),
        "code": str(desk_code(VU_NINH, day, desk_number, n)),
        "provisional": False,
        "procedure": "2.000815",
        "procedure_name": "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
        "procedure_version": "1",
        "case": None,
        "catalogue_version": "2026.1",
        "channel": Channel.DIRECT,
        "received_at": TUESDAY,
        "due_at": datetime(2025, 7, 1, 10, 0, tzinfo=UTC),
        "time_limit": "Trong ngày",
        "applicant": party(),
        "owner": None,
        "requirements": (requirement(),),
        "fees": (fee_line(),),
        "receiving_agency": VU_NINH,
        "resolving_agency": VU_NINH,
        "return_by": ReturnBy.COUNTER,
        "note": "",
        "register_book": f"{day.year}-{desk_number}",
        "register_line": n,
    }
    return Dossier(**taken | facts)


def procedure(code: str = "1.000001", **facts: Any) -> Procedure:
    """A free procedure of three working days, in force everywhere since July 2025."""
    three_days = TimeLimit(Unit.WORKING_DAYS, 3, "03 ngày làm việc")
    plain: dict[str, Any] = {
        "raw_code": "",
        "name": "Xác nhận một việc",
        "field": "Hộ tịch",
        "version": "1",
        "valid_from": date(2025, 7, 1),
        "valid_to": None,
        "area": None,
        "form_set": "tt03-2025",
        "level": "",
        "limits": {Channel.DIRECT: three_days, Channel.POST: three_days},
        "requirements": (),
        "tariff": Free(),
        "cases": (),
        "source": "a test",
        "certainty": Certainty.GUESSED,
    }
    return Procedure(code=code, **plain | facts)


def plan(taken: Intake | None = None, *, now: datetime = TUESDAY, agency_id: str = VU_NINH, **documents: Any) -> Plan:
    """What Vũ Ninh would promise under the shipped documents; `documents` replace them (catalogue, calendar …)."""
    shipped: dict[str, Any] = {
        "catalogue": catalogue(),
        "calendar": calendar(),
        "prefixes": prefixes(),
        "receiving": agency(),
        "resolving": agency(agency_id),
    }
    return plan_of(taken or intake(), now=now, **shipped | documents)


def document(name: str) -> Any:
    """A shipped document as parsed JSON, fresh each time: tests may break it."""
    return json.loads(resource(name).read_text(encoding="utf-8"))


@cache
def catalogue() -> Catalogue:
    return read_catalogue(document("catalogue/bac-ninh.json"))


@cache
def calendar() -> WorkingCalendar:
    return read_calendar(document("calendar/vn.json"))


@cache
def units() -> Units:
    return read_units(document("units/vn.json"))


@cache
def agencies() -> Agencies:
    return read_agencies(document("agencies/bac-ninh.json"))


def agency(id: str = VU_NINH) -> Agency:
    return agencies().get(id)


@cache
def prefixes() -> IdPrefixes:
    return read_prefixes(document("units/id-prefixes.json"))
