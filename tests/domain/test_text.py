"""Text in one form, and folded for search."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desk.domain.text import fold, has_accents, nfc


def test_folding_takes_accents_and_the_stroke_of_đ_away() -> None:
    assert fold("Nguyễn Đức Ưởng") == "nguyen duc uong"
    assert fold("ĐẶNG THỊ ĐÀO") == "dang thi dao"


def test_folding_reads_letters_in_pieces_like_whole_ones() -> None:
    assert fold(unicodedata.normalize("NFD", "Nguyễn")) == fold("Nguyễn")


def test_only_typed_accents_count_as_accents() -> None:
    assert has_accents("Đức")
    assert has_accents(unicodedata.normalize("NFD", "Hòa"))
    assert not has_accents("Duc HOA 12")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ\u0300\u0301\u0303\u0309\u0323 "))
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    assert fold(text).strip("\u0300\u0301\u0303\u0309\u0323").isascii()


@given(st.text())
def test_composing_twice_changes_nothing(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
