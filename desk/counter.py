"""The window's deeds, bound to one desk: its store, its printer, its line, and whoever is signed in.

The store may still be opening when the window already stands; whoever asks first waits for it, on a worker.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desk.devices.printer import Printer
from desk.domain import id_card
from desk.domain.agencies import Agency
from desk.domain.clock import ClockLook
from desk.domain.dossier import Dossier
from desk.domain.errors import NotFound, NotSignedIn
from desk.domain.intake import Intake
from desk.domain.people import Party
from desk.domain.units import Unit
from desk.known import Known
from desk.line import lamp_reason
from desk.memento import Memento
from desk.services import clocks, drafts, lamp, notices, offers, people, reception, search, slips
from desk.services.ports import Clerk, Clock, NewId, Reading, Work
from desk.services.ports.values import (
    Corrected,
    HandOver,
    Lamp,
    LampReason,
    Notice,
    Outbox,
    Preview,
    ScannedDossier,
    SlipOutcome,
    StaffMember,
)
from desk.services.slips import IssuedSlip
from desk.settings import built_at
from desk.ui.deeds import Deeds, Here
from sync.runner import Runner

MOST_OFFERS = 20


class Memory(Protocol):
    """A store, as far as a counter needs it."""

    def open_work(self) -> AbstractContextManager[Work]: ...
    def open_reading(self) -> AbstractContextManager[Reading]: ...


class Counter:
    """One window's counter. Every method may be called from the window's workers; none from the screen's thread."""

    def __init__(
        self,
        memory: Callable[[], Memory],
        runner: Callable[[], Runner | None],
        printer: Printer,
        memento: Memento,
        *,
        known: Known,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        """`memory` waits until there is one; `runner` gives None until there is one."""
        self._memory, self._runner = memory, runner
        self._printer, self._memento = printer, memento
        self._known, self._clock, self._new_id = known, clock, new_id
        self._clerk: Clerk | None = None

    def deeds(self) -> Deeds:
        """What the screens may call."""
        return Deeds(
            now=self._clock,
            here=self.here,
            staff=self.staff,
            sign_in=self.sign_in,
            set_pin=self.set_pin,
            sign_out=self.sign_out,
            find_procedures=lambda words: offers.find_procedures(
                words, open_reading=self._open_reading, clock=self._clock
            ),
            find_communes=self.find_communes,
            find_agencies=lambda words: offers.find_agencies(words, open_reading=self._open_reading),
            read_card=self.read_card,
            preview=self.preview,
            accept=self.accept,
            void=self.void,
            save_draft=self.save_draft,
            load_draft=self.load_draft,
            drop_draft=self.drop_draft,
            issue_slip=self.issue_slip,
            send_slip=self.send_slip,
            confirm_slip=self.confirm_slip,
            slips_in=self.slips_in,
            recover=self.recover,
            hand_over=self.hand_over,
            correct=self.correct,
            clock=self.clock,
            confirm_clock=self.confirm_clock,
            notices=lambda: notices.unseen(open_reading=self._open_reading),
            see_notice=self.see_notice,
            find=lambda words: search.find(words, open_reading=self._open_reading),
            needs_me=lambda: search.needs_me(open_reading=self._open_reading, clock=self._clock),
            open_dossier=lambda code: search.open_dossier(code, open_reading=self._open_reading),
            lamp=self.lamp,
            outbox=self.outbox,
            ask_now=self.ask_now,
        )

    @property
    def clerk(self) -> Clerk:
        """Who is signed in. Raises NotSignedIn."""
        if self._clerk is None:
            raise NotSignedIn
        return self._clerk

    def here(self) -> Here:
        with self._open_reading() as memory:
            desk = memory.identity.desk()
            agency = memory.reference.agency(desk.agency)
        return Here(desk.number, self._commune(agency.commune), agency)

    # --- people

    def staff(self) -> Sequence[StaffMember]:
        """Whoever signed in here last stands first."""
        last = self._memento.last_clerk
        return sorted(people.staff(open_reading=self._open_reading), key=lambda one: one.id != last)

    def sign_in(self, staff_id: str, pin: str) -> Clerk:
        return self._welcome(people.sign_in(staff_id, pin, open_work=self._open_work, clock=self._clock))

    def set_pin(self, staff_id: str, proof: str, pin: str) -> Clerk:
        return self._welcome(people.set_pin(staff_id, proof, pin, open_work=self._open_work, clock=self._clock))

    def sign_out(self) -> None:
        clerk, self._clerk = self.clerk, None
        people.sign_out(clerk, "asked", open_work=self._open_work, clock=self._clock)
        self._written()

    def _welcome(self, clerk: Clerk) -> Clerk:
        self._clerk = clerk
        self._memento.keep_last_clerk(clerk.id)
        self._written()
        return clerk

    # --- intake

    def find_communes(self, words: str) -> Sequence[Unit]:
        """Those of the own province first."""
        own = self._commune(self._own_agency().commune)
        return self._known.units().search(words, province=own.province if own else None, limit=MOST_OFFERS)

    def read_card(self, payload: str) -> Party:
        return id_card.read_card(payload).as_party(self._known.units())

    def preview(self, intake: Intake) -> Preview:
        return reception.preview(
            intake, open_reading=self._open_reading, clock=self._clock, prefixes=self._known.prefixes()
        )

    def accept(self, intake: Intake) -> Dossier:
        dossier = reception.accept_dossier(
            intake,
            clerk=self.clerk,
            open_work=self._open_work,
            clock=self._clock,
            new_id=self._new_id,
            built=built_at(),
            strictly=True,
        )
        self._written()
        return dossier

    def void(self, code: str, reason: str) -> Dossier:
        dossier = reception.void_dossier(code, reason, clerk=self.clerk, open_work=self._open_work, clock=self._clock)
        self._written()
        return dossier

    # --- the half-filled form

    def save_draft(self, text: str) -> None:
        drafts.save_draft(self.clerk, text, open_work=self._open_work, clock=self._clock)

    def load_draft(self) -> str | None:
        return drafts.load_draft(self.clerk, open_reading=self._open_reading)

    def drop_draft(self) -> None:
        drafts.drop_draft(self.clerk, open_work=self._open_work)

    # --- paper

    def issue_slip(self, code: str) -> IssuedSlip:
        issued = slips.issue_slip(
            code,
            clerk=self.clerk,
            open_work=self._open_work,
            clock=self._clock,
            new_id=self._new_id,
            units=self._known.units(),
        )
        self._written()
        return issued

    def send_slip(self, issued: IssuedSlip) -> str:
        from desk.forms.slip import draw  # reportlab loads when the first slip is drawn, not when the window opens

        job = self._printer.send(draw(issued.paper), issued.code)
        slips.slip_sent(issued.id, open_work=self._open_work, clock=self._clock)
        return job.printer

    def confirm_slip(self, slip: UUID, outcome: SlipOutcome) -> None:
        slips.confirm_slip(slip, outcome, clerk=self.clerk, open_work=self._open_work, clock=self._clock)
        self._written()

    # --- paper that comes back

    @staticmethod
    def slips_in(file: Path) -> Sequence[str]:
        from desk.devices.slip_reader import read_slips  # for those who bring a scan

        return read_slips(file)

    def recover(self, digits: str) -> ScannedDossier:
        from desk.services.recovery import recover  # the day a desk was lost

        scanned = recover(digits, clerk=self.clerk, open_work=self._open_work, clock=self._clock)
        self._written()
        return scanned

    def hand_over(self, code: str, given: HandOver) -> UUID:
        from desk.services.hand_over import hand_over

        dossier = hand_over(code, given, clerk=self.clerk, open_work=self._open_work, clock=self._clock)
        self._written()
        return dossier

    def correct(self, code: str, intake: Intake) -> Corrected:
        from desk.services.correction import correct_dossier

        corrected = correct_dossier(code, intake, clerk=self.clerk, open_work=self._open_work, clock=self._clock)
        self._written()
        return corrected

    # --- the clock, and what the province wants a person to see to

    def clock(self) -> ClockLook:
        return clocks.look(open_reading=self._open_reading, clock=self._clock, built=built_at())

    def confirm_clock(self) -> ClockLook:
        seen = clocks.confirm_day(clerk=self.clerk, open_work=self._open_work, clock=self._clock, built=built_at())
        self._written()
        return seen

    def see_notice(self, id: str) -> Notice:
        notice = notices.see(id, clerk=self.clerk, open_work=self._open_work, clock=self._clock)
        self._written()
        return notice

    # --- the line

    def lamp(self) -> Lamp:
        return lamp.look(open_reading=self._open_reading, line=self._line_reason())

    def outbox(self) -> Outbox:
        return lamp.outbox(open_reading=self._open_reading, line=self._line_reason())

    def ask_now(self) -> None:
        if (runner := self._runner()) is not None:
            runner.ask_now()

    def _line_reason(self) -> LampReason:
        runner = self._runner()
        return lamp_reason(runner.line.why) if runner is not None else LampReason.SENDING

    def _written(self) -> None:
        if (runner := self._runner()) is not None:
            runner.entry_written()

    # --- memory

    def _open_work(self) -> AbstractContextManager[Work]:
        return self._memory().open_work()

    def _open_reading(self) -> AbstractContextManager[Reading]:
        return self._memory().open_reading()

    def _own_agency(self) -> Agency:
        with self._open_reading() as memory:
            return memory.reference.agency(memory.identity.desk().agency)

    def _commune(self, code: str | None) -> Unit | None:
        try:
            return self._known.units().commune(code) if code else None
        except NotFound:
            return None
