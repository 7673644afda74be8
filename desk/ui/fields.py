"""Fields of a form: the label above, the error under it, and typing that is never fought.

No masks, no completion inside the field. Text is put into NFC, and the space an input method leaves behind is taken
away, when the field is left and not before.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.domain.text import nfc
from desk.ui import theme
from desk.ui.bricks import column, label, row

_DIGITS = QRegularExpression("[0-9]*")


class Editor(QLineEdit):
    """A line to type in. `left` comes when the focus goes, after the text was tidied."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        tidy = nfc(self.text()).strip()
        if tidy != self.text():
            self.setText(tidy)
        self.left.emit()


class Field(QWidget):
    """A label, its editor and the place where an error stands."""

    def __init__(self, text: str, editor: QWidget) -> None:
        super().__init__()
        self.label = label(text, "label")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.editor = editor
        self.label.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.label, editor, self.error):
            layout.addWidget(widget)

    def rename(self, text: str) -> None:
        self.label.setText(text)
        self.editor.setAccessibleName(text)

    def show_error(self, text: str) -> None:
        """Say what is wrong here, to eyes and to the screen reader; an empty text takes it back."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        theme.look(self.editor, "wrong" if text else "")


class TextField(Field):
    """A field with one line of text. `changed` comes with every letter."""

    changed = Signal()
    editor: Editor

    def __init__(self, text: str) -> None:
        super().__init__(text, Editor())
        self.editor.textChanged.connect(self._typed)

    @property
    def text(self) -> str:
        """What is typed, tidy also while the focus is still here."""
        return nfc(self.editor.text()).strip()

    def show_text(self, text: str) -> None:
        self.editor.setText(text)

    def _typed(self) -> None:
        self.show_error("")
        self.changed.emit()


class Count(QLineEdit):
    """A small whole number, typed, or stepped with the arrow keys; the mouse wheel leaves it alone."""

    changed = Signal(int)

    def __init__(self, name: str, most: int = 999) -> None:
        super().__init__("0")
        self._most = most
        self.setAccessibleName(name)
        self.setMaxLength(len(str(most)))
        self.setValidator(QRegularExpressionValidator(_DIGITS, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(56)
        self.setProperty("look", "count")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.textChanged.connect(self._typed)

    @property
    def value(self) -> int:
        return min(int(self.text() or 0), self._most)

    def show_value(self, value: int) -> None:
        """Without saying so."""
        self.blockSignals(True)
        self.setText(str(value))
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setText(str(max(0, min(self.value + step, self._most))))
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.text() != str(self.value):
            self.show_value(self.value)

    def _typed(self) -> None:
        self.changed.emit(self.value)


class Choice(QWidget):
    """A few possibilities side by side: one Tab stop, arrow keys move, one is always chosen."""

    changed = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]], *, upright: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for value, text in options:
            self._buttons[value] = self._button(name, text, "upright" if upright else "choice")
        buttons = self._buttons.values()
        self.setLayout(column(*buttons, space=4) if upright else row(*buttons, -1, space=6))
        self._select(self._first)
        self._group.buttonClicked.connect(self._clicked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def value(self) -> str:
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def choose(self, value: str) -> None:
        """Choose without saying so; an unknown value chooses the first."""
        self._select(self._buttons.get(value, self._first))

    def offer(self, values: Sequence[str]) -> None:
        """Leave only some of the possibilities."""
        for value, button in self._buttons.items():
            button.setVisible(value in values)
        if self.value not in values and values:
            self.choose(values[0])

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self._buttons[self.value].setFocus(reason)

    @property
    def _first(self) -> QPushButton:
        return next(iter(self._buttons.values()))

    def _button(self, name: str, text: str, look: str) -> QPushButton:
        made = _ChoiceButton(text)
        made.setAccessibleName(f"{name}: {text}")
        made.setCheckable(True)
        made.setAutoDefault(False)  # Enter in a dialog's field must not choose
        made.setToolTip(text)
        made.setProperty("look", look)
        self._group.addButton(made)
        return made

    def _select(self, chosen: QPushButton) -> None:
        chosen.setChecked(True)
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus)

    def _clicked(self, chosen: QPushButton) -> None:
        self._select(chosen)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        shown = [button for button in self._buttons.values() if not button.isHidden()]
        here = next((index for index, button in enumerate(shown) if button.isChecked()), 0)
        target = shown[(here + step) % len(shown)]
        self._select(target)
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()


class _ChoiceButton(QPushButton):
    """Leaves the arrow keys to its row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


def choice_field(text: str, options: Sequence[tuple[str, str]]) -> tuple[Field, Choice]:
    """A row of possibilities with its label above."""
    choice = Choice(text, options)
    return Field(text, choice), choice
