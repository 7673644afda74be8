"""What the screens can ask for: one callable each, bound to store and clerk by the composition root.

Every callable runs on a worker (`desk.ui.background`), may raise any `DeskError`, and gives frozen values. Which lane
it runs on is said beside it: `write` and `read` touch the store, `print` may wait for a printer. The store may still
be opening when the window stands: the callables wait for it, not the screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from desk.domain.clock import ClockLook
from desk.domain.dossier import Dossier
from desk.domain.intake import Intake
from desk.domain.people import Party
from desk.domain.procedures import Procedure
from desk.domain.units import Unit
from desk.services.ports.values import (
    Clerk,
    Corrected,
    DossierFile,
    FoundDossier,
    HandOver,
    Lamp,
    Outbox,
    Preview,
    ScannedDossier,
    SlipOutcome,
    StaffMember,
)
from desk.services.ports.values import Notice as ProvinceNotice


class Named(Protocol):
    """An agency, as far as the screen cares."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Issued(Protocol):
    """A slip written down as issued. `issue` 2 and more are reprints and say so; a printer takes it as it is."""

    @property
    def id(self) -> UUID: ...
    @property
    def code(self) -> str: ...
    @property
    def issue(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Here:
    """Where the window stands: the desk's number, and its own commune and agency, first in the finders.

    `number` is None while the province has given none.
    """

    number: int | None
    commune: Unit | None
    agency: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """Every callable the screens need."""

    now: Callable[[], datetime]
    """UTC, on the screen's thread; for "today" and "14 minutes ago"."""
    here: Callable[[], Here]  # read

    # people
    staff: Callable[[], Sequence[StaffMember]]  # read; the last one who signed in here first
    sign_in: Callable[[str, str], Clerk]  # write; staff id, PIN
    set_pin: Callable[[str, str, str], Clerk]  # write; staff id, one-time code, new PIN; signs in
    sign_out: Callable[[], None]  # write

    # intake
    find_procedures: Callable[[str], Sequence[Procedure]]  # read; "" gives the ones used most, a whole code its own
    find_communes: Callable[[str], Sequence[Unit]]  # read; a whole code finds its commune
    find_agencies: Callable[[str], Sequence[Named]]  # read
    read_card: Callable[[str], Party]  # read; raises UnreadableCard
    preview: Callable[[Intake], Preview]  # read; the intake may lack a name and papers
    accept: Callable[[Intake], Dossier]  # write
    void: Callable[[str, str], Dossier]  # write; code, reason

    # the half-filled intake of whoever is signed in, as JSON text
    save_draft: Callable[[str], None]  # write
    load_draft: Callable[[], str | None]  # read
    drop_draft: Callable[[], None]  # write

    # paper
    issue_slip: Callable[[str], Issued]  # write; code. From the second call on it is a reprint
    send_slip: Callable[[Any], str]  # print; what issue_slip gave. Gives the printer's name, raises PrinterTrouble
    confirm_slip: Callable[[UUID, SlipOutcome], None]  # write; the slip's id

    # paper that comes back
    slips_in: Callable[[Path], Sequence[str]]  # print; the numbers in a scanned file. Raises FileTrouble
    recover: Callable[[str], ScannedDossier]  # write; a number scanned from a slip
    hand_over: Callable[[str, HandOver], object]  # write; code, into whose hands
    correct: Callable[[str, Intake], Corrected]  # write; the code of a refused dossier, and how it should have been

    # the clock
    clock: Callable[[], ClockLook]  # read
    confirm_clock: Callable[[], ClockLook]  # write

    # what the province wants a person to see to
    notices: Callable[[], Sequence[ProvinceNotice]]  # read
    see_notice: Callable[[str], object]  # write; its id

    # looking
    find: Callable[[str], Sequence[FoundDossier]]  # read; at most 50
    needs_me: Callable[[], Sequence[FoundDossier]]  # read; what waits for somebody, then today's
    open_dossier: Callable[[str], DossierFile]  # read; a code, or the number scanned from a slip

    # the line to the province
    lamp: Callable[[], Lamp]  # read
    outbox: Callable[[], Outbox]  # read
    ask_now: Callable[[], None]  # read; returns at once
