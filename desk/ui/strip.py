"""A line under the title that stays as long as what it says is true: a doubtful clock, something to see to."""

from PySide6.QtWidgets import QFrame

from desk.ui import theme
from desk.ui.bricks import button, label, picture, row


class Strip(QFrame):
    """Says one thing and offers one deed; `act` is its button. Hidden while there is nothing to say."""

    def __init__(self, act: str, key: str) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._text = label("", "label", wrap=True)
        self.act = button(act, "quiet", key=key)
        inside = row(picture("warning", 18, theme.AMBER), self._text, self.act, space=12)
        inside.setStretch(1, 1)
        inside.setContentsMargins(24, 4, 12, 4)
        self.setLayout(inside)
        theme.look(self, "amber")
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, *, acts: bool = True) -> None:
        """Empty takes it back; without `acts` there is nothing left to do about it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.act.setVisible(acts)
        self.setVisible(bool(text))
