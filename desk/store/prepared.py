"""Inserts that are compiled once, when the program starts.

SQLAlchemy finds a statement's compiled form again by walking it, each time. That is nothing for a question somebody
typed, and half the cost of accepting a dossier, which is a dozen inserts: those go to the driver as text made here,
from the typed tables, so that a column that is renamed is renamed in both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import InstrumentedAttribute

from desk.store.rows import Row

_DIALECT = sqlite.dialect(paramstyle="named")


class Insert:
    """Rows come as mappings by column name."""

    def __init__(self, table: type[Row], *columns: InstrumentedAttribute[Any]) -> None:
        """Of these columns, or of all of them."""
        names = [column.key for column in columns] or None
        self._sql = str(insert(table).compile(dialect=_DIALECT, column_keys=names))

    def one(self, connection: Connection, row: Mapping[str, Any]) -> None:
        connection.exec_driver_sql(self._sql, dict(row))

    def all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        connection.exec_driver_sql(self._sql, list(rows))
