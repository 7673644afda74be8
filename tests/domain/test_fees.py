"""Fees per page, per copy and per case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.dossier import FeeKind, FeeLine
from desk.domain.fees import Counts, Free, NotSet, PerCase, PerCopy, PerPage, exempt, fee_lines
from tests import make

PAGES = PerPage("Phí chứng thực bản sao", FeeKind.FEE, 2, 2_000, 1_000, 200_000)


def total(lines: tuple[FeeLine, ...]) -> int:
    return sum(line.total for line in lines)


@pytest.mark.parametrize(
    ("pages", "copies", "fee"),
    [
        pytest.param(1, 1, 2_000, id="one page"),
        pytest.param(2, 1, 4_000, id="two pages"),
        pytest.param(3, 1, 5_000, id="the third page is cheaper"),
        pytest.param(10, 3, 36_000, id="every copy pays"),
        pytest.param(198, 1, 200_000, id="exactly the ceiling"),
        pytest.param(199, 1, 200_000, id="the ceiling holds"),
        pytest.param(500, 2, 400_000, id="the ceiling is for each copy"),
    ],
)
def test_certified_copies_are_paid_by_the_page_of_the_original(pages: int, copies: int, fee: int) -> None:
    assert total(fee_lines(PAGES, Counts(documents=((pages, copies),)))) == fee


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 20)), max_size=6))
def test_many_originals_cost_what_they_cost_one_by_one(documents: list[tuple[int, int]]) -> None:
    together = total(fee_lines(PAGES, Counts(documents=tuple(documents))))

    one_by_one = sum(
        copies * min(200_000, min(pages, 2) * 2_000 + max(pages - 2, 0) * 1_000) for pages, copies in documents
    )
    assert together == one_by_one


def test_each_line_can_be_recomputed_by_the_person_who_pays() -> None:
    lines = fee_lines(PAGES, Counts(documents=((4, 2), (300, 1))))

    assert [(line.amount, line.count) for line in lines] == [(2_000, 4), (1_000, 4), (200_000, 1)]


def test_an_original_whose_pages_nobody_counted_has_one() -> None:
    papers = (make.requirement(pages=0, copies=3), make.requirement("Sổ hộ khẩu", pages=9, copies=0))

    assert total(fee_lines(PAGES, Counts.of(papers))) == 6_000


def test_cases_and_copies_issued_are_paid_by_their_count() -> None:
    signature = PerCase("Phí chứng thực chữ ký", FeeKind.FEE, 10_000)
    extract = PerCopy("Phí cấp bản sao trích lục", FeeKind.FEE, 8_000)

    assert total(fee_lines(signature, Counts(count=3))) == 30_000
    assert fee_lines(extract, Counts(count=2)) == (FeeLine(extract.name, FeeKind.FEE, 8_000, 2),)


def test_what_is_free_or_not_set_has_no_lines() -> None:
    assert fee_lines(Free(), Counts(count=3)) == ()
    assert fee_lines(NotSet(), Counts(count=3)) == ()


def test_an_exempt_person_sees_the_lines_at_nothing() -> None:
    lines = exempt((make.fee_line(),))

    assert [line.name for line in lines] == [make.fee_line().name]
    assert total(lines) == 0
