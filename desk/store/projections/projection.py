"""What a projection is: the rows that follow from one kind of entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection

from sync.protocol.entry import Body, Head

B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Projection(Generic[B]):
    """`apply` writes the rows, given the entry's head and its body in the newest shape.

    It reads nothing but own tables and those arguments: the same journal must give the same rows on any day.
    """

    body: type[B]
    apply: Callable[[Connection, Head, B], None]
