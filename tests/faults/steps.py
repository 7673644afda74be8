"""One whole cycle of a dossier, step by step. Each step may be done again after it failed, as people do."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

from desk.domain.dossier import Status
from desk.domain.errors import DuplicateClientId
from desk.freight import outgoing
from desk.services import attachments
from desk.services.ports.values import SlipOutcome
from sync.file_runner import bring_all
from sync.province import dossiers
from sync.schedule import Why
from tests.faults.office import PIN, Office

SCAN = "scan.pdf"


class NotThereYet(Exception):
    """A turn came to nothing; the runner will try again."""


def sign_in(office: Office) -> None:
    office.deeds.sign_in(office.street.supervisor, PIN)


def accept(office: Office) -> None:
    """The form keeps its id, so pressing Enter again brings the code of what was taken."""
    try:
        office.codes.append(office.deeds.accept(office.intake).code)
    except DuplicateClientId as known:
        office.codes.append(known.code)


def print_slip(office: Office) -> None:
    """Written down, then printed. Who sees no paper asks for the slip again."""
    issued = office.deeds.issue_slip(office.code)
    office.slip = issued.id
    office.deeds.send_slip(issued)


def attach(office: Office) -> None:
    """Whoever is told that it failed looks first whether the file stands there already."""
    there = attachments.list_attached(office.code, files=office.files, open_reading=office.store.open_reading)
    if any(one.name == SCAN for one in there):
        return
    attachments.attach(
        office.code,
        SCAN,
        BytesIO(b"%PDF" + bytes(range(256)) * 300),
        clerk=office.counter.clerk,
        files=office.files,
        open_work=office.store.open_work,
        clock=office.clock,
        new_id=uuid4,
    )


def confirm(office: Office) -> None:
    office.deeds.confirm_slip(office.slip, SlipOutcome.PRINTED)


def send(office: Office) -> None:
    """Until the province holds and has judged everything, and has every file."""
    office.runner.drain()
    bring_all(office.courier(), outgoing(office.store.open_reading, office.files))
    line = office.runner.drain()
    if line.why is not Why.IDLE or not office.is_green():
        raise NotThereYet(line.why)


def judge(office: Office) -> None:
    """The officer is done with it."""
    with office.database.telling() as work:
        dossiers.set_status(work, office.code, Status.FINISHED, by="officer")


def hear(office: Office) -> None:
    """The desk hears of it."""
    send(office)
    if office.deeds.open_dossier(office.code).status is not Status.FINISHED:
        raise NotThereYet("status")


STEPS: tuple[Callable[[Office], None], ...] = (sign_in, accept, print_slip, attach, confirm, send, judge, hear)
