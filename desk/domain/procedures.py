"""A procedure as published: what it asks for, how long it takes, what it costs, where and when it applies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk.domain.dossier import Channel, Requirement
from desk.domain.due import TimeLimit
from desk.domain.errors import ChannelNotOffered, UnknownCase
from desk.domain.fees import Tariff
from desk.domain.reading import Certainty

_NATIONAL = re.compile(r"([0-9]\.[0-9]{6})(\..*)?")

Limits = Mapping[Channel, TimeLimit | None]
"""By channel; a channel that is not there is not offered, None where the catalogue does not know the limit."""


@dataclass(frozen=True, slots=True)
class Case:
    """A "trường hợp" of a procedure; None or empty where it does not differ from the procedure itself."""

    code: str
    name: str
    limits: Limits | None = None
    requirements: tuple[Requirement, ...] | None = None
    tariff: Tariff | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one dossier: the procedure's own terms with those of its case laid over them."""

    case_name: str
    limits: Limits
    requirements: tuple[Requirement, ...]
    tariff: Tariff


@dataclass(frozen=True, slots=True)
class Procedure:
    """One published version of a procedure.

    `code` is the national core ("2.000815") or, for the few a province has without one, the province's key.
    `raw_code` is as published, with the agency behind it. `area` is the communes it applies in, None for all. `level`
    is how far it goes online: "full", "partial", "none" or "" where unknown. Both days of validity are included.
    """

    code: str
    raw_code: str
    name: str
    field: str
    version: str
    valid_from: date
    valid_to: date | None
    area: frozenset[str] | None
    form_set: str
    level: str
    limits: Limits
    requirements: tuple[Requirement, ...]
    tariff: Tariff
    cases: tuple[Case, ...]
    source: str
    certainty: Certainty

    @property
    def has_national_code(self) -> bool:
        return _NATIONAL.fullmatch(self.code) is not None

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def applies_in(self, commune: str | None) -> bool:
        """Whether it applies in that commune; None is an office without one (a provincial centre)."""
        return self.area is None or commune in self.area

    def terms(self, case: str | None = None) -> Terms:
        """The terms of a case, or of the procedure as such. Raises `UnknownCase`."""
        if case is None:
            return Terms("", self.limits, self.requirements, self.tariff)
        own = next((one for one in self.cases if one.code == case), None)
        if own is None:
            raise UnknownCase(self.code, case)
        return Terms(
            case_name=own.name,
            limits=self.limits if own.limits is None else own.limits,
            requirements=self.requirements if own.requirements is None else own.requirements,
            tariff=self.tariff if own.tariff is None else own.tariff,
        )

    def limit(self, channel: Channel, case: str | None = None) -> TimeLimit | None:
        """The limit by that channel, None where the catalogue does not know it. Raises `ChannelNotOffered`."""
        limits = self.terms(case).limits
        if channel not in limits:
            raise ChannelNotOffered(self.code, channel.value)
        return limits[channel]


def core_code(code: str) -> str:
    """ "2.000815.000.00.00.H05" → "2.000815"; what is no national code stays as it is."""
    match = _NATIONAL.fullmatch(code)
    return match[1] if match else code
