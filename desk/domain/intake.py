"""What a counter is handed, before any rule has looked at it; and the JSON it comes in."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from desk.domain.clock import civil
from desk.domain.codes import is_agency_id
from desk.domain.dossier import (
    Channel,
    Dossier,
    FeeKind,
    FeeLine,
    PaperPlace,
    Payment,
    Requirement,
    ReturnBy,
    Status,
)
from desk.domain.errors import Malformed, MissingName, Reason
from desk.domain.people import Address, BirthDate, Party, PartyKind, Sex
from desk.domain.reading import Reader

MOST_MONEY = 1_000_000_000
"""đồng; the largest amount a line may have, far above any fee of a commune."""

SHORTEST_ID = 5
"""Shorter than any identity paper of any country we know of."""

_PROCEDURE = re.compile(r"[\w.\-]+")
_CASE = re.compile(r"[\w\-]+")
_COMMUNE = re.compile(r"[0-9]{5}")
_ID = re.compile(r"[0-9A-Za-zĐđ.\-/]+")
_PHONE = re.compile(r"\+?[0-9]{8,13}")
_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?"
)


@dataclass(frozen=True, slots=True)
class Intake:
    """A dossier about to be taken. None in `received_at`, `fees` or `resolving_agency`: clock and catalogue decide.

    With `paper` it was written into the paper book first, and `received_at` is the hour written there.

    `count` is how many the fee is counted by where it goes by case or by copy issued (signatures, extracts).
    """

    client_id: UUID
    procedure: str
    channel: Channel
    applicant: Party
    requirements: tuple[Requirement, ...]
    return_by: ReturnBy
    case: str | None = None
    received_at: datetime | None = None
    owner: Party | None = None
    fees: tuple[FeeLine, ...] | None = None
    count: int = 1
    resolving_agency: str | None = None
    note: str = ""
    paper: PaperPlace | None = None


def read_intake(document: object) -> Intake:
    """Read one dossier from its JSON (`resources/examples` shows the shape), refusing whatever is not exactly it.

    Optional keys: received_at, case, owner, fees, count, resolving_agency, note, paper (which then asks for
    received_at) and, of a person, all but kind and full_name. Raises `Malformed` with the dotted path of the first
    bad value, `MissingName` for an empty name.
    """
    reader = Reader(document, "", Malformed)
    intake = Intake(
        client_id=_uuid(reader, "client_id"),
        procedure=reader.shaped("procedure", _PROCEDURE, most=40, kind="procedure"),
        case=reader.shaped("case", _CASE, most=40, kind="case") if reader.has("case") else None,
        channel=reader.choice("channel", Channel),
        received_at=_moment(reader, "received_at") if reader.has("received_at") else None,
        applicant=_party(reader.inner("applicant")),
        owner=_party(reader.inner("owner")) if reader.has("owner") else None,
        requirements=tuple(_requirement(one) for one in reader.objects("requirements", most=50)),
        fees=tuple(_fee(one) for one in reader.objects("fees", most=20)) if reader.has("fees") else None,
        count=reader.whole("count", least=1, most=9_999, default=1),
        resolving_agency=_agency(reader, "resolving_agency") if reader.has("resolving_agency") else None,
        return_by=reader.choice("return", ReturnBy),
        note=reader.maybe("note", most=500, lines=True),
        paper=_paper(reader.inner("paper")) if reader.has("paper") else None,
    )
    reader.done()
    if intake.paper is not None and intake.received_at is None:
        reader.refuse("received_at", "instant", Reason.MISSING)
    return intake


def intake_as_json(intake: Intake) -> dict[str, Any]:
    """The same shape back: reading it again gives an equal intake."""
    shape = {
        "client_id": str(intake.client_id),
        "procedure": intake.procedure,
        "case": intake.case,
        "channel": intake.channel.value,
        "received_at": None if intake.received_at is None else civil(intake.received_at).isoformat(),
        "applicant": party_as_json(intake.applicant),
        "owner": None if intake.owner is None else party_as_json(intake.owner),
        "requirements": [_requirement_as_json(one) for one in intake.requirements],
        "fees": None if intake.fees is None else [fee_as_json(one) for one in intake.fees],
        "count": intake.count,
        "resolving_agency": intake.resolving_agency,
        "return": intake.return_by.value,
        "note": intake.note,
        "paper": None if intake.paper is None else {"book": intake.paper.book, "number": intake.paper.number},
    }
    absent = [key for key in ("case", "received_at", "fees", "resolving_agency", "paper") if shape[key] is None]
    return {key: value for key, value in shape.items() if key not in absent}


def dossier_as_json(dossier: Dossier, status: Status) -> dict[str, Any]:
    """The in-shape with what acceptance added: code, both times at +07:00, the fee, and the national status."""
    intake = Intake(
        client_id=dossier.client_id,
        procedure=dossier.procedure,
        case=dossier.case,
        channel=dossier.channel,
        received_at=dossier.received_at,
        applicant=dossier.applicant,
        owner=dossier.owner,
        requirements=dossier.requirements,
        fees=dossier.fees,
        resolving_agency=dossier.resolving_agency,
        return_by=dossier.return_by,
        note=dossier.note,
        paper=dossier.paper,
    )
    due_at = None if dossier.due_at is None else civil(dossier.due_at).isoformat()
    return intake_as_json(intake) | {
        "code": dossier.code,
        "due_at": due_at,
        "fee": dossier.fee,
        "status": int(status),
    }


def party_as_json(party: Party) -> dict[str, Any]:
    return {
        "kind": party.kind.value,
        "full_name": party.full_name,
        "personal_id": party.personal_id,
        "date_of_birth": None if party.date_of_birth is None else str(party.date_of_birth),
        "sex": None if party.sex is None else party.sex.value,
        "phone": party.phone,
        "email": party.email,
        "address": None
        if party.address is None
        else {"commune": party.address.commune, "detail": party.address.detail},
    }


def fee_as_json(line: FeeLine) -> dict[str, Any]:
    paid = None if line.paid is None else line.paid.value
    return {"name": line.name, "kind": line.kind.value, "amount": line.amount, "count": line.count, "paid": paid}


def _requirement_as_json(paper: Requirement) -> dict[str, Any]:
    counts = {"originals": paper.originals, "certified": paper.certified, "copies": paper.copies}
    return {"name": paper.name} | counts | ({"pages": paper.pages} if paper.pages else {})


def _party(reader: Reader) -> Party:
    party = Party(
        kind=reader.choice("kind", PartyKind),
        full_name=reader.maybe("full_name", most=200, kind="name"),
        personal_id=_personal_id(reader, "personal_id"),
        date_of_birth=_birth_date(reader, "date_of_birth"),
        sex=reader.choice("sex", Sex) if reader.has("sex") else None,
        phone=_phone(reader, "phone"),
        email=_email(reader, "email"),
        address=_address(reader.inner("address")) if reader.has("address") else None,
    )
    reader.done()
    if not party.full_name:
        raise MissingName(reader.path("full_name"))
    return party


def _address(reader: Reader) -> Address:
    commune = reader.shaped("commune", _COMMUNE, most=5, kind="commune") if reader.has("commune") else None
    address = Address(commune, reader.maybe("detail", most=300))
    reader.done()
    return address


def _requirement(reader: Reader) -> Requirement:
    counts = {key: reader.whole(key, least=0, most=999, default=0) for key in ("originals", "certified", "copies")}
    pages = reader.whole("pages", least=0, most=9_999, default=0)
    paper = Requirement(reader.filled("name", most=500), **counts, pages=pages)
    reader.done()
    return paper


def _paper(reader: Reader) -> PaperPlace:
    place = PaperPlace(reader.maybe("book", most=100), reader.filled("number", most=100))
    reader.done()
    return place


def _fee(reader: Reader) -> FeeLine:
    line = FeeLine(
        name=reader.filled("name", most=200),
        kind=reader.choice("kind", FeeKind),
        amount=reader.whole("amount", least=0, most=MOST_MONEY),
        count=reader.whole("count", least=0, most=9_999, default=1),
        paid=reader.choice("paid", Payment) if reader.has("paid") else None,
    )
    reader.done()
    return line


def _personal_id(reader: Reader, key: str) -> str | None:
    """Only what can be no identity paper at all is refused; whether a number is likely is for `personal_id` to say."""
    value = "".join(reader.maybe(key, most=40, kind="personal_id").split())
    if value and not _ID.fullmatch(value):
        reader.refuse(key, "personal_id", Reason.BAD_CHARACTERS)
    if value and (len(value) < SHORTEST_ID or not any(letter.isdigit() for letter in value)):
        reader.refuse(key, "personal_id", Reason.BAD_SHAPE)
    return value.upper() or None


def _phone(reader: Reader, key: str) -> str | None:
    value = re.sub(r"[\s.\-()]", "", reader.maybe(key, most=40, kind="phone"))
    if value and not _PHONE.fullmatch(value):
        reader.refuse(key, "phone", Reason.BAD_SHAPE)
    return value or None


def _email(reader: Reader, key: str) -> str | None:
    value = reader.maybe(key, most=100, kind="email")
    if value and not _EMAIL.fullmatch(value):
        reader.refuse(key, "email", Reason.BAD_SHAPE)
    return value or None


def _birth_date(reader: Reader, key: str) -> BirthDate | None:
    value = reader.maybe(key, most=10, kind="date")
    try:
        return BirthDate.parse(value) if value else None
    except ValueError:
        reader.refuse(key, "date", Reason.IMPOSSIBLE_DATE)


def _moment(reader: Reader, key: str) -> datetime:
    value = reader.filled(key, most=40, kind="instant")
    match = _MOMENT.fullmatch(value)
    if match is None:
        reader.refuse(key, "instant", Reason.BAD_SHAPE)
    if match["offset"] is None:
        reader.refuse(key, "instant", Reason.NO_OFFSET)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        reader.refuse(key, "instant", Reason.IMPOSSIBLE_DATE)
    if not 2000 <= moment.year <= 2200:
        reader.refuse(key, "instant", Reason.OUT_OF_RANGE)
    return moment.astimezone(UTC)


def _agency(reader: Reader, key: str) -> str:
    value = reader.filled(key, most=35, kind="agency")
    return value if is_agency_id(value) else reader.refuse(key, "agency", Reason.BAD_SHAPE)


def _uuid(reader: Reader, key: str) -> UUID:
    value = reader.filled(key, most=36, kind="uuid")
    try:
        parsed = UUID(value)
    except ValueError:
        reader.refuse(key, "uuid", Reason.BAD_SHAPE)
    return parsed if str(parsed) == value.lower() else reader.refuse(key, "uuid", Reason.BAD_SHAPE)
