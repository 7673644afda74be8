"""One whole cycle of a dossier, step by step. Each step may be done again after it failed, as people do."""

from collections.abc import Callable

from desk.domain.dossier import Status
from desk.domain.errors import DuplicateClientId
from desk.services.ports.values import SlipOutcome
from sync.province import dossiers
from sync.schedule import Why
from tests.faults.office import PIN, Office


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


def confirm(office: Office) -> None:
    office.deeds.confirm_slip(office.slip, SlipOutcome.PRINTED)


def send(office: Office) -> None:
    """Until the province holds and has judged everything."""
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


STEPS: tuple[Callable[[Office], None], ...] = (sign_in, accept, print_slip, confirm, send, judge, hear)
