"""The intake form: procedure, person, papers, return; one column, read downwards, Enter moves on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk.domain.dossier import Channel, Payment, ReturnBy
from desk.domain.fees import NotSet, PerCase, PerCopy, PerPage
from desk.domain.ids import new_id
from desk.domain.procedures import Procedure, Terms
from desk.ui import theme
from desk.ui.background import Background
from desk.ui.bricks import ENTER, column, empty, holding, label, row, tab_in_reading_order
from desk.ui.deeds import Deeds, Here, Named
from desk.ui.fields import Choice, Count, Field, TextField, choice_field
from desk.ui.finder import Finder, Offer
from desk.ui.paper_lane import PaperLane, typed_moment
from desk.ui.paper_list import PaperList
from desk.ui.person_form import PersonForm
from desk.ui.typed import NOT_PAID, Typed, TypedPerson
from desk.ui.words import Words


@dataclass(frozen=True, slots=True)
class _Office:
    """An agency of a draft, known by what was kept of it."""

    id: str
    name: str


class IntakeForm(QWidget):
    """All fields. `changed` comes with every change; `typed` is what stands there now."""

    changed = Signal()
    grown = Signal(QWidget)
    """A part has opened and wants to be seen."""

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__()
        self.setObjectName("page")
        self._words = words
        self._client_id: UUID = new_id()
        self._case_waiting = ""
        self._papers_waiting: Typed | None = None
        self.procedure = Finder(words("intake.procedure"), deeds.find_procedures, _offer_procedure, words, background)
        self._cases = QVBoxLayout()
        self.case: Choice | None = None
        self.person = PersonForm("applicant", deeds.read_card, deeds.find_communes, words, background)
        self.differs = QCheckBox(words("intake.owner_differs"))
        self.owner = PersonForm("owner", deeds.read_card, deeds.find_communes, words, background)
        self.papers = PaperList(words)
        self.channel_field, self.channel = choice_field(words("intake.channel"), _named(words, "channels", Channel))
        self.return_field, self.return_by = choice_field(words("intake.return_by"), _named(words, "returns", ReturnBy))
        self.count = Count(words("intake.count"), 9_999)
        self.count_field = Field(words("intake.count"), self.count)
        self.fee_amount = Count(words("intake.fee_amount"), 1_000_000_000)
        self.fee_field = Field(words("intake.fee_amount"), self.fee_amount)
        paid = [(NOT_PAID, words("payments.later")), *_named(words, "payments", Payment)]
        self.paid_field, self.paid = choice_field(words("intake.paid"), paid)
        self.agency = Finder(words("intake.agency"), deeds.find_agencies, _offer_agency, words, background)
        self.note = TextField(words("intake.note"))
        self.lane = PaperLane(words)
        self._now = deeds.now
        self._lay_out()
        self._listen()
        self.clear()

    @property
    def typed(self) -> Typed:
        procedure, agency = self.procedure.thing, self.agency.thing
        return Typed(
            client_id=self._client_id,
            procedure=procedure.code if procedure else "",
            case=self.case.value if self.case else "",
            channel=self.channel.value,
            applicant=self.person.typed,
            owner=self.owner.typed if self.differs.isChecked() else None,
            papers=self.papers.typed,
            return_by=self.return_by.value,
            count=self.count.value,
            paid=self.paid.value,
            fee_amount=self.fee_amount.value if self.asks_fee else 0,
            agency=agency.id if agency else "",
            agency_name=agency.name if agency else "",
            note=self.note.text,
            paper=self.lane.place.text if self.lane.is_on else "",
            received_at=typed_moment(self.lane.at.text, self._now()) if self.lane.is_on else "",
        )

    @property
    def asks_fee(self) -> bool:
        """The catalogue does not know this fee, so the clerk says it."""
        return not self.fee_field.isHidden()

    def show_typed(self, typed: Typed, procedure: Procedure | None) -> None:
        """Put a draft back. Its procedure is looked up by the page, since it may have changed meanwhile."""
        self._client_id = typed.client_id
        self.channel.choose(typed.channel)
        self.return_by.choose(typed.return_by)
        self.paid.choose(typed.paid)
        self.count.show_value(typed.count)
        self.note.show_text(typed.note)
        self.lane.show_typed(typed.paper, typed.received_at)
        if typed.agency:
            self.agency.choose(_Office(typed.agency, typed.agency_name or typed.agency), aloud=False)
        self.person.show_typed(typed.applicant)
        self.owner.show_typed(typed.owner or TypedPerson())
        self.differs.setChecked(typed.owner is not None)
        if procedure is not None:
            self._case_waiting, self._papers_waiting = typed.case, typed
            self.procedure.choose(procedure)
            self._papers_waiting = None
        self.fee_amount.show_value(typed.fee_amount)

    def settle(self, here: Here) -> None:
        """Most people live here and most dossiers are resolved here: fill both in where nobody chose otherwise."""
        for person in (self.person, self.owner):
            if person.commune.thing is None:
                person.show_commune(here.commune)
        if self.agency.thing is None:
            self.agency.choose(here.agency, aloud=False)

    def clear(self) -> None:
        """Ready for the next person."""
        self._client_id = new_id()
        self._case_waiting = ""
        self.procedure.clear()
        self._show_terms(None)
        for person in (self.person, self.owner):
            person.show_typed(TypedPerson())
            person.commune.clear()
        self.agency.clear()
        self.differs.setChecked(False)
        self.channel.choose(Channel.DIRECT)
        self.return_by.choose(ReturnBy.COUNTER)
        self.paid.choose(NOT_PAID)
        self.count.show_value(1)
        self.note.show_text("")

    def show_error(self, path: str, text: str) -> bool:
        """Say what is wrong at the field of this dotted path and go there; False where there is no such field."""
        who, _, rest = path.partition(".")
        if who in ("applicant", "owner"):
            return (self.person if who == "applicant" else self.owner).show_error(rest or "personal_id", text)
        if who == "requirements":
            index = rest.split(".")[0]
            self.papers.show_error(text, int(index) if index.isdigit() else None)
            return True
        return self._show_field_error(who, text)

    def switch_lane(self) -> None:
        """Open the lane of the paper book and go there, or close it."""
        self.lane.setVisible(not self.lane.is_on)
        self._reorder()
        (self.lane.place.editor if self.lane.is_on else self.procedure).setFocus()
        self.changed.emit()

    def forget_errors(self) -> None:
        for person in (self.person, self.owner):
            person.show_error("", "")
        self.papers.show_error("")
        for field in self._fields().values():
            field.show_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _fields(self) -> dict[str, Field | Finder]:
        return {
            "procedure": self.procedure,
            "channel": self.channel_field,
            "return": self.return_field,
            "count": self.count_field,
            "fees": self.fee_field,
            "resolving_agency": self.agency,
            "note": self.note,
            "paper": self.lane.place,
            "received_at": self.lane.at,
        }

    def _show_field_error(self, name: str, text: str) -> bool:
        field = self._fields().get("procedure" if name == "case" else name)
        if field is None:
            return False
        if name in ("paper", "received_at") and not self.lane.is_on:
            return False
        field.show_error(text)
        (field if isinstance(field, Finder) else field.editor).setFocus()
        return True

    def _lay_out(self) -> None:
        self.owner_frame = holding(column(self.owner, margin=16), "card")
        self.owner_frame.hide()
        self._cases.setContentsMargins(0, 0, 0, 0)
        sections = (
            self._section("1", "procedure", self.procedure, self._cases),
            self._section("2", "person", self.person, self.differs, self.owner_frame),
            self._section("3", "papers", self.papers),
            self._section("4", "return", *self._return_rows()),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 32)
        layout.setSpacing(16)
        for section in (self.lane, *sections):
            layout.addWidget(section)
        layout.addStretch(1)
        self.setMaximumWidth(theme.FORM_WIDTH + 48 + 32)

    def _return_rows(self) -> tuple[QWidget | QHBoxLayout, ...]:
        numbers = row(self.count_field, self.fee_field, -1, space=16)
        self.fee_amount.setFixedWidth(140)
        return self.return_field, self.channel_field, numbers, self.paid_field, self.agency, self.note

    def _section(self, number: str, name: str, *pieces: QWidget | QHBoxLayout | QVBoxLayout) -> QFrame:
        step = label(number, "step")
        step.setFixedSize(20, 20)
        step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = label(self._words(f"intake.section_{name}"), "section")
        return holding(column(row(step, title, -1), *pieces, space=12, margin=16), "card")

    def _listen(self) -> None:
        self.procedure.chosen.connect(self._procedure_chosen)
        self.agency.chosen.connect(self._tell)
        self.person.changed.connect(self.changed)
        self.owner.changed.connect(self.changed)
        self.differs.toggled.connect(self._show_owner)
        self.papers.changed.connect(self.changed)
        self.papers.rebuilt.connect(self._reorder)
        self.channel.changed.connect(self.changed)
        self.return_by.changed.connect(self.changed)
        self.paid.changed.connect(self.changed)
        self.count.changed.connect(self._tell)
        self.fee_amount.changed.connect(self._tell)
        self.note.changed.connect(self.changed)
        self.lane.changed.connect(self.changed)
        for finder in (self.procedure, self.agency, self.person.commune, self.owner.commune):
            finder.opened.connect(self.grown)

    def _procedure_chosen(self, procedure: Procedure | None) -> None:
        self._show_cases(procedure)
        self._show_terms(procedure)
        if procedure is not None and self._papers_waiting is None:
            self.person.scan.setFocus()
        self.changed.emit()

    def _show_cases(self, procedure: Procedure | None) -> None:
        empty(self._cases)
        self.case = None
        if procedure is None or not procedure.cases:
            return
        options = [("", self._words("intake.case_none")), *((case.code, case.name) for case in procedure.cases)]
        self.case = Choice(self._words("intake.case"), options, upright=True)
        self.case.choose(self._case_waiting)
        self.case.changed.connect(self._case_chosen)
        self._cases.addWidget(Field(self._words("intake.case"), self.case))

    def _case_chosen(self) -> None:
        self._show_terms(self.procedure.thing)
        self.changed.emit()

    def _show_terms(self, procedure: Procedure | None) -> None:
        """Ask what this case needs to know: its papers, its channels, and what its fee goes by."""
        typed = self._papers_waiting.papers if self._papers_waiting else self.papers.typed
        if procedure is None:
            self.papers.ask((), counts_pages=False)
            self._show_numbers(counted=False, asks_fee=False)
            self.channel.offer([channel.value for channel in Channel])
            self._reorder()
            return
        terms = procedure.terms(self.case.value or None if self.case else None)
        self.papers.ask(terms.requirements, counts_pages=isinstance(terms.tariff, PerPage), typed=typed)
        self._show_numbers(
            counted=isinstance(terms.tariff, PerCase | PerCopy), asks_fee=isinstance(terms.tariff, NotSet)
        )
        self.channel.offer(_offered(terms))
        self._reorder()

    def _show_numbers(self, *, counted: bool, asks_fee: bool) -> None:
        self.count_field.setVisible(counted)
        self.fee_field.setVisible(asks_fee)

    def _show_owner(self, differs: bool) -> None:
        self.owner_frame.setVisible(differs)
        self._reorder()
        if differs and self.differs.hasFocus():
            self.grown.emit(self.owner_frame)
        self.changed.emit()

    def _reorder(self) -> None:
        tab_in_reading_order(self)

    def _tell(self, _: object) -> None:
        self.changed.emit()


def _offer_procedure(procedure: Procedure) -> Offer[Procedure]:
    return Offer(procedure.name, f"{procedure.code} · {procedure.field}", procedure)


def _offer_agency(agency: Named) -> Offer[Named]:
    return Offer(agency.name, agency.id, agency)


def _named(words: Words, table: str, values: type[Channel | ReturnBy | Payment]) -> list[tuple[str, str]]:
    return [(value.value, words(f"{table}.{value.value}")) for value in values]


def _offered(terms: Terms) -> Sequence[str]:
    return [channel.value for channel in Channel if channel in terms.limits]
