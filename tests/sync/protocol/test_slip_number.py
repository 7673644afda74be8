"""The number on the slip: digits only, small enough for its QR, and worth nothing once a digit is changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.problems import SlipUnreadable
from sync.protocol.signing import public
from sync.protocol.slip_number import ROOM, SlipNumber, read_slip_number, write_slip_number
from tests.sync.protocol import made
from tests.sync.protocol.made import hand

DESK = public(hand("desk"))
_MINUTES = st.integers(0, 60 * 24 * 365 * 60).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
_BIRTHS = (
    st.just("") | st.integers(1000, 9999).map(str) | st.dates(date(1800, 1, 1), date(2100, 1, 1)).map(date.isoformat)
)
_AGENCIES = st.sampled_from(["H05.09.169", "H05", "H05.00", "H05.123.456.789.123"])
_SLIPS = st.builds(
    SlipNumber,
    desk_number=st.just(0) | st.integers(1000, 9999),
    epoch=st.integers(1, 65535),
    dossier=st.uuids(),
    code=st.from_regex(r"H05\.[0-9]{2}\.[0-9]{3}-[0-9]{6}-[0-9]{7}|TAM-[0-9]{6}(-[0-9]{4}){3}", fullmatch=True),
    procedure=st.from_regex(r"[0-9]\.[0-9]{6}", fullmatch=True),
    received_at=_MINUTES,
    due_at=st.none() | _MINUTES,
    channel=st.sampled_from(["direct", "post", "online"]),
    return_by=st.sampled_from(["counter", "post", "online"]),
    kind=st.sampled_from(["citizen", "business", "agency", "other"]),
    full_name=st.text(st.sampled_from("NguyễnThịHườngĐặngƯởng "), min_size=1, max_size=40),
    personal_id=st.from_regex(r"([0-9]{12})?|[A-Z][0-9]{7}", fullmatch=True),
    date_of_birth=_BIRTHS,
    phone=st.from_regex(r"(0[0-9]{9})?", fullmatch=True),
    papers=st.integers(0, 9999),
    fee=st.integers(0, 10**12),
    receiving_agency=_AGENCIES,
    resolving_agency=_AGENCIES,
    register_line=st.integers(1, 10**6),
)


def test_a_birth_so_long_ago_that_it_would_read_as_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match="1800"):
        write_slip_number(made.slip(date_of_birth="1790-01-01"), hand("desk"))


def _bytes(number: str) -> int:
    return (int(number).bit_length() + 7) // 8


@settings(max_examples=300)
@given(_SLIPS)
def test_a_slip_comes_back_from_its_number(slip: SlipNumber) -> None:
    number = write_slip_number(slip, hand("desk"))
    scanned = read_slip_number(number)

    assert number.isascii()
    assert number.isdigit()
    assert _bytes(number) <= ROOM
    assert scanned.proven_by(DESK)
    assert replace(scanned.slip, full_name="", name_cut=False) == replace(slip, full_name="")
    assert slip.full_name.startswith(scanned.slip.full_name)
    assert scanned.slip.name_cut == (scanned.slip.full_name != slip.full_name)


def test_an_ordinary_name_is_never_cut() -> None:
    number = write_slip_number(made.slip(), hand("desk"))

    assert read_slip_number(number).slip == made.slip()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=200, max_size=500))
def test_a_name_too_long_is_cut_at_a_letter_and_marked(name: str) -> None:
    scanned = read_slip_number(write_slip_number(made.slip(full_name=name), hand("desk"))).slip

    assert scanned.name_cut
    assert name.startswith(scanned.full_name)


@pytest.mark.parametrize("length", [1, 40, 41, 80])
def test_texts_of_digits_alone_come_back_at_any_length(length: int) -> None:
    slip = made.slip(full_name="0" * length, personal_id="0" * 12, phone="")

    assert read_slip_number(write_slip_number(slip, hand("desk"))).slip.full_name == slip.full_name


def test_facts_that_do_not_fit_are_an_error_and_not_a_silent_loss() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        write_slip_number(made.slip(code="H" * 300), hand("desk"))


@settings(max_examples=300)
@given(st.data())
def test_a_number_with_a_digit_changed_proves_nothing(data: st.DataObject) -> None:
    number = write_slip_number(made.slip(), hand("desk"))
    at = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != number[at]))

    assert not _proves(number[:at] + digit + number[at + 1 :])


@given(st.text("0123456789", max_size=700))
def test_any_other_number_is_unreadable_or_proves_nothing(number: str) -> None:
    assert not _proves(number)


@given(st.text(max_size=100))
def test_text_garbled_by_an_input_method_is_unreadable(text: str) -> None:
    assert not _proves(text)


def test_spaces_around_a_scan_do_not_matter() -> None:
    number = write_slip_number(made.slip(), hand("desk"))

    assert read_slip_number(f" {number}\r\n").slip == made.slip()


def test_the_key_of_another_desk_does_not_prove_it() -> None:
    number = write_slip_number(made.slip(), hand("desk"))

    assert not read_slip_number(number).proven_by(public(hand("another desk")))


def test_other_digits_than_ascii_are_refused() -> None:
    with pytest.raises(SlipUnreadable):
        read_slip_number("١٢٣")


def test_a_slip_of_a_later_version_says_so() -> None:
    later = str(int.from_bytes(b"\x01\x02" + bytes(80)))

    with pytest.raises(SlipUnreadable, match="version 2"):
        read_slip_number(later)


def test_a_slip_of_before_2020_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="2020"):
        write_slip_number(made.slip(received_at=datetime(2019, 12, 31, tzinfo=UTC)), hand("desk"))


def test_a_dossier_without_a_due_time_keeps_none() -> None:
    slip = made.slip(due_at=None, dossier=UUID(int=0))

    assert read_slip_number(write_slip_number(slip, hand("desk"))).slip == slip


def _proves(number: str) -> bool:
    try:
        return read_slip_number(number).proven_by(DESK)
    except SlipUnreadable:
        return False
