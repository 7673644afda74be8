"""The JSON of an intake, read strictly."""

import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.dossier import Channel, FeeKind, FeeLine, Payment, Requirement, Status
from desk.domain.errors import DeskError, Malformed, MissingName, Reason
from desk.domain.intake import dossier_as_json, intake_as_json, read_intake
from desk.domain.people import Address, BirthDate, PartyKind, Sex
from tests import make

FULL = make.intake_json(
    case="nhieu-trang",
    owner=make.party_json(kind="business", full_name="Công ty Lúa Vàng", date_of_birth=None, sex=None),
    fees=[{"name": "Phí", "kind": "fee", "amount": 2000, "count": 5, "paid": "cash"}],
    count=2,
    resolving_agency="H05.09.169",
    note="Gấp\nđể đi học",
)


def refusal_of(line: Any) -> Malformed:
    with pytest.raises(Malformed) as refused:
        read_intake(line)
    return refused.value


def test_a_line_of_a_file_becomes_an_intake() -> None:
    intake = read_intake(FULL)

    assert intake.channel is Channel.DIRECT
    assert intake.received_at == datetime(2025, 7, 1, 1, 15, tzinfo=UTC)
    assert intake.applicant.date_of_birth == BirthDate(1980, 2, 3)
    assert intake.applicant.sex is Sex.FEMALE
    assert intake.applicant.address == Address("09169", "Khu 3")
    assert intake.owner is not None
    assert intake.owner.kind is PartyKind.BUSINESS
    assert intake.requirements == (Requirement("Giấy khai sinh", 1, 0, 2),)
    assert intake.fees == (FeeLine("Phí", FeeKind.FEE, 2_000, 5, Payment.CASH),)
    assert (intake.case, intake.count, intake.note) == ("nhieu-trang", 2, "Gấp\nđể đi học")


def test_what_catalogue_and_clock_decide_may_be_absent() -> None:
    line = make.intake_json()
    for key in ("received_at", "owner", "note"):
        del line[key]

    intake = read_intake(line)

    left_open = (intake.received_at, intake.owner, intake.fees, intake.resolving_agency, intake.case)
    assert all(value is None for value in left_open)
    assert (intake.note, intake.count) == ("", 1)


@pytest.mark.parametrize("line", [make.intake_json(), FULL], ids=["plain", "full"])
def test_an_intake_written_and_read_again_is_the_same(line: dict[str, Any]) -> None:
    intake = read_intake(line)

    assert read_intake(json.loads(json.dumps(intake_as_json(intake)))) == intake


def test_a_dossier_is_told_in_the_same_shape_with_what_acceptance_added() -> None:
    dossier = make.dossier()

    told = json.loads(json.dumps(dossier_as_json(dossier, Status.RECEIVED)))

    assert {key: told.pop(key) for key in ("code", "due_at", "fee", "status")} == {
        "code": "H05.09.169-250701-1017001",
        "due_at": "2025-07-01T17:00:00+07:00",
        "fee": 4_000,
        "status": 2,
    }
    assert told["received_at"] == "2025-07-01T08:15:00+07:00"
    assert read_intake(told).applicant == dossier.applicant


def with_applicant(**facts: Any) -> dict[str, Any]:
    return make.intake_json(applicant=make.party_json(**facts))


def with_fee(**facts: Any) -> dict[str, Any]:
    return make.intake_json(fees=[{"name": "Phí", "kind": "fee", "amount": 2000, "count": 1, "paid": None} | facts])


def without(key: str) -> dict[str, Any]:
    line = make.intake_json()
    del line[key]
    return line


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        pytest.param([], "", Reason.WRONG_TYPE, id="no object"),
        pytest.param(without("client_id"), "client_id", Reason.MISSING, id="no client id"),
        pytest.param(without("requirements"), "requirements", Reason.MISSING, id="no papers"),
        pytest.param(make.intake_json(client_id="7"), "client_id", Reason.BAD_SHAPE, id="no uuid"),
        pytest.param(make.intake_json(procedure="two words"), "procedure", Reason.BAD_SHAPE, id="no code"),
        pytest.param(make.intake_json(procedure=2.000815), "procedure", Reason.WRONG_TYPE, id="a code as a number"),
        pytest.param(make.intake_json(channel="online"), "channel", Reason.UNKNOWN_CHOICE, id="unknown channel"),
        pytest.param(make.intake_json(channel=True), "channel", Reason.WRONG_TYPE, id="a flag for a channel"),
        pytest.param(make.intake_json(colour="red"), "colour", Reason.UNKNOWN_KEY, id="unknown key"),
        pytest.param(make.intake_json(**{"Nguyễn Lan": 1}), "?", Reason.UNKNOWN_KEY, id="a key that may be a person"),
        pytest.param(with_applicant(nickname="Lan"), "applicant.nickname", Reason.UNKNOWN_KEY, id="key in a person"),
        pytest.param(make.intake_json(received_at="2025-07-01"), "received_at", Reason.BAD_SHAPE, id="a day only"),
        pytest.param(
            make.intake_json(received_at="2025-07-01T08:15:00"), "received_at", Reason.NO_OFFSET, id="no offset"
        ),
        pytest.param(
            make.intake_json(received_at="2025-02-30T08:15:00+07:00"),
            "received_at",
            Reason.IMPOSSIBLE_DATE,
            id="30 February",
        ),
        pytest.param(
            make.intake_json(received_at="0001-01-01T00:00:00+07:00"), "received_at", Reason.OUT_OF_RANGE, id="year 1"
        ),
        pytest.param(
            with_applicant(date_of_birth="1981-02-29"), "applicant.date_of_birth", Reason.IMPOSSIBLE_DATE, id="no day"
        ),
        pytest.param(with_applicant(sex="m"), "applicant.sex", Reason.UNKNOWN_CHOICE, id="sex"),
        pytest.param(with_applicant(phone="0912-34"), "applicant.phone", Reason.BAD_SHAPE, id="short phone"),
        pytest.param(with_applicant(phone="0912345678x"), "applicant.phone", Reason.BAD_SHAPE, id="letters in a phone"),
        pytest.param(with_applicant(phone=912345678), "applicant.phone", Reason.WRONG_TYPE, id="phone as a number"),
        pytest.param(with_applicant(email="lan@"), "applicant.email", Reason.BAD_SHAPE, id="half an email"),
        pytest.param(
            with_applicant(personal_id="027#80"), "applicant.personal_id", Reason.BAD_CHARACTERS, id="no id has that"
        ),
        pytest.param(with_applicant(personal_id="1234"), "applicant.personal_id", Reason.BAD_SHAPE, id="short id"),
        pytest.param(
            with_applicant(personal_id="KHONG"), "applicant.personal_id", Reason.BAD_SHAPE, id="id of letters"
        ),
        pytest.param(
            with_applicant(address={"commune": "9169"}), "applicant.address.commune", Reason.BAD_SHAPE, id="commune"
        ),
        pytest.param(with_applicant(full_name="Lan\x00"), "applicant.full_name", Reason.BAD_CHARACTERS, id="control"),
        pytest.param(with_applicant(full_name="\ud800"), "applicant.full_name", Reason.BAD_CHARACTERS, id="surrogate"),
        pytest.param(
            with_applicant(full_name="Lan \u202enaL"), "applicant.full_name", Reason.BAD_CHARACTERS, id="turned around"
        ),
        pytest.param(with_applicant(full_name="L" * 201), "applicant.full_name", Reason.TOO_LONG, id="long name"),
        pytest.param(with_applicant(full_name="L" * 10**6), "applicant.full_name", Reason.TOO_LONG, id="a book"),
        pytest.param(with_fee(amount=2000.0), "fees.0.amount", Reason.WRONG_TYPE, id="money with a point"),
        pytest.param(with_fee(amount=True), "fees.0.amount", Reason.WRONG_TYPE, id="a flag for money"),
        pytest.param(with_fee(amount="2000"), "fees.0.amount", Reason.WRONG_TYPE, id="money as text"),
        pytest.param(with_fee(amount=-1), "fees.0.amount", Reason.OUT_OF_RANGE, id="negative money"),
        pytest.param(with_fee(amount=10**18), "fees.0.amount", Reason.OUT_OF_RANGE, id="all the money there is"),
        pytest.param(with_fee(paid="later"), "fees.0.paid", Reason.UNKNOWN_CHOICE, id="paid somehow"),
        pytest.param(
            make.intake_json(requirements=[{"name": "Đơn"}] * 51), "requirements", Reason.TOO_MANY, id="many papers"
        ),
        pytest.param(
            make.intake_json(requirements=[{"name": " "}]), "requirements.0.name", Reason.EMPTY, id="a paper unnamed"
        ),
        pytest.param(make.intake_json(requirements={}), "requirements", Reason.WRONG_TYPE, id="papers no list"),
        pytest.param(
            make.intake_json(resolving_agency="Bắc Ninh"), "resolving_agency", Reason.BAD_SHAPE, id="no agency id"
        ),
        pytest.param(make.intake_json(count=0), "count", Reason.OUT_OF_RANGE, id="none of it"),
    ],
)
def test_the_first_bad_value_is_named_by_its_path(line: Any, field: str, reason: Reason) -> None:
    refused = refusal_of(line)

    assert (refused.field, refused.reason) == (field, reason)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", None])
@pytest.mark.parametrize("who", ["applicant", "owner"])
def test_a_person_without_a_name_is_refused_by_name(who: str, name: str | None) -> None:
    with pytest.raises(MissingName) as missing:
        read_intake(make.intake_json(**{who: make.party_json(full_name=name)}))

    assert missing.value.field == f"{who}.full_name"


def test_names_are_kept_composed_and_without_the_spaces_around_them() -> None:
    in_pieces = unicodedata.normalize("NFD", "  Nguyễn \u00a0 Thị\u200b  Lan ")

    assert read_intake(with_applicant(full_name=in_pieces)).applicant.full_name == "Nguyễn Thị Lan"


def test_numbers_typed_in_groups_are_kept_without_the_gaps() -> None:
    applicant = read_intake(with_applicant(phone="(+84) 912.345-678", personal_id="027 180 001 234")).applicant

    assert (applicant.phone, applicant.personal_id) == ("+84912345678", "027180001234")


def test_a_refusal_never_repeats_what_was_typed() -> None:
    refused = refusal_of(with_applicant(phone="Lan 0912345678"))

    assert "0912345678" not in str(refused)
    assert "Lan" not in str(refused)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@given(st.sampled_from(sorted(FULL)), JSON)
def test_no_value_anywhere_breaks_the_reader(key: str, value: Any) -> None:
    try:
        intake = read_intake(FULL | {key: value})
    except DeskError:
        return

    assert read_intake(intake_as_json(intake)) == intake


@given(st.sampled_from(sorted(FULL["applicant"])), JSON)
def test_no_value_in_a_person_breaks_the_reader(key: str, value: Any) -> None:
    try:
        intake = read_intake(with_applicant(**{key: value}))
    except DeskError:
        return

    assert read_intake(intake_as_json(intake)) == intake
