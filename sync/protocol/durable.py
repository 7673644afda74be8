"""Files that are there whole or not at all, and last through a pulled plug: on a desk's disk as on a stick."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_HALF = ".half"
"""What a file is called until it is whole; whoever finds one knows that somebody pulled the stick."""


def lay_down(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, to last through a pulled plug. Raises OSError."""
    lay_down_by(file, lambda out: out.write(data))


def lay_down_by(
    file: Path, write: Callable[[BinaryIO], object], *, prove: Callable[[Path], object] | None = None
) -> None:
    """The same, by whoever writes piece by piece. Raises OSError, and what `write` and `prove` raise.

    `prove` looks at what lies on the disk by then; unless it is content, the file that had the name before keeps it.
    """
    half = file.with_name(f"{file.name}{_HALF}")
    try:
        with half.open("wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        if prove is not None:
            prove(half)
        half.replace(file)
        sync_folder(file.parent)
    except BaseException:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last. Windows has no such call and needs none. Raises OSError."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
