"""What a verb of the command is, what it is given, and how it speaks."""

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from desk.domain.errors import UnknownClerk
from desk.domain.text import fold
from desk.domain.units import Units
from desk.services import people
from desk.services.ports import Clerk, OpenReading, OpenWork
from desk.services.ports.values import Role, StaffMember
from desk.settings import Settings
from desk.store.files import FileBox
from desk.ui.words import Language
from sync.ports import Heard, JournalPort
from sync.protocol.exchange import EnrolmentAnswer
from sync.protocol.signing import Signed
from sync.runner import Line

if TYPE_CHECKING:
    from desk.backups import MadeBackup
    from desk.rescuing import Rescued
    from desk.restoring import Restored


class Road(Protocol):
    """The way to a province: parcels, and the first word."""

    def exchange(self, parcel: bytes) -> bytes: ...
    def enrol(self, signed: Signed) -> EnrolmentAnswer: ...
    def ask_about_file(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Heard: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Looking:
    """A desk open for reading, beside whatever else is open."""

    open_reading: OpenReading


@dataclass(frozen=True)
class Working:
    """A desk open for writing: there is one such a home."""

    open_work: OpenWork
    open_reading: OpenReading
    journal: JournalPort


class Tools(Protocol):
    """What the composition root lends to the verbs."""

    def clock(self) -> datetime: ...
    def new_id(self) -> UUID: ...

    def look(self) -> AbstractContextManager[Looking]:
        """Raises NotEnrolled and the StoreTrouble family."""
        ...

    def work(self) -> AbstractContextManager[Working]:
        """Raises AnotherWindow besides."""
        ...

    def stay(self, hear: Callable[[Line, int], None]) -> AbstractContextManager[None]:
        """The line and all errands, as beside a window; `hear` is told of the line and how many entries wait.

        Raises what `work` raises.
        """
        ...

    def found(self) -> AbstractContextManager[Working]:
        """A new home, or one whose enrolment did not come to its end."""
        ...

    def road(self, url: str, *, allow_plain: bool) -> Road:
        """Raises Malformed for an address that cannot be one."""
        ...

    def units(self) -> Units: ...

    def files(self) -> FileBox:
        """The sealed files of dossiers, beside the store."""
        ...

    def printers(self) -> tuple[str, ...]:
        """The names the system knows. Raises PrinterTrouble where it does not answer."""
        ...

    def chosen_printer(self) -> str:
        """The one chosen, or "" for the system's usual one."""
        ...

    def choose_printer(self, name: str) -> None: ...

    def back_up(self, file: Path, lock: str) -> "MadeBackup":
        """Raises BackupFailed besides what `look` raises."""
        ...

    def restore(self, file: Path, lock: str | None, key: bytes | None) -> "Restored":
        """Raises AlreadyEnrolled, BackupUnreadable, WrongPassphrase, WrongKey …"""
        ...

    def rescue(self, file: Path) -> "Rescued":
        """Raises FileTrouble besides what `look` raises."""
        ...

    def window(self) -> int:
        """Show it until it is closed; the exit code."""
        ...

    def rehearse(self, plan: "Rehearsal", call: "Call") -> int:
        """The demo; the exit code."""
        ...


@dataclass(frozen=True)
class Rehearsal:
    """How the demo is to go."""

    headless: bool
    out: Path
    dossiers: int
    province: str | None
    code: str | None
    say: Callable[[str], None]
    complain: Callable[[str], None]


@dataclass(frozen=True)
class Call:
    """One call of a verb."""

    options: argparse.Namespace
    settings: Settings
    tools: Tools

    @property
    def language(self) -> Language:
        return Language(self.settings.language or Language.VI)

    def say(self, text: str, **facts: Any) -> None:
        """A line: `text` for people, `facts` for machines."""
        print(json.dumps(facts, ensure_ascii=False) if self.settings.as_json else text, flush=True)

    def in_words(self, vi: str, en: str) -> str:
        return vi if self.language is Language.VI else en


@dataclass(frozen=True)
class Verb:
    """`writes` asks for `--as`."""

    name: str
    help: str
    run: Callable[[Call], int]
    add_options: Callable[[argparse.ArgumentParser], None] = lambda _: None
    writes: bool = False


def sign_in(call: Call, desk: Working) -> Clerk:
    """Whoever `--as` names, by staff id or full name; without it the one it can only be.

    That is the only person here, or the only supervisor, or the first one, whom the enrolment named. Raises
    UnknownClerk, with those it could have been in its notes.
    """
    staff = people.staff(open_reading=desk.open_reading)
    member = _named(call.settings.clerk, staff) if call.settings.clerk else _usual(desk, staff)
    if member is None:
        error = UnknownClerk(call.settings.clerk or "?")
        for one in staff:
            error.add_note(f"--as {one.id}  {one.full_name}  ({one.role.value})")
        raise error
    return people.sign_in_by_command(member.id, open_work=desk.open_work, clock=call.tools.clock)


def _named(name: str, staff: Sequence[StaffMember]) -> StaffMember | None:
    return _only(one for one in staff if one.id == name) or _only(
        one for one in staff if fold(one.full_name) == fold(name)
    )


def _usual(desk: Working, staff: Sequence[StaffMember]) -> StaffMember | None:
    with desk.open_reading() as memory:
        first = memory.identity.desk().first_supervisor
    return (
        _only(staff)
        or _only(one for one in staff if one.role is Role.SUPERVISOR)
        or _only(one for one in staff if one.id == first)
    )


def _only(found: Iterable[StaffMember]) -> StaffMember | None:
    everybody = list(found)
    return everybody[0] if len(everybody) == 1 else None
