"""Which printer slips go to is asked of a real print server, and remembered."""

from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.devices.cups import Cups


def test_the_printer_chosen_is_the_one_marked_from_then_on(
    desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cups(tmp_path / "cups") as server:
        monkeypatch.setenv("CUPS_SERVER", server.address)
        server.add_queue("Quay-1")
        server.add_queue("Quay-2")

        chosen = desk("printer", "--use", "Quay-2", "--json")
        again = desk("printer", "--json")
        unknown = desk("printer", "--use", "Quay-3", "--json")

    marks = [{"printer": "Quay-1", "chosen": False}, {"printer": "Quay-2", "chosen": True}]
    assert (chosen.code, chosen.lines) == (0, marks)
    assert again.lines == marks
    assert (unknown.code, unknown.line["error"]) == (1, "PrinterTrouble")
