"""What a judge has before it."""

from dataclasses import dataclass
from uuid import UUID

from sync.protocol.entry import Entry
from sync.province.database import Work
from sync.province.feed import Origin
from sync.province.rows import DeskRow


@dataclass(frozen=True)
class Case:
    """One entry, the desk it is from, the line of its epoch it lies on, and the books."""

    work: Work
    desk: DeskRow
    entry: Entry
    line: int

    @property
    def dossier(self) -> UUID | None:
        return self.entry.head.dossier

    @property
    def origin(self) -> Origin:
        head = self.entry.head
        return Origin(head.desk, head.epoch, self.line, head.seq)
