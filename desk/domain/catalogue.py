"""The published catalogue of procedures: finding the one that holds on a day and in a commune, and reading its JSON.

A catalogue comes through the feed, signed by the province, but is still read as strictly as a stranger's file: a
mistake in it would be printed on every slip of the province.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from desk.domain.calendar import read_clock
from desk.domain.clock import instant
from desk.domain.dossier import Channel, FeeKind, Requirement
from desk.domain.due import LATEST_SAME_DAY, TimeLimit, Unit
from desk.domain.errors import DocumentRefused, NotInThatArea, NotValidThatDay, Reason, UnknownProcedure
from desk.domain.fees import Free, NotSet, PerCase, PerCopy, PerPage, Tariff
from desk.domain.procedures import Case, Limits, Procedure, core_code
from desk.domain.reading import Certainty, Reader
from desk.domain.search import Haystack, rank

FORMAT = 1

_CODE = re.compile(r"[\w.\-]+")
_CASE = re.compile(r"[\w\-]+", re.ASCII)
_COMMUNE = re.compile(r"[0-9]{5}")
_SLUG = re.compile(r"[a-z0-9\-]+")


@dataclass(frozen=True)
class Catalogue:
    """One published version. A procedure can be there several times, with validities that do not overlap."""

    version: str
    published: datetime
    procedures: tuple[Procedure, ...]

    def find(self, code: str, day: date, commune: str | None) -> Procedure:
        """The procedure in force, by any spelling of its code.

        Raises `UnknownProcedure`, `NotValidThatDay` or `NotInThatArea`, in that order.
        """
        versions = self._by_code.get(core_code(code))
        if versions is None:
            raise UnknownProcedure(code)
        valid = [one for one in versions if one.valid_on(day)]
        if not valid:
            raise NotValidThatDay(code, day)
        here = next((one for one in valid if one.applies_in(commune)), None)
        if here is None:
            raise NotInThatArea(code, commune)
        return here

    def search(
        self, words: str, *, day: date | None = None, commune: str | None = None, limit: int = 20
    ) -> tuple[Procedure, ...]:
        """The best answers first, for a few letters with or without accents, initials ("ctbs") or digits of the code.

        With a `day` only what holds on it, with a `commune` only what applies there; no words find nothing.
        """
        found = (
            (place, procedure)
            for haystack, procedure in self._haystacks
            if (place := rank(words, haystack))
            and (day is None or procedure.valid_on(day))
            and (commune is None or procedure.applies_in(commune))
        )
        return tuple(procedure for _, procedure in sorted(found, key=lambda pair: pair[0])[:limit])

    @cached_property
    def _by_code(self) -> Mapping[str, list[Procedure]]:
        by_code: dict[str, list[Procedure]] = {}
        for procedure in self.procedures:
            by_code.setdefault(procedure.code, []).append(procedure)
        return by_code

    @cached_property
    def _haystacks(self) -> tuple[tuple[Haystack, Procedure], ...]:
        return tuple((Haystack.of(one.name, code=one.code, aside=one.field), one) for one in self.procedures)


def read_catalogue(document: object) -> Catalogue:
    """Read a published catalogue, strictly. Raises `DocumentRefused` with the path of the first thing that is wrong."""
    reader = Reader(document, "", _refused)
    reader.whole("format", least=FORMAT, most=FORMAT)
    reader.maybe("about", most=2_000)
    catalogue = Catalogue(
        version=reader.filled("version", most=40),
        published=_published(reader),
        procedures=tuple(_procedure(one) for one in reader.objects("procedures", most=5_000)),
    )
    reader.done()
    return catalogue


def _procedure(reader: Reader) -> Procedure:
    raw_code = reader.maybe("raw_code", most=60)
    procedure = Procedure(
        code=core_code(reader.shaped("code", _CODE, most=40, kind="procedure")),
        raw_code=raw_code,
        name=reader.filled("name", most=500),
        field=reader.filled("field", most=200),
        version=reader.filled("version", most=40),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to") if reader.has("valid_to") else None,
        area=_area(reader) if reader.has("area") else None,
        form_set=reader.shaped("form_set", _SLUG, most=40, kind="form_set"),
        level=reader.maybe("level", most=20),
        limits=_limits(reader.inner("limits")),
        requirements=_requirements(reader),
        tariff=_tariff(reader.inner("tariff")),
        cases=tuple(_case(one) for one in reader.objects("cases", most=50)) if reader.has("cases") else (),
        source=reader.filled("source", most=500),
        certainty=reader.choice("certainty", Certainty),
    )
    reader.done()
    return procedure


def _case(reader: Reader) -> Case:
    reader.origin()
    case = Case(
        code=reader.shaped("code", _CASE, most=40, kind="case"),
        name=reader.filled("name", most=500),
        limits=_limits(reader.inner("limits")) if reader.has("limits") else None,
        requirements=_requirements(reader) if reader.has("requirements") else None,
        tariff=_tariff(reader.inner("tariff")) if reader.has("tariff") else None,
    )
    reader.done()
    return case


def _limits(reader: Reader) -> Limits:
    offered = [channel for channel in Channel if channel.value in reader.keys(most=len(Channel))]
    limits = {channel: _limit(reader, channel.value) for channel in offered}
    for key in reader.keys(most=len(Channel)):
        if key not in {channel.value for channel in Channel}:
            reader.refuse(key, "channel", Reason.UNKNOWN_CHOICE)
    return limits


def _limit(reader: Reader, channel: str) -> TimeLimit | None:
    if not reader.has(channel):
        return None
    inner = reader.inner(channel)
    unit = inner.choice("unit", Unit)
    amount = inner.whole("amount", least=0, most=5_000, default=0)
    if (amount == 0) != (unit is Unit.NONE) and unit is not Unit.SAME_DAY:
        inner.refuse("amount", "number", Reason.OUT_OF_RANGE)
    cutoff = read_clock(inner, "cutoff") if inner.has("cutoff") else LATEST_SAME_DAY
    limit = TimeLimit(unit, amount, inner.filled("text", most=300), cutoff)
    inner.origin()
    inner.done()
    return limit


def _requirements(reader: Reader) -> tuple[Requirement, ...]:
    return tuple(_requirement(one) for one in reader.objects("requirements", most=50))


def _requirement(reader: Reader) -> Requirement:
    reader.origin()
    counts = {key: reader.whole(key, least=0, most=999, default=0) for key in ("originals", "certified", "copies")}
    paper = Requirement(reader.filled("name", most=500), **counts)
    reader.done()
    return paper


class _TariffKind(StrEnum):
    FREE = "free"
    NOT_SET = "not_set"
    PER_CASE = "per_case"
    PER_COPY = "per_copy"
    PER_PAGE = "per_page"


def _tariff(reader: Reader) -> Tariff:
    reader.origin()
    tariff = _tariff_of(reader.choice("kind", _TariffKind), reader)
    reader.done()
    return tariff


def _tariff_of(kind: _TariffKind, reader: Reader) -> Tariff:
    match kind:
        case _TariffKind.FREE:
            return Free()
        case _TariffKind.NOT_SET:
            return NotSet()
        case _TariffKind.PER_CASE:
            return PerCase(*_fee(reader), _money(reader, "amount"))
        case _TariffKind.PER_COPY:
            return PerCopy(*_fee(reader), _money(reader, "amount"))
        case _TariffKind.PER_PAGE:
            return PerPage(
                *_fee(reader),
                first_pages=reader.whole("first_pages", least=1, most=1_000),
                first_amount=_money(reader, "first_amount"),
                later_amount=_money(reader, "later_amount"),
                most_per_copy=_money(reader, "most_per_copy"),
            )


def _fee(reader: Reader) -> tuple[str, FeeKind]:
    return reader.filled("name", most=200), reader.choice("fee_kind", FeeKind)


def _money(reader: Reader, key: str) -> int:
    return reader.whole(key, least=1, most=1_000_000_000)


def _area(reader: Reader) -> frozenset[str]:
    communes = [str(commune) for commune in reader.items("area", most=4_000)]
    if not all(_COMMUNE.fullmatch(commune) for commune in communes):
        reader.refuse("area", "commune", Reason.BAD_SHAPE)
    return frozenset(communes)


def _published(reader: Reader) -> datetime:
    try:
        return instant(reader.filled("published", most=40))
    except ValueError:
        return reader.refuse("published", "instant", Reason.BAD_SHAPE)


def _refused(path: str, kind: str, reason: Reason) -> DocumentRefused:
    return DocumentRefused("catalogue", path, reason)
