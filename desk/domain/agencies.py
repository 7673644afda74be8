"""The agencies of a province that receive and resolve, by their electronic identifiers."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.domain.codes import is_agency_id
from desk.domain.errors import DocumentRefused, Reason, UnknownAgency
from desk.domain.reading import Reader

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Agency:
    """`parent_name` stands over `name` in the head of a paper, both in capitals; `place` goes before its date.

    `commune` is the five-digit unit it serves, None for a provincial centre; `old_province` the one before July 2025,
    which some procedures still go by.
    """

    id: str
    name: str
    parent_name: str
    place: str
    commune: str | None
    address: str = ""
    hotline: str = ""
    old_province: str = ""

    @property
    def title(self) -> str:
        """The one line that tells it from all others: its committee for a commune, itself for a provincial centre."""
        return self.parent_name if self.commune else self.name


@dataclass(frozen=True)
class Agencies:
    version: str
    province: str
    by_id: Mapping[str, Agency]

    def get(self, id: str) -> Agency:
        """Raises `UnknownAgency`."""
        if id not in self.by_id:
            raise UnknownAgency(id)
        return self.by_id[id]

    def of_commune(self, commune: str) -> Agency | None:
        return next((agency for agency in self.by_id.values() if agency.commune == commune), None)


def read_agencies(document: object) -> Agencies:
    """Read a province's list of agencies. Raises `DocumentRefused`."""
    reader = Reader(document, "", _refused)
    reader.whole("format", least=FORMAT, most=FORMAT)
    reader.origin()
    read = [_read_agency(one) for one in reader.objects("agencies", most=5_000)]
    agencies = Agencies(
        version=reader.filled("version", most=40),
        province=reader.filled("province", most=3),
        by_id={agency.id: agency for agency in read},
    )
    reader.done()
    return agencies


def _read_agency(reader: Reader) -> Agency:
    reader.origin()
    agency = Agency(
        id=reader.filled("id", most=35, kind="agency"),
        name=reader.filled("name", most=200),
        parent_name=reader.maybe("parent_name", most=200),
        place=reader.filled("place", most=100),
        commune=reader.filled("commune", most=5) if reader.has("commune") else None,
        address=reader.maybe("address", most=300),
        hotline=reader.maybe("hotline", most=40),
        old_province=reader.maybe("old_province", most=100),
    )
    reader.done()
    return agency if is_agency_id(agency.id) else reader.refuse("id", "agency", Reason.BAD_SHAPE)


def _refused(path: str, kind: str, reason: Reason) -> DocumentRefused:
    return DocumentRefused("agencies", path, reason)
