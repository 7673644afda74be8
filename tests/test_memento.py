"""What the window remembers by itself; losing it loses nothing."""

from pathlib import Path

import pytest

from desk.memento import FILE, LINE, Memento, last_line, remember_line
from desk.services.ports.values import LampReason


def test_language_and_last_clerk_are_there_at_the_next_start(tmp_path: Path) -> None:
    memento = Memento(tmp_path)
    memento.keep_language("en")
    memento.keep_last_clerk("lan")
    memento.keep_printer("Máy in tầng 2")

    again = Memento(tmp_path)

    assert (again.language, again.last_clerk, again.printer) == ("en", "lan", "Máy in tầng 2")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"language": 3}', "\x00"])
def test_a_spoilt_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)

    assert Memento(tmp_path).language is None


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    memento = Memento(tmp_path / "gone")

    memento.keep_language("en")

    assert memento.language == "en"


def test_what_stood_in_the_way_of_the_line_is_there_until_it_passes(tmp_path: Path) -> None:
    remember_line(tmp_path, LampReason.DESK_REFUSED)
    refused = last_line(tmp_path)
    remember_line(tmp_path, LampReason.NONE)

    assert (refused, last_line(tmp_path)) == (LampReason.DESK_REFUSED, LampReason.NONE)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"reason": 3}', '{"reason": "no such one"}', "\x00"])
def test_a_spoilt_memory_of_the_line_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / LINE).write_text(text)

    assert last_line(tmp_path) is LampReason.NONE
