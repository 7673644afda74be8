"""Databases of earlier versions, brought to today's tables in place and in one transaction.

Every table is laid aside, made anew as today's program has it, and filled again: keys and references may change from
one version to the next, which SQLite cannot alter. What a new column holds for old rows is said here.
"""

from sqlalchemy import Connection, Table, inspect, text

from sync.province.columns import Row

FIRST_SCHEMA, SCHEMA = 1, 2
_BEFORE = "before_upgrade_"
_NOT_REFERRED_TO = {"feed": "id", "procedures": "id"}
"""Keys that only tell rows apart. They are given anew, so that PostgreSQL goes on counting where they end."""

_PARENT = (
    "(SELECT p.hash FROM before_upgrade_entries p"
    " WHERE p.desk = old.desk AND p.epoch = old.parent_epoch AND p.seq = old.parent_seq)"
)
_FIRST = "(SELECT f.hash FROM before_upgrade_entries f WHERE f.desk = old.desk AND f.epoch = old.epoch AND f.seq = 1)"
_LAST = (
    "(SELECT l.hash FROM before_upgrade_entries l WHERE l.desk = old.desk AND l.epoch = old.epoch AND l.seq = old.last)"
)
_FROM_1 = {
    ("province", "schema"): "2",
    ("province", "restored"): "0",
    ("epochs", "line"): "0",
    ("epochs", "first"): _FIRST,
    ("epochs", "root"): _FIRST,
    ("epochs", "fork_seq"): "0",
    ("epochs", "parent_hash"): _PARENT,
    ("entries", "line"): "0",
    ("verdicts", "line"): "0",
    ("verdicts", "end"): _LAST,
    ("dossiers", "line"): "0",
    ("feed", "line"): "CASE WHEN old.epoch IS NULL THEN NULL ELSE 0 END",
    ("feed", "kind_version"): "1",
}
"""What a column holds that version 1 did not have, or had otherwise; any other new one is empty."""


def upgrade(connection: Connection) -> None:
    """Bring a database of version 1 to today's tables. Whoever is at it must be alone."""
    there = set(inspect(connection).get_table_names())
    tables = [table for table in Row.metadata.sorted_tables if table.name in there]
    had = {table.name: _columns(connection, table) for table in tables}
    for table in tables:
        connection.execute(text(f"CREATE TABLE {_BEFORE}{table.name} AS SELECT * FROM {table.name}"))
    for table in reversed(tables):
        connection.execute(text(f"DROP TABLE {table.name}"))
    Row.metadata.create_all(connection)
    for table in tables:
        connection.execute(text(_refill(table, had[table.name])))
    for table in tables:
        connection.execute(text(f"DROP TABLE {_BEFORE}{table.name}"))


def _columns(connection: Connection, table: Table) -> set[str]:
    return {str(column["name"]) for column in inspect(connection).get_columns(table.name)}


def _refill(table: Table, had: set[str]) -> str:
    """The statement that puts the rows laid aside into a table as it is now."""
    kept = {name: f'old."{name}"' for name in (had & set(table.columns.keys())) - {_NOT_REFERRED_TO.get(table.name)}}
    values = kept | {name: value for (where, name), value in _FROM_1.items() if where == table.name}
    names, says = ", ".join(f'"{name}"' for name in values), ", ".join(values.values())
    return f"INSERT INTO {table.name} ({names}) SELECT {says} FROM {_BEFORE}{table.name} AS old"
