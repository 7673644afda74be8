"""Who works here: pick a person, type a PIN. One place for all keys, so the hands never leave the keyboard.

Arrow keys and letters move in the list while digits go into the PIN. A PIN typed before the
list of people is there waits for it.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from desk.domain.errors import Malformed, WrongPin
from desk.domain.text import fold
from desk.services.ports.values import Clerk, StaffMember
from desk.ui import theme
from desk.ui.background import Background, Lane
from desk.ui.bricks import button, column, holding, label, row, tab_in_reading_order
from desk.ui.deeds import Deeds
from desk.ui.fields import Field
from desk.ui.finder import OFFER_HEIGHT, Offer, OfferPainter, Offers
from desk.ui.messages import explain
from desk.ui.words import Words

MOST_DIGITS = 12
MOST_SHOWN = 4
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PinEdit(QLineEdit):
    """Takes digits and shows dots; arrows and letters are for the list of people."""

    moved = Signal(int)
    lettered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(MOST_DIGITS)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (step := _MOVES.get(Qt.Key(event.key()))) is not None:
            self.moved.emit(step)
        elif event.text().isalpha():
            self.lettered.emit(event.text())
        else:
            super().keyPressEvent(event)


class SignInPage(QWidget):
    """`signed_in` brings the clerk; `language` asks for the other one."""

    signed_in = Signal(object)
    language = Signal()

    def __init__(self, deeds: Deeds, words: Words, background: Background) -> None:
        super().__init__()
        self.setObjectName("page")
        self._deeds, self._words, self._background = deeds, words, background
        self._waiting = self._setting = False
        self._letters = ""
        self._seconds = 0
        self._people = Offers(self)
        self.people = QListView()
        self.pin = PinEdit()
        self.pin_field = Field(words("sign_in.pin"), self.pin)
        self.code, self.code_field = self._line("sign_in.code", secret=False)
        self.new_pin, self.new_pin_field = self._line("sign_in.new_pin", secret=True)
        self.again, self.again_field = self._line("sign_in.again", secret=True)
        self.help = label("", "note", wrap=True)
        self.enter = button(words("sign_in.enter"), "primary", key="Enter")
        self.switch = button(words("frame.other_language"), "quiet", key="F9")
        self._letters_timer = QTimer(self, singleShot=True, interval=900)
        self._second_timer = QTimer(self, interval=1_000)
        self._lay_out()
        self._listen()
        self._show_setting(setting=False)

    def begin(self) -> None:
        """Ask who works here; the PIN may be typed meanwhile."""
        self._say(self._words("sign_in.loading"))
        self._background.run(Lane.READ, self._deeds.staff, owner=self, done=self._show_people, failed=self._cannot_load)
        self.pin.setFocus()

    @property
    def person(self) -> StaffMember | None:
        chosen = self.people.currentIndex().data(Offers.THING)
        return chosen if isinstance(chosen, StaffMember) else None

    def _line(self, key: str, *, secret: bool) -> tuple[QLineEdit, Field]:
        editor = QLineEdit()
        editor.setMaxLength(40)
        editor.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        if secret:
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        return editor, Field(self._words(key), editor)

    def _lay_out(self) -> None:
        self.people.setModel(self._people)
        self.people.setItemDelegate(OfferPainter(self.people))
        self.people.setAccessibleName(self._words("sign_in.people"))
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        people = label(self._words("sign_in.people"), "label")
        people.setBuddy(self.people)
        fields = (self.pin_field, self.code_field, self.new_pin_field, self.again_field)
        card = holding(
            column(column(people, self.people, space=4), *fields, self.help, self.enter, space=14, margin=28), "card"
        )
        card.setFixedWidth(420)
        name = label(self._words("sign_in.product"), "heading")
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        under = label(self._words("sign_in.title"), "note")
        under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = column(-1, name, under, 4, card, row(-1, self.switch, -1), -1, space=6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addLayout(row(-1, middle, -1))
        tab_in_reading_order(self)

    def _listen(self) -> None:
        self.pin.moved.connect(self._move)
        self.pin.lettered.connect(self._jump)
        self.pin.textChanged.connect(self._forget_error)
        self.people.selectionModel().currentChanged.connect(self._person_chosen)
        self.people.activated.connect(self._to_the_pin)
        self.enter.clicked.connect(self._go)
        self.switch.clicked.connect(self.language)
        self._letters_timer.timeout.connect(self._forget_letters)
        self._second_timer.timeout.connect(self._count_down)
        for editor in (self.pin, self.code, self.new_pin, self.again):
            editor.returnPressed.connect(self._go)

    def _show_people(self, staff: Sequence[StaffMember]) -> None:
        self._people.show([Offer(one.full_name, self._about(one), one) for one in staff])
        self._say("" if staff else self._words("sign_in.nobody"))
        if staff:
            self.people.setCurrentIndex(self._people.index(0))
        if self._waiting:
            self._waiting = False
            self._go()

    def _say(self, text: str) -> None:
        self.help.setText(text)
        self.help.setVisible(bool(text))

    def _about(self, member: StaffMember) -> str:
        role = self._words(f"roles.{member.role}")
        return role if member.has_pin else f"{role} · {self._words('sign_in.no_pin')}"

    def _person_chosen(self, _: QModelIndex) -> None:
        person = self.person
        self._forget_error()
        self._show_setting(setting=person is not None and not person.has_pin)

    def _show_setting(self, *, setting: bool) -> None:
        """The first time at this desk: a one-time code and a PIN of one's own, instead of the PIN."""
        self._setting = setting
        for field in (self.code_field, self.new_pin_field, self.again_field):
            field.setVisible(setting)
        self.pin_field.setVisible(not setting)
        most = 2 if setting else MOST_SHOWN
        self.people.setFixedHeight(OFFER_HEIGHT * max(1, min(most, self._people.rowCount())) + 2)
        if self.people.currentIndex().isValid():
            self.people.scrollTo(self.people.currentIndex())
            self._say(self._words("sign_in.first_time") if setting else "")
        if setting:
            self.code.setFocus()
        elif not self.people.hasFocus():
            self.pin.setFocus()

    def _move(self, step: int) -> None:
        row = self.people.currentIndex().row() + step
        if 0 <= row < self._people.rowCount():
            self.people.setCurrentIndex(self._people.index(row))

    def _jump(self, letter: str) -> None:
        """To the next person one of whose names begins with the letters typed just now."""
        self._letters += fold(letter)
        self._letters_timer.start()
        for number in range(self._people.rowCount()):
            index = self._people.index(number)
            names = fold(index.data(Qt.ItemDataRole.DisplayRole)).split()
            if any(name.startswith(self._letters) for name in reversed(names)):
                self.people.setCurrentIndex(index)
                return

    def _forget_letters(self) -> None:
        self._letters = ""

    def _to_the_pin(self, _: QModelIndex) -> None:
        (self.code if self._setting else self.pin).setFocus()

    def _go(self) -> None:
        if self._seconds:
            return
        person = self.person
        if person is None:
            self._waiting = bool(self.pin.text())
        elif self._setting:
            self._set_pin(person)
        elif self.pin.text():
            self._ask(partial(self._deeds.sign_in, person.id, self.pin.text()))

    def _set_pin(self, person: StaffMember) -> None:
        """The very first person of a desk has no code to type: whether that is allowed is not for the screen to say."""
        for editor, field in ((self.new_pin, self.new_pin_field), (self.again, self.again_field)):
            if not editor.text():
                field.show_error(self._words("sign_in.fill_in") if editor.hasFocus() else "")
                editor.setFocus()
                return
            field.show_error("")
        if self.new_pin.text() != self.again.text():
            self.again.clear()
            self.again_field.show_error(self._words("sign_in.differ"))
            self.again.setFocus()
            return
        self._ask(partial(self._deeds.set_pin, person.id, self.code.text().strip(), self.new_pin.text()))

    def _ask(self, work: partial[Clerk]) -> None:
        self.setEnabled(False)
        self._background.run(Lane.WRITE, work, owner=self, done=self._welcome, failed=self._refuse)

    def _welcome(self, clerk: Clerk) -> None:
        self.setEnabled(True)
        for editor in (self.pin, self.code, self.new_pin, self.again):
            editor.clear()
        self.signed_in.emit(clerk)

    def _refuse(self, error: Exception) -> None:
        self.setEnabled(True)
        field, editor = self._place_of(error)
        editor.clear()
        field.show_error(explain(error).in_(self._words.language))
        editor.setFocus()
        if isinstance(error, WrongPin) and error.wait_seconds:
            self._seconds = error.wait_seconds
            self._second_timer.start()
            self._show_wait()

    def _place_of(self, error: Exception) -> tuple[Field, QLineEdit]:
        if not self._setting:
            return self.pin_field, self.pin
        if isinstance(error, Malformed):
            return self.new_pin_field, self.new_pin
        return self.code_field, self.code

    def _count_down(self) -> None:
        self._seconds -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        self.enter.setEnabled(not self._seconds)
        self._say(self._words.count("sign_in.wait", self._seconds) if self._seconds else "")
        if not self._seconds:
            self._second_timer.stop()
            self._forget_error()

    def _forget_error(self) -> None:
        if not self._seconds:
            for field in (self.pin_field, self.code_field, self.new_pin_field, self.again_field):
                field.show_error("")

    def _cannot_load(self, error: Exception) -> None:
        self._say(explain(error).in_(self._words.language))
        theme.look(self.help, "error")
