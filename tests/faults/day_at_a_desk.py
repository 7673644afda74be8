"""A desk from its making to its evening, in one process watched from outside: enrol, take, print, send, close, open.

`python -m tests.faults.day_at_a_desk HOME URL CODE DOSSIERS`. Every line it says names something people count on from
then on: a dossier they were told of, a paper in a hand, entries that are on their way and perhaps held.
"""

import os
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from desk.counter import Counter
from desk.devices.printer import PrintJob
from desk.home import found_store, open_store
from desk.known import Known
from desk.memento import Memento
from desk.services.attachments import attach
from desk.services.enrolment import enrol
from desk.services.ports.values import Clerk, Role, SlipOutcome
from desk.store.files import FileBox
from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.runner import Runner
from sync.schedule import Why
from sync.transport import HttpTransport
from tests import make

PIN = "246810"
ENROLLED, TAKEN, PRINTED, ATTACHED, SENDING = "enrolled", "taken", "printed", "attached", "sending"


@dataclass
class Road:
    """Says what may be held from now on before it carries anything: the answer may be lost, the entries not."""

    http: HttpTransport
    journal: WireJournal

    def exchange(self, parcel: bytes) -> bytes:
        say(SENDING, self.journal.tip().hash)
        return self.http.exchange(parcel)


class Paper:
    """The moment a printer is given a paper, it may be in somebody's hand."""

    def names(self) -> tuple[str, ...]:
        return ("paper",)

    def send(self, pdf: bytes, title: str) -> PrintJob:
        say(PRINTED, title)
        return PrintJob("paper", 2)


def main(home: Path, url: str, code: str, dossiers: int) -> None:
    begin(home, url, code)
    for day in range(3):
        with open_store(home, None, writing=True) as store, closing(HttpTransport(url)) as http:
            work(store, http, home, dossiers // 3, sends=day != 1)


def begin(home: Path, url: str, code: str) -> None:
    with found_store(home, None, plain=True) as store, closing(HttpTransport(url)) as http:
        facts = enrol(code, url, ask=http.enrol, open_work=store.open_work, clock=now, new_id=uuid4, software="test")
        say(ENROLLED)
        send(store, http)
        counter(store, home).deeds().set_pin(facts.first_supervisor, "", PIN)


def work(store: Store, http: HttpTransport, home: Path, dossiers: int, *, sends: bool) -> None:
    deeds = counter(store, home).deeds()
    deeds.sign_in(deeds.staff()[0].id, PIN)
    for n in range(dossiers):
        code = deeds.accept(make.intake(fees=(make.fee_line(),))).code
        say(TAKEN, code)
        slip = deeds.issue_slip(code)
        deeds.send_slip(slip)
        deeds.confirm_slip(slip.id, SlipOutcome.PRINTED)
        if n % 4 == 3:
            lay_a_file(store, home, code)
        if sends and n % 5 == 4:
            send(store, http)


def lay_a_file(store: Store, home: Path, code: str) -> None:
    with store.open_reading() as memory:
        member = memory.people.staff()[0]
    clerk = Clerk(member.id, member.full_name, Role(member.role), member.agency)
    scan = BytesIO(b"%PDF" + os.urandom(100_000))
    body = attach(
        code, "scan.pdf", scan, clerk=clerk, files=FileBox(home), open_work=store.open_work, clock=now, new_id=uuid4
    )
    say(ATTACHED, str(body.attachment))


def send(store: Store, http: HttpTransport) -> None:
    journal = WireJournal(store, now)
    runner = Runner(journal, lambda: Road(http, journal), clock=now, software="test", listener=lambda _: None)
    assert runner.drain().why is Why.IDLE


def counter(store: Store, home: Path) -> Counter:
    return Counter(lambda: store, lambda: None, Paper(), Memento(home), known=Known(), clock=now, new_id=uuid4)


def say(*words: str) -> None:
    os.write(1, (" ".join(words) + "\n").encode())


def now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
