"""Lines of the paper book, as people write and count them."""

import pytest

from desk.domain.dossier import PaperPlace
from desk.domain.errors import Malformed
from desk.domain.paper_book import following, place


@pytest.mark.parametrize(
    ("text", "book", "number"), [("2/37", "2", "37"), ("37", "", "37"), (" 2026/1 / 009a ", "2026/1", "009a")]
)
def test_a_place_is_a_book_and_a_number(text: str, book: str, number: str) -> None:
    assert place(text) == PaperPlace(book, number)


@pytest.mark.parametrize("text", ["", "2/", "x" * 101])
def test_what_names_no_line_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        place(text)


@pytest.mark.parametrize(
    ("number", "after"), [("37", "38"), ("009", "010"), ("99", "100"), ("37b", "38b"), ("A-9", "A-10")]
)
def test_the_next_line_is_counted_as_wide_as_the_one_before(number: str, after: str) -> None:
    assert following(PaperPlace("2", number)) == PaperPlace("2", after)


def test_nothing_follows_what_does_not_count() -> None:
    assert following(PaperPlace("2", "b")) is None
