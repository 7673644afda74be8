"""One round of the buddy copy: hear what came home, lay down what the province lacks, clear away what it has.

Nothing is done that is done already: parcels that still say the same stay as they lie, so that a stick lasts.
"""

import logging
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desk.freight import outgoing
from desk.services import buddy
from desk.services.ports import Clock, OpenReading, OpenWork
from desk.services.ports.values import Buddy
from desk.settings import SOFTWARE
from desk.store.files import FileBox
from sync import carriers
from sync.carriers import carrier_troubles
from sync.cycle import Road
from sync.ports import Identity, JournalPort, Outgoing
from sync.protocol.parcel_file import DOWN, SEALED, UP, files_at, read_file
from sync.protocol.problems import Unreadable
from sync.protocol.signing import public
from sync.troubles import CarrierTrouble

log = logging.getLogger(__name__)

ROOM = 200 * 1024**2
"""Bytes of the folder's disk that the copy never takes: it may be somebody else's system disk."""
_BLOB = re.compile(r"[0-9a-f]{64}")
_HEADROOM = 4 * 1024**2
"""More than a parcel takes."""


@dataclass
class BuddyRounds:
    """Rounds for one desk. For one thread; it remembers which parcel says what."""

    open_work: OpenWork
    open_reading: OpenReading
    journal: JournalPort
    files: FileBox
    clock: Clock
    _lie: dict[tuple[str, str], Path] = field(default_factory=dict)

    def go(self) -> Buddy:
        """Bring the copy up to date, and say in memory how it went."""
        state = buddy.look(open_reading=self.open_reading)
        if state.folder is None:
            return state
        try:
            self._keep_up(Path(state.folder))
        except CarrierTrouble as trouble:
            log.info("buddy copy: %s", trouble)
            return buddy.tell(trouble.reason, open_work=self.open_work, clock=self.clock)
        return buddy.tell(None, open_work=self.open_work, clock=self.clock)

    def carry(self, road: Callable[[], Road], bring: Callable[[tuple[Outgoing, ...]], object]) -> int:
        """With nothing of our own waiting: bring to the province what siblings laid down here. Raises Trouble."""
        if self.journal.unsent():
            return 0
        state, me, carried = buddy.look(open_reading=self.open_reading), self.journal.identity(), 0
        with self.open_reading() as memory:
            siblings = frozenset(hand.key for hand in memory.reference.desk_hands())
        for folder in _folders(state):
            with suppress(CarrierTrouble):  # of the folder; the desk's own copy says so itself
                if _has_news(folder):
                    carried += len(carriers.carry(road(), folder, me, siblings).files)
                bring(self._of_siblings(folder))
        return carried

    def _keep_up(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CarrierTrouble("gone")
        with carrier_troubles():
            answers = list(files_at([folder], DOWN))
        carriers.import_answers(self.journal, answers)
        me = self.journal.identity()
        self._lie = dict(self._lay_down(folder))
        self._copy_files(folder)
        self._clear(folder, me)

    def _lay_down(self, folder: Path) -> Iterator[tuple[tuple[str, str], Path]]:
        for entries in carriers.batches(self.journal):
            says = entries[0].hash, entries[-1].hash
            file = self._lie.get(says)
            if file is None or file.parent != folder or not file.exists():
                _check_room(folder, _HEADROOM)
                file = carriers.leave(self.journal, folder, entries, software=SOFTWARE, clock=self.clock)
            yield says, file

    def _copy_files(self, folder: Path) -> None:
        for one in outgoing(self.open_reading, self.files)():
            if not (folder / f"{one.blob}{SEALED}").exists():
                _check_room(folder, one.size)
            carriers.copy_files([one], folder)

    def _clear(self, folder: Path, me: Identity) -> None:
        """Our own parcels that are held or said anew by now, with their answers, and files the province has."""
        keep = {file.name.removesuffix(UP) for file in self._lie.values()}
        with carrier_troubles():
            for file in list(files_at([folder], UP)):
                if file.name.removesuffix(UP) not in keep and _is_ours(file, me):
                    for old in (file, *_answers_to(file)):
                        old.unlink(missing_ok=True)
            with self.open_reading() as memory:
                held = [one.blob for one in memory.attachments.all() if one.held_at is not None]
            for blob in held:
                (folder / f"{blob}{SEALED}").unlink(missing_ok=True)

    def _of_siblings(self, folder: Path) -> tuple[Outgoing, ...]:
        with self.open_reading() as memory:
            own = {one.blob for one in memory.attachments.all()}
        with carrier_troubles():
            named = ((file.name.removesuffix(SEALED), file) for file in files_at([folder], SEALED))
            theirs = ((blob, file) for blob, file in named if _BLOB.fullmatch(blob) and blob not in own)
            return tuple(Outgoing(blob, file.stat().st_size, file) for blob, file in theirs)


def _folders(state: Buddy) -> Iterable[Path]:
    return dict.fromkeys(Path(place) for place in (state.shared, state.folder) if place)


def _has_news(folder: Path) -> bool:
    """A parcel without an answer; the road is made only for that."""
    with carrier_troubles():
        return any(not any(_answers_to(file)) for file in files_at([folder], UP))


def _answers_to(up: Path) -> list[Path]:
    return [file for file in files_at([up.parent], DOWN) if file.name.startswith(f"{up.name.removesuffix(UP)}.")]


def _is_ours(file: Path, me: Identity) -> bool:
    """By the hand that made it, never by its name alone: the folder may be everybody's."""
    try:
        return read_file(file)[1].header.sender == public(me.key)
    except Unreadable:
        return False


def _check_room(folder: Path, size: int) -> None:
    """Raises CarrierTrouble."""
    with carrier_troubles():
        free = shutil.disk_usage(folder).free
    if free < size + ROOM:
        raise CarrierTrouble("full")
