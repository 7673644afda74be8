"""Machines that can be copied, lost and brought back: real stores, real HTTP, a clock that a test moves."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from desk.backups import back_up
from desk.domain.dossier import Dossier
from desk.home import found_store, open_store
from desk.restoring import restore
from desk.services import epochs, slips
from desk.services.enrolment import enrol
from desk.services.lamp import look
from desk.services.ports.values import Clerk, EpochFacts, Lamp, Role
from desk.services.reception import accept_dossier
from desk.services.search import open_dossier
from desk.services.verify import verify
from desk.store.store import Store
from desk.store.wire import WireJournal
from sync.runner import Runner
from sync.transport import HttpTransport
from tests import make
from tests.servers import Province
from tests.store.units import UNITS

LOCK = "một mật khẩu rất dài"
_TURNS = 3
"""Drains until nothing moves: what a fork sets off takes two or three."""


@dataclass
class Machine:
    """A computer with a desk in its folder. Its store is open until it is switched off."""

    home: Path
    province: Province
    store: Store
    clerk: Clerk | None = None

    @classmethod
    def enrolled(cls, home: Path, province: Province) -> Self:
        """A new desk that has heard the province."""
        machine = cls(home, province, found_store(home, None, plain=True))
        with closing(HttpTransport(province.url, allow_plain=True)) as road:
            enrol(
                province.code(),
                province.url,
                ask=road.enrol,
                open_work=machine.store.open_work,
                clock=province.clock,
                new_id=uuid4,
                software="test",
            )
        return machine.syncs()

    @classmethod
    def restored(cls, file: Path, home: Path, province: Province, *, key: bytes | None = None) -> Self:
        """Another machine, to which a backup was brought back, opened by its passphrase or by that key."""
        restore(file, home, None, lock=None if key else LOCK, key=key, clock=province.clock, plain=True)
        return cls.switched_on(home, province)

    @classmethod
    def switched_on(cls, home: Path, province: Province) -> Self:
        """A machine with a folder that is there."""
        return cls(home, province, open_store(home, None, writing=True))

    def switched_off(self) -> Path:
        """The folder, at rest."""
        self.store.close()
        return self.home

    def copied(self, to: Path) -> Path:
        """The folder as it is now, copied by somebody who switched the machine off for it."""
        self.switched_off()
        shutil.copytree(self.home, to)
        self.store = open_store(self.home, None, writing=True)
        return to

    def wakes_up_with(self, board: str) -> Self:
        """In a machine with that board."""
        epochs.look_at_machine(
            {"board": board * 64}, open_work=self.store.open_work, clock=self.province.clock, software="test"
        )
        return self

    def backs_up(self, file: Path) -> Path:
        """While it works."""
        back_up(self.home, None, file, LOCK, clock=self.province.clock)
        return file

    def accepts(self, count: int = 1) -> list[Dossier]:
        """People come to the counter."""
        return [
            accept_dossier(
                make.intake(),
                clerk=self.somebody(),
                open_work=self.store.open_work,
                clock=self.province.clock,
                new_id=uuid4,
            )
            for _ in range(count)
        ]

    def syncs(self) -> Self:
        """The line is there: everything goes up and comes down."""
        journal = WireJournal(self.store, self.province.clock)
        for _ in range(_TURNS):
            with closing(HttpTransport(self.province.url, allow_plain=True)) as road:
                line = Runner(
                    journal, partial(lambda it: it, road), clock=self.province.clock, software="test", listener=_nobody
                )
                line.drain()
        return self

    def is_told_a_number(self) -> None:
        """By telephone: letters there, letters back."""
        asked = epochs.number_request(open_reading=self.store.open_reading)
        assert asked is not None
        (said,) = self.province.command("desk-number", str(asked.last_number), str(asked.request))
        epochs.take_spoken_number(str(said["answer"]), open_work=self.store.open_work, clock=self.province.clock)

    def prints(self, code: str) -> slips.IssuedSlip:
        return slips.issue_slip(
            code,
            clerk=self.somebody(),
            open_work=self.store.open_work,
            clock=self.province.clock,
            new_id=uuid4,
            units=UNITS,
        )

    def opens(self, code: str) -> Any:
        return open_dossier(code, open_reading=self.store.open_reading)

    @property
    def number(self) -> int | None:
        with self.store.open_reading() as memory:
            return memory.identity.desk().number

    @property
    def epoch(self) -> EpochFacts:
        with self.store.open_reading() as memory:
            current = memory.epochs.current()
        assert current is not None
        return current

    @property
    def foreign(self) -> int:
        """How many lines of others it has met."""
        with self.store.open_reading() as memory:
            return len(memory.epochs.foreign_lines())

    @property
    def notices(self) -> set[str]:
        """Matters the province wants somebody to see to."""
        with self.store.open_reading() as memory:
            return {notice.matter for notice in memory.notices.unseen(100)}

    @property
    def lamp(self) -> Lamp:
        return look(open_reading=self.store.open_reading)

    @property
    def findings(self) -> tuple[str, ...]:
        """What does not agree in its memory."""
        return tuple(f"{one.fault} {one.where}" for one in verify(open_reading=self.store.open_reading).findings)

    def codes(self) -> set[str]:
        """Of every dossier that can be found here."""
        with self.store.open_reading() as memory:
            return {one.code for one in memory.dossiers.find("lan", 500)}

    def somebody(self) -> Clerk:
        """Who may work here."""
        if self.clerk is None:
            with self.store.open_reading() as memory:
                one = memory.people.staff()[0]
            self.clerk = Clerk(one.id, one.full_name, Role(one.role), one.agency)
        return self.clerk


def _nobody(_: object) -> None:
    """Listens to the line."""
