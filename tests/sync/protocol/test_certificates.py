"""Who is trusted: the root, whom the root vouches for, whom they vouch for, in their time."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.certificates import PROVINCE, certify_desk, certify_province, desk_of, province_of
from sync.protocol.problems import BadSignature, NotCertified, Problem, Unreadable
from sync.protocol.signing import Signed, public, read_statement, state
from tests.sync.protocol import made
from tests.sync.protocol.made import NOW, hand

ROOT = public(hand("root"))


def test_the_root_vouches_for_a_province_and_that_for_its_desk() -> None:
    province = province_of(certify_province(hand("root"), made.province()), root=ROOT, at=NOW)
    desk = desk_of(certify_desk(hand("province"), made.desk()), province=province, at=NOW)

    assert province == made.province()
    assert desk == made.desk()


def test_a_province_under_another_root_is_refused() -> None:
    with pytest.raises(BadSignature):
        province_of(certify_province(hand("false root"), made.province()), root=ROOT)


def test_a_desk_certified_by_anybody_else_is_refused() -> None:
    with pytest.raises(BadSignature):
        desk_of(certify_desk(hand("desk"), made.desk()), province=made.province())


def test_a_desk_of_another_province_is_refused() -> None:
    signed = certify_desk(hand("province"), made.desk(province="H22"))

    with pytest.raises(NotCertified, match="of another province"):
        desk_of(signed, province=made.province())


@pytest.mark.parametrize(("days", "reason"), [(-2, "not yet valid"), (366, "expired")])
def test_a_certificate_holds_only_in_its_time(days: int, reason: str) -> None:
    signed = certify_province(hand("root"), made.province())

    with pytest.raises(NotCertified, match=reason):
        province_of(signed, root=ROOT, at=NOW + timedelta(days=days))


def test_a_statement_of_one_kind_is_never_taken_for_another() -> None:
    """The kind is under the signature, so renaming the envelope does not help."""
    catalogue = state(hand("root"), "commune-desk/catalogue/1", made.province())

    with pytest.raises(BadSignature):
        province_of(catalogue, root=ROOT)
    with pytest.raises(BadSignature):
        province_of(msgspec.structs.replace(catalogue, kind=PROVINCE), root=ROOT)


@pytest.mark.parametrize("number", [0, 999, 10_000])
def test_a_desk_number_has_four_digits(number: int) -> None:
    with pytest.raises(Unreadable):
        desk_of(certify_desk(hand("province"), made.desk(number=number)), province=made.province())


@given(st.data())
def test_no_letter_of_a_statement_can_be_changed(data: st.DataObject) -> None:
    signed = certify_desk(hand("province"), made.desk())
    field = data.draw(st.sampled_from(["kind", "payload", "key", "signature"]))
    text = getattr(signed, field)
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdef").filter(lambda letter: letter != text[at]))
    changed: Signed = msgspec.structs.replace(signed, **{field: text[:at] + letter + text[at + 1 :]})

    with pytest.raises(Problem):
        desk_of(changed, province=made.province())


def test_a_misshapen_payload_is_unreadable_whoever_signed_it() -> None:
    with pytest.raises(Unreadable):
        read_statement(state(hand("root"), PROVINCE, {"v": 1}), PROVINCE, type(made.province()), key=ROOT)
