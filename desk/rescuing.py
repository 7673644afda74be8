"""A damaged desk's journal into a file, in the lines outsiders know: whatever can be read, and word of what cannot."""

from dataclasses import dataclass
from pathlib import Path

from desk.domain.errors import FileTrouble
from desk.home import is_there, store_key
from desk.services.journal import entry_line
from desk.store.rescue import Lost, Rescue


@dataclass(frozen=True)
class Rescued:
    """How many entries stand in the file, with or without their bodies, and what is missing."""

    entries: int
    lost: tuple[Lost, ...]


def rescue(home: Path, passphrase: str | None, file: Path) -> Rescued:
    """Raises FileTrouble for a file that is there or cannot be written, besides what opening a store raises.

    A head whose body is lost is written without one, as an erased one is: it still proves that something happened.
    """
    key = store_key(home, passphrase) if is_there(home) else b""
    lost: list[Lost] = []
    entries = 0
    with Rescue(home, key) as store:
        try:
            file.touch(mode=0o600, exist_ok=False)
            with file.open("w", encoding="utf-8") as out:
                for one in store.journal():
                    if isinstance(one, Lost):
                        lost.append(one)
                    else:
                        entries += 1
                        out.write(entry_line(one) + "\n")
        except OSError as error:
            raise FileTrouble from error
    return Rescued(entries, tuple(lost))
