"""A session that remembers what it looked for, also in vain, so that a judge may ask again and again for nothing.

Only for transactions under the lock of those who tell: there nobody else can add what was not there.
"""

from collections.abc import Collection
from typing import Any, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Mapper, Session, class_mapper

from sync.province.columns import Row

_AT_ONCE = 500
T = TypeVar("T")


class RecallingSession(Session):
    """`get` answers from memory where it can; rows found or added stay known until the session ends."""

    def __init__(self, bind: Any, **options: Any) -> None:
        super().__init__(bind, **options)
        self._known: dict[tuple[Any, tuple[Any, ...]], Any] = {}

    def get(self, entity: type[T] | Mapper[T], ident: Any, **options: Any) -> T | None:
        """As ever; with options (a lock, say) the database is asked."""
        if any(options.values()):
            return super().get(entity, ident, **options)
        key = (entity, ident if isinstance(ident, tuple) else (ident,))
        if key not in self._known:
            self._known[key] = super().get(entity, ident)
        return cast("T | None", self._known[key])

    def add(self, instance: object, _warn: bool = True) -> None:
        super().add(instance, _warn)
        self._remember(instance)

    def delete(self, instance: object) -> None:
        super().delete(instance)
        self._known[_key(instance)] = None

    def merge(self, instance: T, **options: Any) -> T:
        """As ever, but what is pending stays so, to be written in one go with what follows."""
        with self.no_autoflush:
            merged = super().merge(instance, **options)
        self._remember(merged)
        return merged

    def look_up(self, column: InstrumentedAttribute[Any], values: Collection[Any]) -> None:
        """Get many rows at once by their one key, so that each `get` that follows is answered from memory."""
        entity = cast(type[Row], column.class_)
        unknown = [value for value in dict.fromkeys(values) if (entity, (value,)) not in self._known]
        for i in range(0, len(unknown), _AT_ONCE):
            some = unknown[i : i + _AT_ONCE]
            self._known |= {(entity, (value,)): None for value in some}
            for row in self.scalars(select(entity).where(column.in_(some))):
                self._remember(row)

    def _remember(self, instance: object) -> None:
        key = _key(instance)
        if None not in key[1]:
            self._known[key] = instance


def _key(instance: object) -> tuple[Any, tuple[Any, ...]]:
    return type(instance), tuple(class_mapper(type(instance)).primary_key_from_instance(instance))
