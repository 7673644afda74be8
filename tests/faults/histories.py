"""Any history of a few desks and their province, step by step, against a plain memory of what people did.

The machine below only says what can happen; `tests.faults.promises` says what must hold after every step.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desk.services.hand_over import hand_over
from desk.services.people import sign_in_by_command
from desk.services.ports.values import HandOver, Recipient, SlipOutcome
from desk.services.reception import accept_dossier, void_dossier
from desk.services.slips import confirm_slip, issue_slip, slip_sent
from sync.troubles import Trouble
from tests import make
from tests.faults.promises import Promises, Remembered
from tests.faults.world import AGENCIES, Fate, Held, Machine, copied, next_catalogue
from tests.store.units import UNITS

MOST_MACHINES = 6
ANY = st.integers(0, 30)
"""Whichever: of those that are there, by turns."""
JUMPS = st.sampled_from([timedelta(0), *(timedelta(minutes=m) for m in (-11, 11, -3000, 3000, -600_000, 6_000_000))])


class History(RuleBasedStateMachine):
    """Begins with three desks that have heard the feed. A test derives from it and says in which `morning`."""

    morning: ClassVar[Path]
    steps: ClassVar[int] = 0
    """Taken in all histories so far."""

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory(prefix="history-")
        self.world = copied(self.morning, Path(self._place.name) / "world")
        self.promises = Promises(self.world)
        self._catalogue = 1
        self._backups: list[tuple[Machine, Path, Held, Remembered]] = []
        self._province_is_backed_up = False

    def teardown(self) -> None:
        try:
            self.promises.come_true()
        finally:
            self.world.close()
            self._place.cleanup()

    def _machine(self, which: int) -> Machine:
        return self.world.machines[which % len(self.world.machines)]

    # --- at the counter

    @rule(which=ANY, agency=st.sampled_from(AGENCIES), paid=st.booleans(), name=st.sampled_from(["Lan", "Hoà", "Tú"]))
    def accept(self, which: int, agency: str, paid: bool, name: str) -> None:
        machine = self._machine(which)
        intake = make.intake(
            applicant=make.party(f"Nguyễn Thị {name}"),
            resolving_agency=agency,
            fees=(make.fee_line(),) if paid else (),
        )
        with self.promises.deed(machine, "dossier_accepted", *(["fee_taken"] if paid else [])) as deed:
            dossier = accept_dossier(
                intake,
                clerk=machine.clerk,
                open_work=machine.store.open_work,
                clock=machine.clock,
                new_id=uuid4,
                clock_confirmed=True,
            )
            deed.took(dossier)

    @rule(which=ANY, dossier=ANY, outcome=st.sampled_from([None, *SlipOutcome]))
    def print_slip(self, which: int, dossier: int, outcome: SlipOutcome | None) -> None:
        """Written down, sent to the printer, and perhaps looked at."""
        machine = self._machine(which)
        if (code := self.promises.some_code(machine, dossier)) is None:
            return
        with self.promises.deed(machine, "slip_issued") as deed:
            slip = issue_slip(
                code,
                clerk=machine.clerk,
                open_work=machine.store.open_work,
                clock=machine.clock,
                new_id=uuid4,
                units=UNITS,
            )
            slip_sent(slip.id, open_work=machine.store.open_work, clock=machine.clock)
            deed.printed(slip)
        if outcome is not None and deed.done:
            with self.promises.deed(machine, "slip_confirmed"):
                confirm_slip(
                    slip.id, outcome, clerk=machine.clerk, open_work=machine.store.open_work, clock=machine.clock
                )

    @rule(which=ANY, dossier=ANY)
    def void(self, which: int, dossier: int) -> None:
        machine = self._machine(which)
        if (code := self.promises.some_code(machine, dossier)) is None:
            return
        with self.promises.deed(machine, "dossier_voided") as deed:
            void_dossier(code, "Nhầm", clerk=machine.clerk, open_work=machine.store.open_work, clock=machine.clock)
            deed.voided(code)

    @rule(which=ANY)
    def sign_in(self, which: int) -> None:
        machine = self._machine(which)
        with self.promises.deed(machine, "clerk_signed_in"):
            sign_in_by_command(machine.clerk.id, open_work=machine.store.open_work, clock=machine.clock)

    @rule(which=ANY, dossier=ANY)
    def hand_over(self, which: int, dossier: int) -> None:
        """Of any dossier that this machine knows of, its own or another desk's."""
        machine = self._machine(which)
        if (code := self._known_code(dossier)) is None:
            return
        given = HandOver(at=machine.clock(), to=Recipient.APPLICANT, full_name="Nguyễn Thị Lan")
        with self.promises.deed(machine, "result_handed_over"):
            hand_over(
                code,
                given,
                clerk=machine.clerk,
                open_work=machine.store.open_work,
                clock=machine.clock,
                clock_confirmed=True,
            )

    @rule(which=ANY)
    def restart(self, which: int) -> None:
        self._machine(which).restart()

    # --- on the way

    @rule(which=ANY, fates=st.lists(st.sampled_from(Fate), max_size=4))
    def sync(self, which: int, fates: list[Fate]) -> None:
        self._machine(which).sync(*fates)

    @precondition(lambda self: self.world.late)
    @rule(which=ANY)
    def late_parcel_arrives(self, which: int) -> None:
        self._deliver(self.world.late.pop(which % len(self.world.late)))

    @precondition(lambda self: self.world.parcels)
    @rule(which=ANY)
    def old_parcel_arrives_again(self, which: int) -> None:
        self._deliver(self.world.parcels[-1 - which % len(self.world.parcels)])

    def _deliver(self, parcel: bytes) -> None:
        try:
            self.world.receive(parcel)
        except Trouble:
            return  # nobody waits for this answer

    # --- copies

    @rule(which=ANY)
    def back_up(self, which: int) -> None:
        machine = self._machine(which)
        home = self.world.folder / f"backup-{len(self._backups)}"
        machine.copy_home(home)
        self._backups.append((machine, home, machine.known, self.promises.remembers(machine)))

    @precondition(lambda self: self._backups and len(self.world.machines) < MOST_MACHINES)
    @rule(which=ANY, restored=st.booleans())
    def bring_back(self, which: int, restored: bool) -> None:
        """A backup is restored, perhaps again; or the picture of a disk is switched on, beside its origin."""
        origin, backup, known, memory = self._backups[which % len(self._backups)]
        name = f"{origin.name}-{len(self.world.machines)}"
        shutil.copytree(backup, self.world.folder / name)
        machine = self.world.another(origin, self.world.folder / name, name)
        machine.known = known
        self.promises.begins(machine, memory)
        if restored:
            machine.begin_restored()

    @rule()
    def province_is_backed_up(self) -> None:
        self.world.back_up_province()
        self._province_is_backed_up = True

    @precondition(lambda self: self._province_is_backed_up)
    @rule(sure=st.integers(0, 2))
    def province_comes_back(self, sure: int) -> None:
        """Not every time, or nothing else would happen."""
        if not sure:
            self.world.restore_province()

    # --- time

    @rule(minutes=st.sampled_from([1, 20, 24 * 60, 45 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.world.passes(timedelta(minutes=minutes))

    @rule(which=ANY, jump=JUMPS)
    def clock_jumps(self, which: int, jump: timedelta) -> None:
        self._machine(which).skew = jump

    # --- in the province's office

    @rule(codes=st.sampled_from(["desk", "province"]))
    def policy_changes(self, codes: str) -> None:
        self.world.officer.command("policy", "--codes", codes)

    @rule()
    def catalogue_changes(self) -> None:
        self._catalogue += 1
        file = self.world.folder / "catalogue.json"
        file.write_text(next_catalogue(self._catalogue), "utf-8")
        self.world.officer.command("catalogue", "publish", str(file))

    @rule(which=ANY)
    def officer_refuses(self, which: int) -> None:
        if (code := self._known_code(which)) is not None:
            self.world.officer.command("refuse", code, "--reason", "Sai")

    @rule(which=ANY, status=st.integers(1, 10))
    def officer_decides(self, which: int, status: int) -> None:
        if (code := self._known_code(which)) is not None:
            self.world.officer.command("status", code, str(status))

    @rule(which=st.integers(0, 11))
    def officer_revokes(self, which: int) -> None:
        """Seldom, and never all of them."""
        if which == 0:
            machine = self._machine(1)
            self.world.officer.command("revoke", str(machine.desk))
            self.promises.revoked.add(machine.desk)

    def _known_code(self, which: int) -> str | None:
        codes: list[Any] = self.world.rows("SELECT code FROM dossiers ORDER BY code")
        return codes[which % len(codes)][0] if codes else None

    # --- what must hold

    @invariant()
    def promises_hold(self) -> None:
        History.steps += 1
        self.promises.hold()
