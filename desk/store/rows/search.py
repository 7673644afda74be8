"""What dossiers are found by, this desk's and its siblings'."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.rows.base import Row


class SearchableRow(Row):
    """`words` are the name's words, as written and folded; triggers keep full text and vocabulary in step.

    `id` is the second of receipt and a tie-breaker (`desk.store.search`), so the newest come first without a sort.
    """

    __tablename__ = "searchable"

    id: Mapped[int] = mapped_column(primary_key=True)
    mine: Mapped[bool]
    words: Mapped[str]


class NumberRow(Row):
    """Digits of identity, telephone and code, turned round: the last ones are what people know."""

    __tablename__ = "numbers"
    __table_args__ = (Index("numbers_by_id", "id"),)

    reversed: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True)


class VocabularyRow(Row):
    """Every word of every name once: the beginning of a word is looked up here, not in the full text."""

    __tablename__ = "vocabulary"

    word: Mapped[str] = mapped_column(primary_key=True)
