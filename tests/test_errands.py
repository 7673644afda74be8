"""What a desk with an open window does by itself: nobody gives a command, and it is done."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import monotonic

from desk.domain.ids import new_id
from desk.home import found_store
from desk.opening import Opening
from desk.services import attachments, buddy, enrolment
from desk.services.ports.values import Clerk, Role
from desk.services.reception import accept_dossier
from desk.store.files import FileBox
from desk.store.store import Store
from desk.store.wire import WireJournal
from desk.workshop import Workshop
from sync.runner import Line, Runner
from sync.transport import HttpTransport
from tests import make
from tests.make import VU_NINH
from tests.servers import Province, found, province_in_thread

SECONDS = 60
HOA = Clerk("hoa", "Trần Thị Hoa", Role.SUPERVISOR, VU_NINH)


@contextmanager
def province(folder: Path) -> Iterator[Province]:
    url = f"sqlite:///{folder / 'province.db'}"
    found(url, folder / "root-key.pem")
    with province_in_thread(url, folder) as running:
        yield running


def enrolled(home: Path, province: Province) -> None:
    """A desk with a key that lies open, for a folder that is thrown away."""
    with found_store(home, None, plain=True) as store:
        road = HttpTransport(province.url)
        enrolment.enrol(
            province.code(),
            province.url,
            ask=road.enrol,
            open_work=store.open_work,
            clock=Workshop.clock,
            new_id=new_id,
            software="test",
        )
        journal = WireJournal(store, Workshop.clock)
        Runner(journal, lambda: road, clock=Workshop.clock, software="test", listener=lambda _: None).drain()
        road.close()


def accept(store: Store) -> str:
    dossier = accept_dossier(
        make.intake(), clerk=HOA, open_work=store.open_work, clock=Workshop.clock, new_id=new_id, clock_confirmed=True
    )
    return dossier.code


def wait(lines: "queue.Queue[Line]", what: Callable[[], bool]) -> None:
    """Until it is so; looked at whenever the line says something, and that is at least each quarter minute."""
    end = monotonic() + SECONDS
    while not what():
        assert monotonic() < end, "it did not happen by itself"
        lines.get(timeout=SECONDS)


def test_a_file_goes_up_without_a_command(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    with province(tmp_path) as running:
        enrolled(home, running)
        lines: queue.Queue[Line] = queue.Queue()
        opening = Opening(home, None, clock=Workshop.clock)
        opening.begin(lines.put)
        store, files = opening.store(), FileBox(home)
        code = accept(store)
        attachments.attach(
            code,
            "giấy.pdf",
            BytesIO(b"%PDF-" + bytes(200_000)),
            clerk=HOA,
            files=files,
            open_work=store.open_work,
            clock=Workshop.clock,
            new_id=new_id,
        )
        runner = opening.runner()
        assert runner is not None
        runner.entry_written()

        def at_the_province() -> bool:
            held = attachments.list_attached(code, files=files, open_reading=store.open_reading)
            return all(one.at_province for one in held)

        wait(lines, at_the_province)
        opening.close()

        assert running.command("dossiers", code)[0]["complete"]


def test_without_a_line_the_buddy_copy_is_made_without_a_command(tmp_path: Path) -> None:
    home, stick = tmp_path / "desk", tmp_path / "stick"
    stick.mkdir()
    with province(tmp_path) as running:
        enrolled(home, running)
    lines: queue.Queue[Line] = queue.Queue()
    opening = Opening(home, None, clock=Workshop.clock)
    opening.begin(lines.put)
    store = opening.store()
    buddy.switch_on(stick, clerk=HOA, open_work=store.open_work)

    accept(store)
    runner = opening.runner()
    assert runner is not None
    runner.entry_written()

    wait(lines, lambda: any(file.name.endswith(".up.cdparcel") for file in stick.iterdir()))
    opening.close()
