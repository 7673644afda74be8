"""A number read out by telephone: right for one desk, one epoch, one journal, and for nobody else."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.problems import CodeNotValid
from sync.protocol.spoken_number import NumberRequest, hear_number, read_request, request_number, speak_number
from tests.sync.protocol.made import DESK, reader, seal

OPENING = "c0ffee" * 10 + "beef"


def _request(epoch: int = 130, opening: str = OPENING) -> NumberRequest:
    return request_number(epoch, opening, reader("province"))


def _hear(text: str, request: NumberRequest, *, desk: UUID = DESK, ear: str = "desk") -> int:
    return hear_number(text, request, desk=desk, seal=seal(ear), province_seal=reader("province"))


@given(number=st.integers(1000, 9999), epoch=st.integers(1, 65535))
def test_a_number_arrives_as_it_was_given(number: int, epoch: int) -> None:
    request = read_request(str(_request(epoch)).lower().replace("-", " "))

    spoken = speak_number(number, request, desk=DESK, province=seal("province"), desk_seal=reader("desk"))

    assert _hear(spoken.lower(), _request(epoch)) == number
    assert len(spoken.replace("-", "")) == len(str(request).replace("-", "")) == 16


def test_a_request_says_who_asks() -> None:
    request = read_request(str(_request()))

    assert request.epoch == 130
    assert request.is_of(OPENING)
    assert not request.is_of("0" * 64)
    assert request.is_for(reader("province"))
    assert not request.is_for(reader("older"))


def test_an_answer_fits_no_other_desk_epoch_or_journal() -> None:
    spoken = speak_number(1017, _request(), desk=DESK, province=seal("province"), desk_seal=reader("desk"))

    for request, facts in (
        (_request(epoch=131), {}),
        (_request(opening="0" * 64), {}),
        (_request(), {"desk": UUID(int=7)}),
        (_request(), {"ear": "eavesdropper"}),
    ):
        with pytest.raises(CodeNotValid):
            _hear(spoken, request, **facts)


@given(place=st.integers(0, 15), letter=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_noticed(place: int, letter: str) -> None:
    spoken = speak_number(1017, _request(), desk=DESK, province=seal("province"), desk_seal=reader("desk"))
    letters = spoken.replace("-", "")
    wrong = letters[:place] + letter + letters[place + 1 :]

    if wrong == letters:
        assert _hear(wrong, _request()) == 1017
        return
    with pytest.raises(CodeNotValid):
        _hear(wrong, _request())


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 16, "0" * 16, "ÀÀÀÀ" * 4, "1" * 17])
def test_what_is_no_code_is_mistyped(text: str) -> None:
    with pytest.raises(CodeNotValid):
        read_request(text)
    with pytest.raises(CodeNotValid):
        _hear(text, _request())


def test_the_letters_of_version_1_are_spoken_for_ever() -> None:
    spoken = speak_number(1017, _request(), desk=DESK, province=seal("province"), desk_seal=reader("desk"))

    assert (str(_request()), spoken) == ("021C-1ZZE-R1AQ-M72P", "0FWJ-HHHY-KJZZ-5D4V")
