"""The fields of one person: whoever brings the papers, or the one they are for."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.domain.errors import CardFault, UnreadableCard
from desk.domain.people import Party, PartyKind, Sex
from desk.domain.text import fold, nfc
from desk.domain.units import Unit
from desk.ui.background import Background, Lane
from desk.ui.bricks import label, row
from desk.ui.fields import Field, TextField, choice_field
from desk.ui.finder import Finder, Offer
from desk.ui.messages import explain
from desk.ui.scan_box import ScanBox, looks_like_a_card
from desk.ui.typed import TypedPerson
from desk.ui.words import Words


class PersonForm(QWidget):
    """Scan the card, or type. `changed` comes with every change; `path` is where errors of this person are found."""

    changed = Signal()

    def __init__(
        self,
        path: str,
        read_card: Callable[[str], Party],
        find_communes: Callable[[str], Sequence[Unit]],
        words: Words,
        background: Background,
    ) -> None:
        super().__init__()
        self.path, self._words, self._read_card, self._background = path, words, read_card, background
        self._find_communes = find_communes
        self.scan = ScanBox(words)
        kinds = [(kind.value, words(f"kinds.{kind.value}")) for kind in PartyKind]
        kind_field, self.kind = choice_field(words("person.kind"), kinds)
        self.full_name = TextField(words("person.full_name"))
        self.personal_id = TextField(words("person.id_citizen"))
        self.born = TextField(words("person.born"))
        sexes = [("", words("sexes.none")), *((sex.value, words(f"sexes.{sex.value}")) for sex in Sex)]
        self.sex_field, self.sex = choice_field(words("person.sex"), sexes)
        self.phone = TextField(words("person.phone"))
        self.email = TextField(words("person.email"))
        self.commune = Finder(words("person.commune"), find_communes, _offer_commune, words, background)
        self.detail = TextField(words("person.detail"))
        self.warning = label("", "amber", wrap=True)
        self.warning.hide()
        self._lay_out(kind_field)
        self._listen()
        self._show_kind()

    @property
    def typed(self) -> TypedPerson:
        commune = self.commune.thing
        citizen = self.kind.value == PartyKind.CITIZEN
        return TypedPerson(
            kind=self.kind.value,
            full_name=self.full_name.text,
            personal_id=self.personal_id.text,
            born=self.born.text if citizen else "",
            sex=self.sex.value if citizen else "",
            phone=self.phone.text,
            email=self.email.text,
            commune=commune.code if commune else "",
            commune_name=commune.titled if commune else "",
            detail=self.detail.text,
        )

    def show_typed(self, typed: TypedPerson) -> None:
        self.kind.choose(typed.kind)
        self.sex.choose(typed.sex)
        for field, text in self._texts(typed):
            field.show_text(text)
        if typed.commune:
            self._look_up_commune(typed.commune)
        self.show_error("", "")
        self.scan.show_error("")
        self.show_warning("")
        self._show_kind()

    def show_commune(self, commune: Unit | None) -> None:
        if commune is None:
            self.commune.clear()
        else:
            self.commune.choose(commune, aloud=False)

    def show_error(self, field: str, text: str) -> bool:
        """Say it at the field named by the rest of the path and go there; an empty name takes all errors back."""
        fields = self._fields()
        for one in fields.values():
            one.show_error("")
        target = fields.get(field)
        if target is None:
            return False
        target.show_error(text)
        (target if isinstance(target, Finder) else target.editor).setFocus()
        return True

    def show_warning(self, text: str) -> None:
        """Something odd that stops nobody."""
        self.warning.setText(text)
        self.warning.setVisible(bool(text))

    def take_card(self, text: str) -> None:
        """Fill the person in from what a reader typed; the commune follows when it is known."""
        self._background.run(
            Lane.READ, partial(self._read_card, nfc(text)), owner=self, done=self._fill_in, failed=self._refuse_card
        )

    def _lay_out(self, kind_field: Field) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.scan)
        layout.addWidget(kind_field)
        layout.addWidget(self.full_name)
        layout.addLayout(_pair(self.personal_id, self.born, 3, 2))
        layout.addWidget(self.warning)
        layout.addLayout(_pair(self.sex_field, self.phone, 3, 2))
        layout.addWidget(self.commune)
        layout.addWidget(self.detail)
        layout.addWidget(self.email)

    def _listen(self) -> None:
        for field in (self.full_name, self.personal_id, self.born, self.phone, self.email, self.detail):
            field.changed.connect(self.changed)
            field.editor.returnPressed.connect(self._maybe_a_card)
        self.sex.changed.connect(self.changed)
        self.kind.changed.connect(self._show_kind)
        self.kind.changed.connect(self.changed)
        self.commune.chosen.connect(self._commune_chosen)
        self.scan.scanned.connect(self.take_card)
        self.scan.garbled.connect(self._refuse_garbled)
        self.scan.named.connect(self._take_name)

    def _texts(self, typed: TypedPerson) -> tuple[tuple[TextField, str], ...]:
        return (
            (self.full_name, typed.full_name),
            (self.personal_id, typed.personal_id),
            (self.born, typed.born),
            (self.phone, typed.phone),
            (self.email, typed.email),
            (self.detail, typed.detail),
        )

    def _fields(self) -> dict[str, Field | Finder]:
        return {
            "full_name": self.full_name,
            "personal_id": self.personal_id,
            "date_of_birth": self.born,
            "sex": self.sex_field,
            "phone": self.phone,
            "email": self.email,
            "address.commune": self.commune,
            "address.detail": self.detail,
        }

    def _show_kind(self) -> None:
        kind = self.kind.value
        citizen = kind == PartyKind.CITIZEN
        self.personal_id.rename(self._words(f"person.id_{kind}"))
        self.full_name.rename(self._words("person.full_name" if citizen else "person.body_name"))
        for widget in (self.born, self.sex_field, self.scan):
            widget.setVisible(citizen)

    def _commune_chosen(self, _: object) -> None:
        self.changed.emit()

    def _maybe_a_card(self) -> None:
        """The reader typed into a field because nobody pressed F6: understood all the same."""
        for field in (self.full_name, self.personal_id, self.born, self.phone, self.email, self.detail):
            text = field.editor.text()
            if looks_like_a_card(text):
                field.show_text("")
                self.take_card(text)

    def _fill_in(self, party: Party) -> None:
        born = party.date_of_birth.on_paper() if party.date_of_birth else ""
        self.kind.choose(party.kind.value)
        self.full_name.show_text(party.full_name)
        self.personal_id.show_text(party.personal_id or "")
        self.born.show_text(born)
        self.sex.choose(party.sex.value if party.sex else "")
        if party.address is not None:
            self.detail.show_text(party.address.detail)
            if party.address.commune:
                self._look_up_commune(party.address.commune)
            elif not self._is_in(party.address.detail):
                self.commune.clear()
        self.scan.show_read(party.full_name)
        self._show_kind()
        self.phone.editor.setFocus()
        self.changed.emit()

    def _take_name(self, name: str) -> None:
        """Where it belongs, and selected: typed without an input method, it may have to be typed again."""
        self.scan.show_error("")
        self.full_name.show_text(name)
        self.full_name.editor.setFocus()
        self.full_name.editor.selectAll()
        self.changed.emit()

    def _is_in(self, address: str) -> bool:
        """Whether an address in an old card's words may well be in the commune shown; if not, the clerk says which."""
        commune = self.commune.thing
        return commune is not None and fold(commune.name) in fold(address)

    def _refuse_card(self, error: Exception) -> None:
        self.scan.setFocus()
        self.scan.show_error(explain(error).in_(self._words.language))

    def _refuse_garbled(self) -> None:
        self._refuse_card(UnreadableCard(CardFault.GARBLED))

    def _look_up_commune(self, code: str) -> None:
        self._background.run(
            Lane.READ,
            partial(self._find_communes, code),
            owner=self,
            done=partial(self._show_found_commune, code),
            failed=lambda _: None,  # the finder stays open for the clerk to say it
        )

    def _show_found_commune(self, code: str, communes: Sequence[Unit]) -> None:
        commune = next((one for one in communes if one.code == code), None)
        if commune is not None:
            self.show_commune(commune)
            self.changed.emit()


def _offer_commune(commune: Unit) -> Offer[Unit]:
    return Offer(commune.titled, commune.code, commune)


def _pair(left: QWidget, right: QWidget, wide: int, narrow: int) -> QHBoxLayout:
    made = row(left, right, space=12)
    for number, (widget, stretch) in enumerate(((left, wide), (right, narrow))):
        made.setStretch(number, stretch)
        made.setAlignment(widget, Qt.AlignmentFlag.AlignTop)  # an error under one leaves the other where it is
    return made
