"""The administrative units in force: 34 provinces and their communes, known by code.

Names and types change and are spelled in two ways (Hòa, Hoà); codes stay. So units are matched by code, and by name
only to offer something.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from desk.domain.errors import DocumentRefused, NotFound, Reason
from desk.domain.reading import Reader
from desk.domain.search import Haystack, rank
from desk.domain.text import fold

FORMAT = 1

_CODE = re.compile(r"[0-9]{2}|[0-9]{5}")
_TYPE_WORDS = re.compile(r"^(xa|phuong|dac khu|tinh|thanh pho|tp\.?)\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A province (two-digit code) or a commune of the `province` (five digits). `type` is "phường", "xã", "tỉnh" …"""

    code: str
    name: str
    type: str
    province: str | None = None

    @property
    def titled(self) -> str:
        """ "Phường Vũ Ninh"."""
        return f"{self.type[:1].upper()}{self.type[1:]} {self.name}"


@dataclass(frozen=True)
class Units:
    version: str
    provinces: Mapping[str, Unit]
    communes: Mapping[str, Unit]

    def commune(self, code: str) -> Unit:
        """Raises `NotFound`."""
        if code not in self.communes:
            raise NotFound("commune", code)
        return self.communes[code]

    def name(self, code: str) -> str:
        """ "Vũ Ninh". Raises `NotFound`."""
        return self.commune(code).name

    def full_name(self, code: str) -> str:
        """ "Phường Vũ Ninh, tỉnh Bắc Ninh". Raises `NotFound`."""
        commune = self.commune(code)
        province = self.provinces[commune.province or ""]
        return f"{commune.titled}, {province.type} {province.name}"

    def of_province(self, province: str) -> tuple[Unit, ...]:
        """The communes of a province in the order of their codes."""
        return tuple(commune for commune in self.communes.values() if commune.province == province)

    def search(self, words: str, *, province: str | None = None, limit: int = 20) -> tuple[Unit, ...]:
        """Communes by a few letters or digits of the code, best first, those of `province` before all others."""
        found = [
            (commune.province != province, place, commune)
            for haystack, commune in self._haystacks
            if (place := rank(words, haystack))
        ]
        return tuple(commune for _, _, commune in sorted(found, key=lambda one: one[:2])[:limit])

    def match(self, address: str) -> str | None:
        """The commune an address in two levels ends with ("…, Vũ Ninh, Bắc Ninh"), or None where that is not certain.

        An address from before July 2025 ends with a district, and some districts' names live on as wards: do not ask
        this of an old card.
        """
        parts = [_bare(part) for part in address.split(",")]
        if len(parts) < 2:
            return None
        found = self._by_names.get((parts[-1], parts[-2]), [])
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_names(self) -> Mapping[tuple[str, str], list[str]]:
        by_names: dict[tuple[str, str], list[str]] = {}
        for commune in self.communes.values():
            province = self.provinces[commune.province or ""]
            by_names.setdefault((_bare(province.name), _bare(commune.name)), []).append(commune.code)
        return by_names

    @cached_property
    def _haystacks(self) -> tuple[tuple[Haystack, Unit], ...]:
        return tuple((Haystack.of(one.name, code=one.code, aside=one.type), one) for one in self.communes.values())


def read_units(document: object) -> Units:
    """Read the list of units. Raises `DocumentRefused`."""
    reader = Reader(document, "", _refused)
    reader.whole("format", least=FORMAT, most=FORMAT)
    reader.origin()
    reader.maybe("licence", most=500)
    version = reader.filled("version", most=40)
    provinces = [_read_unit(reader, "provinces", row, 3) for row in reader.items("provinces", most=100)]
    communes = [_read_unit(reader, "communes", row, 4) for row in reader.items("communes", most=20_000)]
    reader.done()
    units = Units(version, {one.code: one for one in provinces}, {one.code: one for one in communes})
    if not all(commune.province in units.provinces for commune in communes):
        reader.refuse("communes", "commune", Reason.UNKNOWN_CHOICE)
    return units


def _read_unit(reader: Reader, key: str, row: object, length: int) -> Unit:
    """A row is [code, name, type] or [code, name, type, province]: three thousand objects would be mostly keys."""
    texts = [cell for cell in row if isinstance(cell, str)] if isinstance(row, list) else []
    if len(texts) != length or not _CODE.fullmatch(texts[0]):
        reader.refuse(key, "unit", Reason.BAD_SHAPE)
    return Unit(*texts)


def _bare(name: str) -> str:
    return _TYPE_WORDS.sub("", fold(name).strip())


def _refused(path: str, kind: str, reason: Reason) -> DocumentRefused:
    return DocumentRefused("units", path, reason)
