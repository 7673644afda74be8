"""A desk without a number says so, why, and what to do; a number read out by telephone ends it."""

from pathlib import Path
from uuid import UUID

import pytest

from desk.services.epochs import look_at_machine
from desk.services.ports.values import EpochReason
from sync.protocol.entry import Tip
from sync.protocol.spoken_number import read_request, speak_number
from tests.commands.conftest import Command, found
from tests.store.stores import DeskAtWork


@pytest.fixture
def moved(desk: Command, tmp_path: Path) -> DeskAtWork:
    """Before it moved, as the province knows it; the folder then wakes up in another machine."""
    known = found(tmp_path / "elsewhere")
    for board in ("1", "2"):
        look_at_machine({"board": board}, open_work=known.store.open_work, clock=known.clock, software="test")
    known.store.close()
    desk.home = known.home
    return known


def test_status_says_why_there_is_no_number_and_what_to_do(desk: Command, moved: DeskAtWork) -> None:
    said = desk("status", "--lang", "en")

    assert "Desk: provisional codes" in said.out
    assert "moved to another machine" in said.out
    assert "If the former machine still runs, switch it off." in said.out
    assert desk("status", "--json").line["because"] == EpochReason.MOVED


def test_status_names_the_lines_others_wrote(desk: Command, tmp_path: Path) -> None:
    known = found(tmp_path / "forked")
    known.wire.fork_met((Tip(epoch=1, seq=7, hash="f" * 64),))
    known.store.close()
    desk.home = known.home

    said = desk("status", "--lang", "en")

    assert "Another journal under this desk's name: epoch 1 up to 7" in said.out
    assert "Have the supervisor find the other machine and switch it off." in said.out
    assert [line["seq"] for line in desk("status", "--json").line["foreign_lines"]] == [7]


def test_a_number_is_asked_for_read_out_and_typed_in(desk: Command, moved: DeskAtWork) -> None:
    asked = desk("number", "--json").line
    assert asked["last_number"] == 1017
    me, request = _keys(moved), read_request(asked["request"])
    letters = speak_number(4321, request, desk=me[0], province=moved.province.seal, desk_seal=me[1])

    told = desk("number", letters, "--json")

    assert told.line["number"] == 4321
    assert desk("status", "--json").line["number"] == 4321
    assert desk("number", "--json").line["request"] is None


def test_mistyped_letters_change_nothing(desk: Command, moved: DeskAtWork) -> None:
    told = desk("number", "0000-0000-0000-0000", "--json")

    assert told.line["error"] == "WrongSpokenNumber"
    assert desk("status", "--json").line["number"] is None


def _keys(known: DeskAtWork) -> tuple[UUID, str]:
    reopened = known.reopened()
    me = reopened.wire.identity()
    reopened.store.close()
    return me.desk, me.seal.public_key().public_bytes_raw().hex()
