"""Dates and money in Vietnamese words."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.forms.drawing.words import day_words, dong, dong_in_words, moment_words, number_words

VALUES = dict(zip(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(10), strict=True))
VALUES |= {"mốt": 1, "tư": 4, "lăm": 5}


def heard(words: str) -> int:
    """What a listener writes down: an oracle that knows nothing of how the words were made."""
    for scale, name in ((10**9, " tỷ"), (10**6, " triệu"), (10**3, " nghìn"), (100, " trăm")):
        head, found, rest = words.rpartition(name) if scale == 10**9 else words.partition(name)
        if found:
            return heard(head) * scale + (heard(rest.strip()) if rest.strip() else 0)
    words = words.removeprefix("linh ")
    if words.startswith("mười"):
        return 10 + (VALUES[words.removeprefix("mười ")] if words != "mười" else 0)
    tens, found, ones = words.partition(" mươi")
    return VALUES[tens] * 10 + (VALUES[ones.strip()] if ones.strip() else 0) if found else VALUES[words]


@given(st.integers(0, 10**15))
def test_a_number_read_aloud_is_heard_as_itself(number: int) -> None:
    assert heard(number_words(number)) == number


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (2_000, "Hai nghìn đồng"),
        (10_000, "Mười nghìn đồng"),
        (14_000, "Mười bốn nghìn đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (24_500, "Hai mươi tư nghìn năm trăm đồng"),
        (35_000, "Ba mươi lăm nghìn đồng"),
        (105_000, "Một trăm linh năm nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_200_000_000, "Một tỷ hai trăm triệu đồng"),
    ],
)
def test_money_is_read_as_a_cashier_reads_it(amount: int, words: str) -> None:
    assert dong_in_words(amount) == words


def test_money_has_dots_between_thousands() -> None:
    assert dong(1_234_567) == "1.234.567 đồng"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 7, 1), "ngày 01 tháng 7 năm 2025"),
        (date(2026, 1, 22), "ngày 22 tháng 01 năm 2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 11, 30), "ngày 30 tháng 11 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_get_a_zero(day: date, words: str) -> None:
    assert day_words(day) == words


def test_a_moment_is_told_in_vietnamese_time() -> None:
    assert moment_words(datetime(2025, 6, 30, 18, 5, tzinfo=UTC)) == "01 giờ 05 phút, ngày 01 tháng 7 năm 2025"
