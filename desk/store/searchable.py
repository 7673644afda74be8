"""What a dossier can be found by: the words of its names, and the digits people know by heart."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from desk.domain.text import fold, nfc
from desk.store.prepared import Insert
from desk.store.rows import DossierRow, NumberedRow, NumberRow, SearchableRow
from sync.protocol.entries.dossier_accepted import DossierAccepted, SaidParty

SECOND = 1 << 20
"""Ids in one second of receipt: the high part of an id is the second, so ids order as receipts do."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")

_COME = (
    "INSERT INTO searchable (id, mine, words) VALUES ("
    f"(SELECT coalesce(max(id) + 1, :base) FROM searchable WHERE id >= :base AND id < :base + {SECOND}), :mine, :words"
    ") RETURNING id"
)
_NUMBERS = Insert(NumberRow)


def first_id(moment: datetime) -> int:
    """The smallest id of a dossier received in that second."""
    return (moment - _EPOCH) // timedelta(seconds=1) * SECOND


def words_in(text: str) -> list[str]:
    """The words of a name as the full text sees them."""
    return _WORD.findall(nfc(text).lower())


def make_searchable(connection: Connection, said: DossierAccepted, *, mine: bool) -> int:
    """The id the dossier is found by."""
    row = {"base": first_id(datetime.fromisoformat(said.received_at)), "mine": mine, "words": words_of(said)}
    row_id: int = connection.exec_driver_sql(_COME, row).scalar_one()
    _NUMBERS.all(connection, [{"reversed": one, "id": row_id} for one in numbers_of(said)])
    return row_id


def change_searchable(connection: Connection, id: int, said: DossierAccepted) -> None:
    """The dossier is told anew (a sibling's, by the feed)."""
    connection.execute(update(SearchableRow).where(SearchableRow.id == id).values(words=words_of(said)))
    connection.execute(delete(NumberRow).where(NumberRow.id == id))
    _NUMBERS.all(connection, [{"reversed": one, "id": id} for one in numbers_of(said)])


def add_code(connection: Connection, id: int, code: str) -> None:
    """A further code leads to the dossier."""
    further = [{"reversed": sequence[::-1], "id": id} for sequence in _sequences(code)]
    connection.execute(insert_or(NumberRow).on_conflict_do_nothing(), further)


def drop_code(connection: Connection, id: int, code: str) -> None:
    """A code the province took back leads nowhere any more."""
    gone = [sequence[::-1] for sequence in _sequences(code)]
    connection.execute(delete(NumberRow).where(NumberRow.id == id, NumberRow.reversed.in_(gone)))


def forget_person(connection: Connection, dossier: str) -> None:
    """Only its codes still lead to the dossier; words nobody else has leave the vocabulary too."""
    row = connection.execute(
        select(DossierRow.id, DossierRow.code, SearchableRow.words, NumberedRow.code.label("official"))
        .join(SearchableRow, SearchableRow.id == DossierRow.id)
        .outerjoin(NumberedRow, NumberedRow.dossier == DossierRow.dossier)
        .where(DossierRow.dossier == dossier)
    ).one_or_none()
    if row is None:
        return
    connection.execute(update(SearchableRow).where(SearchableRow.id == row.id).values(words=""))
    connection.execute(delete(NumberRow).where(NumberRow.id == row.id))
    for code in filter(None, (row.code, row.official)):
        add_code(connection, row.id, code)
    for word in row.words.split():
        connection.execute(_FORGET_WORD, {"word": word, "asked": f'"{word}"'})


_FORGET_WORD = text(
    "DELETE FROM vocabulary WHERE word = :word"
    " AND NOT EXISTS (SELECT 1 FROM full_text WHERE full_text MATCH :asked LIMIT 1)"
)


def words_of(said: DossierAccepted) -> str:
    exact = [word for party in _parties(said) for word in words_in(party.full_name)]
    return " ".join(dict.fromkeys((*exact, *(fold(word) for word in exact))))


def numbers_of(said: DossierAccepted) -> list[str]:
    """Reversed, without doubles. A telephone with its 0 or with its country in front: the last digits agree."""
    parties = _parties(said)
    digits = (
        *_sequences(said.code),
        *(_only_digits(party.personal_id) for party in parties),
        *(_only_digits(party.phone) for party in parties),
        *((_only_digits(said.paper.number), _only_digits(said.paper.book + said.paper.number)) if said.paper else ()),
    )
    return list(dict.fromkeys(one[::-1] for one in digits if one))


def _parties(said: DossierAccepted) -> Iterable[SaidParty]:
    return (said.applicant, said.owner) if said.owner else (said.applicant,)


def _sequences(code: str) -> tuple[str, ...]:
    """The digits that tell a code from its neighbours: what follows the day.

    A provisional code has three groups; each run of them from the first on, so that any of them is an end.
    """
    groups = code.split("-")[2:]
    return tuple(accumulate(groups))


def _only_digits(written: str | None) -> str:
    return "".join(_DIGITS.findall(written or ""))
