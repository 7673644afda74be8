"""What has been typed into the intake so far: kept as a draft, shown again after a power cut, and handed to the deeds.

The form speaks the same JSON as a file of dossiers (`desk.domain.intake`), so one reader refuses both by the same
names, and the dotted path of an error leads back to the field. Qt-free.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from desk.domain.dossier import Channel, Dossier, FeeLine, Requirement, ReturnBy
from desk.domain.errors import Malformed, MissingName
from desk.domain.ids import new_id
from desk.domain.intake import Intake, fee_as_json, read_intake
from desk.domain.people import Party, PartyKind
from desk.domain.reading import Reader
from desk.ui.formats import typed_birth_date

FORMAT = 1
NOT_PAID = "later"
_UNNAMED = "?"


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """The texts of one person's fields, exactly as they stand there. `commune` is a code or ""."""

    kind: str = PartyKind.CITIZEN.value
    full_name: str = ""
    personal_id: str = ""
    born: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""
    commune: str = ""
    commune_name: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        address = {"commune": self.commune or None, "detail": self.detail}
        return {
            "kind": self.kind,
            "full_name": self.full_name,
            "personal_id": self.personal_id or None,
            "date_of_birth": typed_birth_date(self.born) or None,
            "sex": self.sex or None,
            "phone": self.phone or None,
            "email": self.email or None,
            "address": address if any(address.values()) else None,
        }


@dataclass(frozen=True, slots=True)
class TypedPaper:
    """A line of the list of papers; `own` where the clerk added it to what the catalogue asks for."""

    name: str
    ticked: bool = False
    originals: int = 0
    certified: int = 0
    copies: int = 0
    pages: int = 0
    own: bool = False

    def as_json(self) -> dict[str, Any]:
        counts = {"originals": self.originals, "certified": self.certified, "copies": self.copies, "pages": self.pages}
        return {"name": self.name} | counts


@dataclass(frozen=True, slots=True)
class Typed:
    """The whole form. `fee_amount` is what the clerk says where the catalogue does not know the fee."""

    client_id: UUID = field(default_factory=new_id)
    procedure: str = ""
    case: str = ""
    channel: str = Channel.DIRECT.value
    applicant: TypedPerson = TypedPerson()
    owner: TypedPerson | None = None
    papers: tuple[TypedPaper, ...] = ()
    return_by: str = ReturnBy.COUNTER.value
    count: int = 1
    paid: str = NOT_PAID
    fee_amount: int = 0
    agency: str = ""
    agency_name: str = ""
    note: str = ""
    paper: str = ""
    """Where it stands in the paper book, "2/37", and the hour written there as the in-shape has it."""
    received_at: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing worth keeping: nobody and no procedure."""
        return not (self.procedure or self.applicant.full_name or self.applicant.personal_id)

    def as_json(self, fees: Sequence[FeeLine] | None = None) -> dict[str, Any]:
        """The in-shape. Fees are said only where somebody here knows better than the catalogue."""
        shape: dict[str, Any] = {
            "client_id": str(self.client_id),
            "procedure": self.procedure or None,
            "case": self.case or None,
            "channel": self.channel,
            "applicant": self.applicant.as_json(),
            "owner": self.owner.as_json() if self.owner else None,
            "requirements": [paper.as_json() for paper in self.papers if paper.ticked],
            "count": self.count,
            "resolving_agency": self.agency or None,
            "return": self.return_by,
            "note": self.note,
        }
        if self.paper or self.received_at:
            book, _, number = self.paper.rpartition("/")
            shape |= {"paper": {"book": book, "number": number}, "received_at": self.received_at or None}
        return shape if fees is None else shape | {"fees": [fee_as_json(line) for line in fees]}

    def intake(self, fees: Sequence[FeeLine] | None = None) -> Intake:
        """Ready to be accepted. Raises `Malformed` or `MissingName` with the path of the field."""
        return read_intake(self.as_json(fees))

    def so_far(self) -> Intake | None:
        """What can be understood already, for a look ahead: values that cannot be read yet are left out, a missing
        name stays empty. None while there is no procedure."""
        if not self.procedure:
            return None
        shape = self.as_json()
        _name_the_unnamed(shape)
        for _ in range(20):  # a form has fewer fields that can be wrong
            try:
                return _without_stand_ins(read_intake(shape))
            except (Malformed, MissingName) as error:
                _drop(shape, error.field)
        return None


def typed_from(dossier: Dossier) -> Typed:
    """The form as it would have to be filled in for a dossier that is there."""
    paid = next((line.paid.value for line in dossier.fees if line.paid), NOT_PAID)
    return Typed(
        client_id=dossier.client_id,
        procedure=dossier.procedure,
        case=dossier.case or "",
        channel=dossier.channel.value,
        applicant=_typed_person(dossier.applicant),
        owner=_typed_person(dossier.owner) if dossier.owner else None,
        papers=tuple(_typed_paper(paper) for paper in dossier.requirements),
        return_by=dossier.return_by.value,
        count=max((line.count for line in dossier.fees), default=1),
        paid=paid,
        fee_amount=dossier.fee,
        agency=dossier.resolving_agency,
        agency_name=dossier.resolving_agency,
        note=dossier.note,
    )


def _typed_person(party: Party) -> TypedPerson:
    address = party.address
    return TypedPerson(
        kind=party.kind.value,
        full_name=party.full_name,
        personal_id=party.personal_id or "",
        born=party.date_of_birth.on_paper() if party.date_of_birth else "",
        sex=party.sex.value if party.sex else "",
        phone=party.phone or "",
        email=party.email or "",
        commune=(address.commune or "") if address else "",
        detail=address.detail if address else "",
    )


def _typed_paper(paper: Requirement) -> TypedPaper:
    return TypedPaper(paper.name, True, paper.originals, paper.certified, paper.copies, paper.pages)


def as_draft(typed: Typed) -> str:
    """JSON text for the store."""
    return json.dumps({"format": FORMAT, **asdict(typed), "client_id": str(typed.client_id)}, ensure_ascii=False)


def read_draft(text: str) -> Typed | None:
    """The draft again, or None where another version of the program wrote something this one cannot read."""
    try:
        return _read(Reader(json.loads(text), "", Malformed))
    except (Malformed, ValueError):
        return None


def _read(reader: Reader) -> Typed:
    reader.whole("format", least=FORMAT, most=FORMAT)
    return Typed(
        client_id=UUID(reader.text("client_id", most=36)),
        applicant=_read_person(reader.inner("applicant")),
        owner=_read_person(reader.inner("owner")) if reader.has("owner") else None,
        papers=tuple(_read_paper(one) for one in reader.objects("papers", most=50)),
        count=reader.whole("count", least=0, most=9_999),
        fee_amount=reader.whole("fee_amount", least=0, most=1_000_000_000),
        **{key: reader.text(key, most=300) for key in ("procedure", "case", "channel", "return_by", "paid")},
        **{key: reader.text(key, most=500) for key in ("agency", "agency_name", "note")},
        **{key: reader.maybe(key, most=200) for key in ("paper", "received_at")},
    )


def _read_person(reader: Reader) -> TypedPerson:
    names = tuple(TypedPerson.__dataclass_fields__)
    return TypedPerson(**{name: reader.text(name, most=500) for name in names})


def _read_paper(reader: Reader) -> TypedPaper:
    counts = {name: reader.whole(name, least=0, most=9_999) for name in ("originals", "certified", "copies", "pages")}
    return TypedPaper(
        name=reader.text("name", most=500),
        ticked=reader.flag("ticked", default=False),
        own=reader.flag("own", default=False),
        **counts,
    )


def _name_the_unnamed(shape: dict[str, Any]) -> None:
    for who in ("applicant", "owner"):
        if shape[who] is not None and not shape[who]["full_name"]:
            shape[who]["full_name"] = _UNNAMED
    for paper in shape["requirements"]:
        paper["name"] = paper["name"] or _UNNAMED


def _without_stand_ins(intake: Intake) -> Intake:
    if intake.applicant.full_name != _UNNAMED:
        return intake
    return replace(intake, applicant=replace(intake.applicant, full_name=""))


def _drop(shape: dict[str, Any], path: str | None) -> None:
    """Take one value out of the JSON by its dotted path; a name that cannot be read becomes nobody's."""
    *way, last = (path or "").split(".")
    place: Any = shape
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        place.pop(int(last))
    elif last in ("full_name", "name"):
        place[last] = _UNNAMED
    else:
        place.pop(last, None)
