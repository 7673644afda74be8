"""Instants as text: UTC, milliseconds, a Z at the end, always 24 characters."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from sync.protocol.problems import Unreadable

LENGTH = 24
InstantText = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]{3}Z\Z")
]


def write_instant(moment: datetime) -> str:
    """`2025-07-01T01:15:00.123Z`; the moment must know its zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant must know its zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def read_instant(text: str) -> datetime:
    """The moment in UTC. Raises Unreadable for text of another shape, or a day that does not exist."""
    if len(text) != LENGTH or text[-1] != "Z" or text[10] != "T":
        raise Unreadable("instant", "another shape")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable("instant", "no such moment") from error
