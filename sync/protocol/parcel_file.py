"""A parcel as a file on a stick: how it is called, and how it is read. `durable` lays it there whole or not at all.

    1017-<id of the parcel>.up.cdparcel          from a desk
    1017-<id of the parcel>.001.down.cdparcel    the province's answers to it, page after page of the feed
    <blob>.cdfile                                a sealed file (`sealed_file`) that travels beside them

Names only help people and spare work. What a file is, its bytes say; no name is ever used as part of a path.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from sync.protocol.parcel import PARCEL_LIMIT, Parcel, read_outside
from sync.protocol.problems import Unreadable

UP, DOWN, SEALED = ".up.cdparcel", ".down.cdparcel", ".cdfile"
ENTRY_BYTES = 1_000_000
"""Of entries in one parcel, at most, unless a single deed is larger."""


def up_name(desk: str, parcel: UUID) -> str:
    """`desk` is its number or the beginning of its id: nothing that names a person."""
    return f"{desk}-{parcel}{UP}"


def down_name(up: str, page: int) -> str:
    """The name of a page of the answer to the parcel in the file `up`. Pages count from 1."""
    return f"{up.removesuffix(UP)}.{page:03d}{DOWN}"


def files_at(places: Iterable[Path], *endings: str) -> Iterator[Path]:
    """The files of these kinds: those named, and those that lie in folders that are named, by name. Raises OSError."""
    for place in places:
        if place.is_dir():
            yield from sorted(file for file in place.iterdir() if file.name.endswith(endings))
        elif place.name.endswith(endings):
            yield place


def read_file(file: Path) -> tuple[bytes, Parcel]:
    """A parcel's bytes, and its outside, unproven. Raises Unreadable, OSError."""
    with file.open("rb") as opened:
        data = opened.read(PARCEL_LIMIT + 1)
    if not data:
        raise Unreadable("parcel", "empty")
    return data, read_outside(data)
