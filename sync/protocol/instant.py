"""Instants as text: UTC, milliseconds, a Z at the end, always 24 characters."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from sync.protocol.problems import Unreadable

InstantText = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]{3}Z\Z")
]


def write_instant(moment: datetime) -> str:
    """`2025-07-01T01:15:00.123Z`; the moment must know its zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant must know its zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def read_instant(text: str) -> datetime:
    """The moment in UTC. Raises Unreadable for a day that does not exist."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise Unreadable("instant", "no such moment") from error
