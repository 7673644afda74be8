"""How values lie in columns, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from sync.protocol import canonical
from sync.protocol.signing import STATEMENT_LIMIT, Signed

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


_WHOLE = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An instant in UTC. SQLite forgets the zone; this puts it back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text from anywhere. PostgreSQL cannot hold NUL, and nothing a clerk typed may stop an entry from being held."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value and value.replace("\0", "\N{REPLACEMENT CHARACTER}")


class Statement(TypeDecorator[Signed]):
    """A signed statement, in its canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Signed | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical.write(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Signed | None:
        return value and canonical.read(value, Signed, what="statement", limit=2 * STATEMENT_LIMIT)


class Row(DeclarativeBase):
    """Base of all rows."""

    type_annotation_map = {datetime: Moment, str: Words, Signed: Statement, int: _WHOLE}
    metadata = MetaData(naming_convention=NAMES)
