"""What goes by other ways than the line: parcels that left on a stick, files of dossiers, the buddy copy."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.rows.base import Row


class ExportRow(Row):
    """A parcel that left as a file, or a page of the feed that came as one, and how far the feed was read then."""

    __tablename__ = "exports"

    parcel: Mapped[str] = mapped_column(primary_key=True)
    incarnation: Mapped[str | None]
    cursor: Mapped[str]
    left_at: Mapped[str]


class AttachmentRow(Row):
    """A file laid to a dossier, as its entry says; an own table, made anew from the journal."""

    __tablename__ = "attachments"
    __table_args__ = (Index("attachments_by_dossier", "dossier"),)

    attachment: Mapped[str] = mapped_column(primary_key=True)
    dossier: Mapped[str]
    epoch: Mapped[int]
    seq: Mapped[int]
    at: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    key: Mapped[str]
    blob: Mapped[str]
    sealed_size: Mapped[int]


class BuddyRow(Row):
    """One row: where the buddy copy lies, while a supervisor wants one, and since when it could not be kept up.

    `shared` is a folder whose parcels of siblings this desk carries to the province.
    """

    __tablename__ = "buddy"

    one: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str | None]
    shared: Mapped[str | None]
    done_at: Mapped[str | None]
    trouble: Mapped[str | None]
    since: Mapped[str | None]
