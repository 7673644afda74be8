"""What is typed becomes a draft, a look ahead, and an intake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.errors import Malformed, MissingName
from desk.domain.people import BirthDate
from desk.ui.typed import Typed, TypedPaper, TypedPerson, as_draft, read_draft

texts = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=30)
persons = st.builds(TypedPerson, **dict.fromkeys(TypedPerson.__dataclass_fields__, texts))
counts = st.integers(0, 999)
papers = st.builds(TypedPaper, name=texts, originals=counts, certified=counts, copies=counts, pages=counts)
forms = st.builds(
    Typed,
    procedure=texts,
    case=texts,
    applicant=persons,
    owner=st.none() | persons,
    papers=st.lists(papers, max_size=4).map(tuple),
    note=texts,
)
LAN = TypedPerson(full_name="Nguyễn Thị Lan", born="3/2/1980")


@given(forms)
def test_a_draft_brings_back_what_was_typed(typed: Typed) -> None:
    again = read_draft(as_draft(typed))

    assert again is not None
    assert again.client_id == typed.client_id
    assert as_draft(again) == as_draft(read_draft(as_draft(again)) or Typed())


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '{"format": 2}', '{"format": 1, "papers": 5}', "{" * 100_000])
def test_a_draft_that_cannot_be_read_is_none(text: str) -> None:
    assert read_draft(text) is None


@given(forms)
def test_a_look_ahead_never_fails_whatever_is_typed(typed: Typed) -> None:
    so_far = typed.so_far()

    assert so_far is None or so_far.client_id == typed.client_id


def test_a_look_ahead_leaves_out_what_cannot_be_read_yet() -> None:
    typed = Typed(procedure="2.000815", applicant=TypedPerson(born="31/02/19", phone="09"))

    so_far = typed.so_far()

    assert so_far is not None
    assert so_far.applicant.full_name == ""
    assert so_far.applicant.date_of_birth is None
    assert so_far.applicant.phone is None


def test_papers_that_are_not_ticked_are_not_there() -> None:
    typed = Typed(
        procedure="2.000815",
        applicant=LAN,
        papers=(TypedPaper("Giấy khai sinh", ticked=True, copies=2), TypedPaper("Bằng lái", copies=1)),
    )

    assert [paper.name for paper in typed.intake().requirements] == ["Giấy khai sinh"]


def test_an_intake_is_read_by_the_same_reader_as_a_file() -> None:
    intake = Typed(procedure="2.000815", applicant=LAN).intake()

    assert intake.applicant.date_of_birth == BirthDate(1980, 2, 3)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        (Typed(procedure="2.000815"), "applicant.full_name"),
        (Typed(procedure="2.000815", applicant=LAN, owner=TypedPerson()), "owner.full_name"),
        (Typed(applicant=LAN), "procedure"),
        (Typed(procedure="2.000815", applicant=TypedPerson(full_name="Lan", phone="12")), "applicant.phone"),
        (Typed(procedure="2.000815", applicant=LAN, papers=(TypedPaper("", ticked=True),)), "requirements.0.name"),
    ],
)
def test_an_error_leads_to_its_field(typed: Typed, path: str) -> None:
    with pytest.raises((Malformed, MissingName)) as raised:
        typed.intake()

    assert raised.value.field == path
