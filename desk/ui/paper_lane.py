"""The lane for what was written into the paper book while the desk was down: a place there, and the hour."""

import re
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desk.domain import paper_book
from desk.domain.clock import VN, civil
from desk.domain.errors import Malformed
from desk.ui.bricks import button, label, row
from desk.ui.fields import TextField
from desk.ui.words import Words

_DAY = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?")
_HOUR = re.compile(r"\b(\d{1,2})[:h](\d{2})\b")


class PaperLane(QFrame):
    """Two fields, shown by a key. After a dossier was taken the next line stands there, with the same day."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("card")
        self.place = TextField(words("paper_lane.place"))
        self.at = TextField(words("paper_lane.at"))
        self.shut = button(words("paper_lane.close"), "quiet", key="Ctrl+B")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(row(label(words("paper_lane.title"), "section"), -1, self.shut))
        fields = row(self.place, self.at, space=16)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        layout.addLayout(fields)
        self.place.changed.connect(self.changed)
        self.at.changed.connect(self.changed)
        self.hide()

    @property
    def is_on(self) -> bool:
        return not self.isHidden()

    def show_typed(self, place: str, at: str) -> None:
        self.setVisible(bool(place or at))
        self.place.show_text(place)
        self.at.show_text(shown_moment(at))

    def clear_errors(self) -> None:
        self.place.show_error("")
        self.at.show_error("")

    def go_on(self) -> None:
        """The next line of the book, on the same day; the hour is typed anew."""
        if not self.is_on:
            return
        self.place.show_text(following(self.place.text))
        self.at.show_text(day_of(self.at.text))


def following(place: str) -> str:
    """The line after one, as it is typed; "" where nothing counts."""
    try:
        after = paper_book.following(paper_book.place(place))
    except Malformed:
        return ""
    return str(after) if after else ""


def day_of(at: str) -> str:
    """The day alone, where one was typed: " 20/11/2026" waits for its hour."""
    day = _DAY.search(at)
    return f" {day[0]}" if day else ""


def typed_moment(text: str, now: datetime) -> str:
    """ "9:15 20/11/2026", "20/11 9:15" of this year or "9h15" of today, as the intake's JSON wants it.

    What cannot be read comes back as it is, for the intake to refuse by name.
    """
    hour, day = _HOUR.search(text), _DAY.search(text)
    left = _DAY.sub("", _HOUR.sub("", text, count=1), count=1)
    if hour is None or left.strip(" ,"):
        return text
    today = civil(now)
    year, month = int(day["year"] or today.year) if day else today.year, int(day["month"]) if day else today.month
    try:
        number = int(day["day"]) if day else today.day
        return datetime(year, month, number, int(hour[1]), int(hour[2]), tzinfo=VN).isoformat()
    except ValueError:
        return text


def shown_moment(text: str) -> str:
    """The same the other way round, for a draft that comes back."""
    try:
        return f"{civil(datetime.fromisoformat(text)):%H:%M %d/%m/%Y}"
    except ValueError:
        return text
