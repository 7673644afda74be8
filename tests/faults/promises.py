"""The promises, against a plain memory of what was done: after every step, and once more when everything is healed.

1. What was printed is in the journal of its desk, and no journal ever loses or changes an entry.
2. No two dossiers are known by one code; none has two official ones.
3. The province holds each entry once, and just as a desk wrote it.
4. What is unsent is what the province lacked when it was last heard: arithmetic, and nothing disappears from it.
5. What the province leaves out takes nothing away.
6. One refused record keeps no other from being held.
7. A step is done as a whole or not at all.
8. A green lamp means that everything was held and nothing refused or waiting when the province was last heard.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from desk.domain.dossier import Dossier
from desk.domain.errors import NotFound, RuleBroken
from desk.services.lamp import look
from desk.services.ports.values import LampState
from desk.services.slips import IssuedSlip
from desk.services.verify import verify
from sync.protocol.entry import Entry
from sync.troubles import Trouble
from tests.faults.world import Machine, World

_BY_ITSELF = frozenset({"epoch_opened", "clock_confirmed"})
"""Kinds that a desk writes without being asked."""
_IN_FORCE = """
    SELECT coalesce(d.official, d.code), d.id FROM dossiers d
    JOIN entries e ON e.desk = d.desk AND e.epoch = d.epoch AND e.line = d.line AND e.seq = d.seq
    WHERE e.hash NOT IN (SELECT entry FROM verdicts WHERE verdict = 'refused' AND entry IS NOT NULL)
"""


@dataclass
class Remembered:
    """What one machine's people remember."""

    kinds: list[str] = field(default_factory=list)
    """What was done, in order, as kinds of entries."""
    taken: dict[str, Dossier] = field(default_factory=dict)
    """By the code that was told."""
    epochs: dict[str, int] = field(default_factory=dict)
    """In which epoch a code was told."""
    voided: set[str] = field(default_factory=set)
    slips: list[IssuedSlip] = field(default_factory=list)
    journal: list[Entry] = field(default_factory=list)
    """The entries as they were seen first."""


@dataclass
class Deed:
    """One thing somebody is doing; `done` once it was."""

    memory: Remembered
    epoch: int
    done: bool = False

    def took(self, dossier: Dossier) -> None:
        assert dossier.code not in self.memory.taken, "one code was told twice"
        self.memory.taken[dossier.code] = dossier
        self.memory.epochs[dossier.code] = self.epoch

    def printed(self, slip: IssuedSlip) -> None:
        self.memory.slips.append(slip)

    def voided(self, code: str) -> None:
        self.memory.voided.add(code)


class Promises:
    def __init__(self, world: World) -> None:
        self._world = world
        self._memories = {machine.name: Remembered() for machine in world.machines}
        self.revoked: set[UUID] = set()
        for machine in world.machines:
            memory = self._memories[machine.name]
            memory.journal = _journal(machine)
            memory.kinds = _kinds(memory.journal)

    @contextmanager
    def deed(self, machine: Machine, *kinds: str) -> Iterator[Deed]:
        """Something a person does that writes these entries, or none when the rules of the office say no."""
        deed = Deed(self._memories[machine.name], machine.journal.tip().epoch)
        try:
            yield deed
        except (RuleBroken, NotFound):
            return
        deed.done = True
        deed.memory.kinds.extend(kinds)

    def some_code(self, machine: Machine, which: int) -> str | None:
        """Of a dossier that was taken on this machine, and that no clone of it gave to another one as well."""
        memory = self._memories[machine.name]
        codes = [code for code, dossier in memory.taken.items() if not self._is_ambiguous(code, dossier)]
        return codes[which % len(codes)] if codes else None

    def remembers(self, machine: Machine) -> Remembered:
        """A picture of what the people at a machine know now, for those at a copy of it."""
        return deepcopy(self._memories[machine.name])

    def begins(self, machine: Machine, like: Remembered) -> None:
        """People at a new machine, who know what those at its origin knew then."""
        self._memories[machine.name] = deepcopy(like)

    def _is_ambiguous(self, code: str, dossier: Dossier) -> bool:
        told = (memory.taken[code] for memory in self._memories.values() if code in memory.taken)
        return any(other.id != dossier.id for other in told)

    # --- after every step

    def hold(self) -> None:
        for machine in self._world.machines:
            self._journal_is_what_was_done(machine)
            self._unsent_is_arithmetic(machine)
        self._codes_are_unique()
        self._held_is_what_desks_wrote()

    def _journal_is_what_was_done(self, machine: Machine) -> None:
        memory = self._memories[machine.name]
        now = _journal(machine)
        assert now[: len(memory.journal)] == memory.journal, f"{machine.name}: an entry was lost or changed"
        memory.journal = now
        assert _kinds(now) == memory.kinds, f"{machine.name}: the journal is not what was done"
        issued = {entry.body_text for entry in now if entry.head.kind == "slip_issued"}
        for slip in memory.slips:
            assert any(str(slip.id) in (body or "") for body in issued), "a slip was printed and is not in the journal"

    def _unsent_is_arithmetic(self, machine: Machine) -> None:
        written = {entry.hash for entry in self._memories[machine.name].journal}
        unsent = written - machine.known.entries
        lamp = look(open_reading=machine.store.open_reading)
        assert lamp.unsent_entries == len(unsent), f"{machine.name}: {lamp} but {len(unsent)} were not held"
        if lamp.state is LampState.GREEN:
            assert not unsent, f"{machine.name} is green and not everything is held"
            assert not written & machine.known.open, f"{machine.name} is green and something is refused or waits"

    def _codes_are_unique(self) -> None:
        """Two machines that are one desk in one epoch are clones, and cannot know of each other before a contact."""
        told: dict[str, tuple[UUID, UUID, int]] = {}
        for machine in self._world.machines:
            memory = self._memories[machine.name]
            for code, dossier in memory.taken.items():
                first, *teller = told.setdefault(code, (dossier.id, machine.desk, memory.epochs[code]))
                clones = teller == [machine.desk, memory.epochs[code]]
                assert clones or first == dossier.id, f"{code} was told for two dossiers"
        in_force = self._world.rows(_IN_FORCE)
        codes = [code for code, _ in in_force]
        assert len(codes) == len(set(codes)), "two dossiers share a code in force"

    def _held_is_what_desks_wrote(self) -> None:
        written = {entry.hash: entry for memory in self._memories.values() for entry in memory.journal}
        rows = self._world.rows("SELECT hash, head, body, salt, signature FROM entries")
        assert len(rows) == len({row[0] for row in rows}), "an entry is held twice"
        for name, head, body, salt, signature in rows:
            entry = written.get(name)
            assert entry is not None, "the province holds what nobody wrote"
            assert (head, body, salt, signature) == (entry.head_text, entry.body_text, entry.salt, entry.signature)

    # --- when everything is healed

    def come_true(self) -> None:
        """Clocks are put right, the line is good, late parcels arrive: then everything is at the province."""
        for machine in self._world.machines:
            machine.skew = timedelta()
        for parcel in (*self._world.late, *self._world.parcels[-3:]):
            with suppress(Trouble):
                self._world.receive(parcel)
        for desk in self.revoked:  # a province that came back from a backup may have forgotten it
            self._world.officer.command("revoke", str(desk))
        for _ in range(3):  # what one brings may be news for another: a clone learns that it is one
            for machine in self._world.machines:
                if machine.desk not in self.revoked:
                    machine.restart().sync_until_quiet()
        self.hold()
        for machine in self._world.machines:
            self._is_whole(machine)

    def _is_whole(self, machine: Machine) -> None:
        memory = self._memories[machine.name]
        assert verify(open_reading=machine.store.open_reading).findings == ()
        alone = sum(other.desk == machine.desk for other in self._world.machines) == 1
        for code, dossier in memory.taken.items():
            with machine.store.open_reading() as reading:
                found = reading.dossiers.by_id(dossier.id)
                if not self._is_ambiguous(code, dossier):
                    assert reading.dossiers.by_code(code) == found
            assert found.dossier.applicant == dossier.applicant
            assert found.voided or code not in memory.voided
            assert not alone or found.voided == (code in memory.voided)
        if machine.desk not in self.revoked:
            held = self._world.held_of(machine.desk).entries
            assert {entry.hash for entry in memory.journal} <= held


def _journal(machine: Machine) -> list[Entry]:
    with machine.store.open_reading() as memory:
        return list(memory.journal.entries())


def _kinds(journal: list[Entry]) -> list[str]:
    return [entry.head.kind for entry in journal if entry.head.kind not in _BY_ITSELF]
