"""Fees and charges: how a published tariff and what is on the counter make the lines a person pays.

Two legal kinds stay apart on every line (Luật Phí và lệ phí 2015): phí for a service, lệ phí for a paper of the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from desk.domain.dossier import FeeKind, FeeLine, Requirement


@dataclass(frozen=True, slots=True)
class Counts:
    """What a fee is counted by: cases or copies issued; for certified copies the (pages, copies) of each original."""

    count: int = 1
    documents: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, papers: Iterable[Requirement], count: int = 1) -> Self:
        """From the papers on the counter. An original whose pages nobody counted has one."""
        return cls(count, tuple((max(paper.pages, 1), paper.copies) for paper in papers if paper.copies))


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing to pay, by law or by exemption."""


@dataclass(frozen=True, slots=True)
class NotSet:
    """The province sets this fee and the catalogue does not say it: the clerk must."""


@dataclass(frozen=True, slots=True)
class PerCase:
    """`amount` đồng for each case (a signature certified, a dossier)."""

    name: str
    kind: FeeKind
    amount: int


@dataclass(frozen=True, slots=True)
class PerCopy:
    """`amount` đồng for each copy issued (an extract of a register)."""

    name: str
    kind: FeeKind
    amount: int


@dataclass(frozen=True, slots=True)
class PerPage:
    """Certified copies: by the page of the original, for each copy, up to a ceiling a copy (TT 226/2016/TT-BTC).

    `first_amount` for each of the first `first_pages`, `later_amount` from then on, at most `most_per_copy` đồng.
    """

    name: str
    kind: FeeKind
    first_pages: int
    first_amount: int
    later_amount: int
    most_per_copy: int


Tariff = Free | NotSet | PerCase | PerCopy | PerPage


def fee_lines(tariff: Tariff, counts: Counts) -> tuple[FeeLine, ...]:
    """The lines to pay, none of them paid yet; lines of nothing are left out."""
    match tariff:
        case Free() | NotSet():
            lines: tuple[FeeLine, ...] = ()
        case PerCase() | PerCopy():
            lines = (FeeLine(tariff.name, tariff.kind, tariff.amount, counts.count),)
        case PerPage():
            lines = _page_lines(tariff, counts)
    return tuple(line for line in lines if line.total)


def exempt(lines: tuple[FeeLine, ...]) -> tuple[FeeLine, ...]:
    """The same lines for somebody the law exempts: named on the slip, at nothing."""
    return tuple(replace(line, amount=0) for line in lines)


def _page_lines(tariff: PerPage, counts: Counts) -> tuple[FeeLine, ...]:
    first = later = capped = 0
    for pages, copies in counts.documents:
        cheap = min(pages, tariff.first_pages)
        if cheap * tariff.first_amount + (pages - cheap) * tariff.later_amount > tariff.most_per_copy:
            capped += copies
        else:
            first, later = first + cheap * copies, later + (pages - cheap) * copies
    return (
        FeeLine(tariff.name, tariff.kind, tariff.first_amount, first),
        FeeLine(f"{tariff.name} (từ trang thứ {tariff.first_pages + 1})", tariff.kind, tariff.later_amount, later),
        FeeLine(f"{tariff.name} (mức tối đa một bản)", tariff.kind, tariff.most_per_copy, capped),
    )
