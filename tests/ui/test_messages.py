"""Every way to fail has a sentence in both languages."""

import importlib
import logging
import pkgutil
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest

import desk.domain
import sync.protocol
from desk.domain import errors
from desk.domain.errors import CardFault, DeskError, Malformed, NotValidThatDay, Reason, UnreadableCard
from desk.ui.messages import explain, has_own_sentence
from desk.ui.words import Language, load
from sync.protocol.problems import ChainBroken, Problem, Unreadable
from sync.troubles import Offline, Trouble


def with_descendants(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    yield kind
    for below in kind.__subclasses__():
        yield from with_descendants(below)


for package in (desk.domain, sync.protocol):  # so that every class is there to be walked to
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

WAYS_TO_FAIL = sorted(
    {
        kind
        for root in (DeskError, Problem, Trouble)
        for kind in with_descendants(root)
        if not kind.__name__.startswith("_") and kind.__module__.startswith(("desk.domain.", "sync."))
    },
    key=lambda kind: (kind.__module__, kind.__name__),
)


def test_the_trees_are_walked_to_their_leaves() -> None:
    assert len(WAYS_TO_FAIL) > 50


@pytest.mark.parametrize("kind", WAYS_TO_FAIL, ids=lambda kind: kind.__name__)
def test_it_has_a_sentence_of_its_own_in_both_languages(kind: type[BaseException]) -> None:
    assert has_own_sentence(kind)


def test_no_sentence_is_left_over_from_an_error_that_is_gone() -> None:
    names = {kind.__name__ for kind in WAYS_TO_FAIL} | {"Exception"}

    written = {key.removeprefix("errors.") for key in load(Language.VI) if key.startswith("errors.")}

    assert written - names == set()


def test_the_blanks_are_filled_with_the_facts() -> None:
    message = explain(NotValidThatDay("2.000815", date(2025, 7, 1)))

    assert "2.000815" in message.vi
    assert "01/07/2025" in message.vi
    assert "01/07/2025" in message.en


@pytest.mark.parametrize("reason", Reason)
def test_a_value_that_cannot_be_is_named_in_words(reason: Reason) -> None:
    message = explain(Malformed("applicant.date_of_birth", "date", reason))

    assert message.vi.startswith("Ngày sinh ")
    assert message.en.startswith("The date of birth ")
    assert reason.value not in message.vi.split(".")[0].split()


def test_a_fault_of_the_card_says_what_to_do_about_it() -> None:
    message = explain(UnreadableCard(CardFault.GARBLED))

    assert "tắt bộ gõ" in message.vi
    assert "scan again" in message.en


def test_what_the_protocol_says_is_explained_too() -> None:
    assert "(kỳ 1, số 7)" in explain(ChainBroken(1, 7, "gap")).vi
    assert "(parcel)" in explain(Unreadable("parcel", "not JSON")).en
    assert explain(Offline("ConnectionError")).en.startswith("There is no network")


def test_an_error_nobody_foresaw_is_logged_and_explained_in_general(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        message = explain(ZeroDivisionError("Nguyễn Thị Lan"))

    assert message.vi.startswith("Có lỗi chưa lường trước")
    assert "ZeroDivisionError" in caplog.text
    assert "Lan" not in caplog.text


def test_a_new_error_speaks_with_the_nearest_one_above_it() -> None:
    class Unheard(errors.StoreTrouble):
        pass

    assert explain(Unheard()) == explain(errors.StoreTrouble())


def test_no_sentence_repeats_an_identity() -> None:
    message = explain(errors.DuplicateClientId(client_id := uuid4(), "H05.09.169-250701-1017001"))

    assert str(client_id) not in message.vi + message.en
