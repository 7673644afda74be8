"""What the journal's triggers refuse, to whoever has the key and a tool."""

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.stores import DeskAtWork

FORBIDDEN = (
    "UPDATE heads SET head = replace(head, 'lan', 'hoa')",
    "UPDATE heads SET hash = hash || ''",
    "UPDATE heads SET signature = NULL",
    "DELETE FROM heads",
    "DELETE FROM heads WHERE seq = (SELECT max(seq) FROM heads)",
    "UPDATE bodies SET body = '{}'",
    "UPDATE bodies SET salt = NULL",
    "DELETE FROM bodies",
    "DELETE FROM bodies WHERE seq = 2",
    "UPDATE salts SET salt = zeroblob(32)",
    "DELETE FROM salts",
    "REPLACE INTO heads (epoch, seq, head, hash) SELECT epoch, seq, head, hash FROM heads WHERE seq = 2",
    "REPLACE INTO bodies (epoch, seq, body) VALUES (1, 2, '{}')",
    "REPLACE INTO salts SELECT dossier, zeroblob(32) FROM salts",
    "INSERT INTO erasures SELECT epoch, seq, json_extract(head, '$.commitment'), epoch, seq FROM heads WHERE seq = 2",
    "INSERT INTO erasures VALUES (1, 2, 'nothing', 1, 3)",
    "UPDATE counters SET n = n - 1",
    "UPDATE counters SET n = n",
    "UPDATE counters SET series = series || 'x', n = n + 1",
    "DELETE FROM counters",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_journal_refuses(desk: DeskAtWork, statement: str) -> None:
    desk.accepts()
    before = desk.entries()

    with pytest.raises(IntegrityError):
        desk.sql(statement)

    assert desk.entries() == before


def test_a_head_with_a_gap_before_it_is_refused(desk: DeskAtWork) -> None:
    head = desk.entries()[-1].head

    with pytest.raises(IntegrityError, match="follows"):
        desk.sql(
            "INSERT INTO heads (epoch, seq, head, hash) SELECT epoch, ?, json_set(head, '$.seq', ?), hash FROM heads",
            head.seq + 2,
            head.seq + 2,
        )


def test_a_head_chained_to_another_than_the_last_is_refused(desk: DeskAtWork) -> None:
    head = desk.entries()[-1].head

    with pytest.raises(IntegrityError, match="follows"):
        desk.sql(
            "INSERT INTO heads (epoch, seq, head, hash) SELECT epoch, ?, json_set(head, '$.seq', ?), hash FROM heads",
            head.seq + 1,
            head.seq + 1,
        )


def test_a_head_lies_only_at_the_place_it_names(desk: DeskAtWork) -> None:
    last = desk.entries()[-1]

    with pytest.raises(IntegrityError):
        desk.sql(
            "INSERT INTO heads (epoch, seq, head, hash) SELECT epoch, ?, json_set(head, '$.previous', ?), hash"
            " FROM heads WHERE seq = ?",
            last.head.seq + 1,
            last.hash,
            last.head.seq,
        )


def test_the_computed_columns_are_the_head_s_own(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    rows = desk.sql("SELECT kind, dossier, time FROM heads ORDER BY seq DESC LIMIT 1")

    assert rows == [("dossier_accepted", str(taken.id), "2025-07-01T01:15:00.000Z")]
