"""`restore`: bring a desk back from its backup into an empty folder; it goes on in an epoch without a number yet."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desk.commands.passphrase import known_passphrase
from desk.commands.verb import Call, Verb
from desk.domain.clock import civil
from desk.domain.errors import BackupLocked, PassphraseMissing, WrongKey, WrongPassphrase
from desk.home import read_passphrase

if TYPE_CHECKING:
    from desk.restoring import Restored


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    opener = parser.add_mutually_exclusive_group()
    opener.add_argument(
        "--lock",
        type=Path,
        metavar="FILE",
        help="holds the passphrase the backup was made with; without it the store's own, or it is asked for",
    )
    opener.add_argument(
        "--key", type=Path, metavar="FILE", help="holds the key that `desk-province backup-key` gave for this backup"
    )


def run(call: Call) -> int:
    """0 once the folder is a desk again."""
    options = call.options
    key = _read_key(options.key) if options.key else None
    restored = _restore(call, key)
    made_at = civil(restored.made_at)
    call.say(
        call.in_words(
            f"Đã phục hồi quầy theo bản sao lưu lúc {made_at:%H:%M %d/%m/%Y}: {restored.entries} việc ghi.\n"
            "Không dùng máy cũ của quầy này nữa. Hồ sơ mới mang mã tạm cho tới khi tỉnh cấp số: nối mạng, "
            "hoặc gọi tỉnh rồi gõ desk number.",
            f"The desk is back as of {made_at:%d/%m/%Y %H:%M}: {restored.entries} entries.\n"
            "Do not use its former machine any more. New dossiers get provisional codes until the province gives a "
            "number: connect it, or call the province and type desk number.",
        ),
        ok=True,
        desk=str(restored.desk),
        epoch=restored.epoch,
        entries=restored.entries,
        made_at=made_at.isoformat(timespec="seconds"),
    )
    return 0


def _restore(call: Call, key: bytes | None) -> "Restored":
    """By the key, by the passphrase in `--lock`, or else by the store's own. Raises BackupLocked."""
    lock = None if key else _passphrase(call)
    try:
        return call.tools.restore(call.options.file.absolute(), lock, key)
    except WrongPassphrase as error:
        if call.options.lock is None and call.settings.passphrase_file is not None:
            raise BackupLocked from error  # it was given for the store: whoever typed it may not have thought of two
        raise


def _passphrase(call: Call) -> str:
    """Raises BackupLocked where there is none, PassphraseMissing where the file named holds none."""
    file = call.options.lock or call.settings.passphrase_file
    try:
        return known_passphrase(file, call)
    except PassphraseMissing as error:
        if file is None:
            raise BackupLocked from error
        raise


def _read_key(file: Path) -> bytes:
    """Raises WrongKey for what is no key, PassphraseMissing where there is nothing to read."""
    try:
        return bytes.fromhex((read_passphrase(file) or "").strip())
    except ValueError as error:
        raise WrongKey from error


VERB = Verb("restore", "bring a desk back from its backup", run, add_options)
