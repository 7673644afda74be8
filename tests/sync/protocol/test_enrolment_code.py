"""The enrolment code can be read out over the telephone, mistyped in the usual ways, and never faked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.enrolment_code import EnrolmentCode, fingerprint, read_enrolment_code
from sync.protocol.problems import CodeNotValid
from sync.protocol.signing import public
from tests.sync.protocol.made import hand

ROOT = public(hand("root"))
_CODES = st.binary(min_size=10, max_size=10).map(lambda secret: EnrolmentCode(secret, fingerprint(ROOT)))


@given(_CODES)
def test_a_code_reads_as_it_was_written(code: EnrolmentCode) -> None:
    assert read_enrolment_code(str(code)) == code


@given(_CODES)
def test_case_spaces_hyphens_and_look_alikes_are_forgiven(code: EnrolmentCode) -> None:
    typed = str(code).replace("-", " ").replace("1", "l").replace("0", "O").lower()

    assert read_enrolment_code(f"  {typed}\n") == code


@given(_CODES)
def test_a_small_i_is_a_one_too(code: EnrolmentCode) -> None:
    assert read_enrolment_code(str(code).replace("1", "i")) == code


def test_a_code_is_eight_groups_of_four() -> None:
    code = EnrolmentCode(bytes(10), fingerprint(ROOT))

    assert [len(group) for group in str(code).split("-")] == [4] * 8


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 32, "0" * 31, "0" * 33, "Đ" * 32])
def test_anything_else_is_mistyped(text: str) -> None:
    with pytest.raises(CodeNotValid, match="mistyped"):
        read_enrolment_code(text)


@given(st.text(max_size=60))
def test_arbitrary_text_never_does_worse_than_be_mistyped(text: str) -> None:
    try:
        code = read_enrolment_code(text)
    except CodeNotValid:
        return
    assert len(code.secret) == len(code.fingerprint) == 10


def test_it_vouches_for_its_own_root_and_no_other() -> None:
    code = EnrolmentCode(bytes(10), fingerprint(ROOT))

    assert code.vouches_for(ROOT)
    assert not code.vouches_for(public(hand("false root")))
