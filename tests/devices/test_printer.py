"""Papers reach a real print queue as they look, and a printer that hangs holds up nobody."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from desk.devices import errand
from desk.devices.printer import FolderPrinter, SystemPrinter
from desk.devices.raster import pages
from desk.domain.errors import PrinterTrouble
from desk.forms.slip import draw
from tests.devices.cups import Cups
from tests.forms.papers import many, slip


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    with Cups(tmp_path / "cups") as server:
        monkeypatch.setenv("CUPS_SERVER", server.address)
        yield server


def pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages in black and white."""
    return [
        Image.frombuffer("L", (page.width, page.height), page.dots, "raw", "L", page.stride, 1).point(
            lambda value: 255 if value >= 128 else 0
        )
        for page in pages(pdf, dpi)
    ]


def strayed(picture: Image.Image, model: Image.Image) -> int:
    """How many black dots of the picture are further than two dots (0.08 mm) from black in the model."""
    sheet = (0, 0, min(picture.width, model.width), min(picture.height, model.height))
    near = model.crop(sheet).filter(ImageFilter.MinFilter(5))
    return ImageChops.subtract(near, picture.crop(sheet)).histogram()[255]


def test_the_queues_of_the_system_are_listed(cups: Cups) -> None:
    cups.add_queue("Quay-1")
    cups.add_queue("Quay-2")
    cups.run("lpadmin", "-d", "Quay-2")

    assert SystemPrinter().names() == ("Quay-2", "Quay-1")


def test_what_leaves_the_printer_is_the_slip_dot_by_dot(cups: Cups) -> None:
    cups.add_queue("Quay")
    paper = slip()
    drawn = draw(paper)

    job = SystemPrinter("Quay").send(drawn, paper.code)

    assert (job.printer, job.pages) == ("Quay", 2)
    for printed, wanted in zip(pictures(cups.paper(), 600), pictures(drawn, 600), strict=True):
        assert printed.width == pytest.approx(wanted.width, abs=3)  # Qt rounds a sheet to whole points
        assert printed.height == pytest.approx(wanted.height, abs=3)
        assert strayed(printed, wanted) == 0
        assert strayed(wanted, printed) == 0


@pytest.mark.parametrize("dpi", [150, 200])
def test_both_codes_are_read_from_what_leaves_the_printer(cups: Cups, dpi: int) -> None:
    cups.add_queue("Quay")
    paper = slip()

    SystemPrinter("Quay").send(draw(paper), paper.code)

    for page in pictures(cups.paper(), dpi):
        assert {code.text for code in zxingcpp.read_barcodes(page)} == {paper.lookup_url, paper.number}


def test_all_pages_of_a_long_slip_are_printed(cups: Cups) -> None:
    cups.add_queue("Quay")

    job = SystemPrinter().send(draw(slip(requirements=many(30))), "long")

    assert job.pages == len(pictures(cups.paper(), 20)) > 2


def test_a_printer_that_is_switched_off_takes_the_job_and_nobody_waits(cups: Cups) -> None:
    cups.add_queue("Quay")
    cups.stop_queue("Quay")

    SystemPrinter("Quay").send(draw(slip()), "H05")

    assert len(cups.waiting_jobs()) == 1


def test_a_printer_that_is_gone_is_said_to_be(cups: Cups) -> None:
    cups.add_queue("Quay")

    with pytest.raises(PrinterTrouble) as trouble:
        SystemPrinter("Kho").send(draw(slip()), "H05")

    assert (trouble.value.printer, trouble.value.reason) == ("Kho", "no_printer")


def test_no_printer_at_all_is_said_so(cups: Cups) -> None:
    with pytest.raises(PrinterTrouble) as trouble:
        SystemPrinter().send(draw(slip()), "H05")

    assert trouble.value.reason == "no_printer"


def test_a_print_server_that_never_answers_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{silent.getsockname()[1]}")
        printer = SystemPrinter(listing_seconds=0.3, sending_seconds=0.3)

        began = time.monotonic()
        with pytest.raises(PrinterTrouble, match="timeout"):
            printer.names()
        with pytest.raises(PrinterTrouble, match="timeout"):
            printer.send(draw(slip()), "H05")

        assert time.monotonic() - began < 3


def test_a_window_that_can_print_carries_none_of_what_prints() -> None:
    heavy = "{'pypdfium2', 'PySide6.QtPrintSupport', 'PIL'}"
    code = f"import sys, desk.devices.printer; sys.exit(bool({heavy} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_errand_that_crashes_is_noticed() -> None:
    with pytest.raises(errand.Died):
        errand.run(os._exit, 3, seconds=20)


def test_a_folder_takes_papers_under_their_codes_and_overwrites_none(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "slips")

    first = printer.send(draw(slip()), "H05.09.169-250701-1017023")
    printer.send(draw(slip(issue=2)), "H05.09.169-250701-1017023")

    assert first.pages == 2
    assert sorted(path.name for path in (tmp_path / "slips").iterdir()) == [
        "H05.09.169-250701-1017023-2.pdf",
        "H05.09.169-250701-1017023.pdf",
    ]


def test_a_title_cannot_leave_the_folder(tmp_path: Path) -> None:
    FolderPrinter(tmp_path / "slips").send(draw(slip()), "../../etc/passwd")

    assert [path.name for path in tmp_path.rglob("*.pdf")] == ["etc-passwd.pdf"]
    assert (tmp_path / "slips" / "etc-passwd.pdf").exists()


def test_a_folder_that_cannot_be_written_is_a_printers_trouble(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("in the way")

    with pytest.raises(PrinterTrouble, match="refused"):
        FolderPrinter(tmp_path / "slips").send(draw(slip()), "H05")
