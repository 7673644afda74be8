"""Notices: what a person has to see to, told to the desks of an agency until a supervisor there took note.

No notice names a person: dossiers are named by their codes, and the desks know whose they are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sync.protocol.feed import Notice, Reason
from sync.protocol.instant import write_instant
from sync.province import feed
from sync.province.database import Work
from sync.province.rows import NoticeRow


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What has happened; `id` is the same whenever the same thing is found again."""

    id: str
    matter: str
    text: Reason
    desk: UUID | None = None
    dossier: UUID | None = None


def give(work: Work, matter: Matter, agencies: Collection[str]) -> None:
    """Tell the agencies. Said again without change it stays as it is, also seen; what changed is to be seen anew."""
    for agency in sorted(agencies):
        row = work.session.get(NoticeRow, (matter.id, agency))
        if row is None:
            row = NoticeRow(id=matter.id, agency=agency, matter=matter.matter, desk=matter.desk, dossier=matter.dossier)
            work.session.add(row)
        elif (row.text_vi, row.text_en) == (matter.text.vi, matter.text.en):
            continue
        row.text_vi, row.text_en, row.at, row.seen = matter.text.vi, matter.text.en, work.now, False
        _tell(work, row)


def see(work: Work, id: str, agency: str) -> None:
    """Somebody of the agency took note; a notice that is not there needs none."""
    row = work.session.get(NoticeRow, (id, agency))
    if row is not None and not row.seen:
        row.seen = True
        _tell(work, row)


def _tell(work: Work, row: NoticeRow) -> None:
    told = Notice(
        id=row.id,
        matter=row.matter,
        desk=row.desk,
        dossier=row.dossier,
        at=write_instant(row.at),
        text=Reason(vi=row.text_vi, en=row.text_en),
        seen=row.seen,
    )
    feed.tell(work, "notice", row.id, told, scope=row.agency)
