"""`backup`: the whole desk in one file, while its window works; the former file stays until the new one is proven."""

import argparse
from pathlib import Path

from desk.commands.passphrase import new_passphrase
from desk.commands.verb import Call, Verb


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--lock",
        type=Path,
        metavar="FILE",
        help="holds the passphrase that will open the backup; without it the store's own, or it is asked for",
    )


def run(call: Call) -> int:
    """0 once the backup is proven and has its name."""
    lock = new_passphrase(call.options.lock or call.settings.passphrase_file, call)
    made = call.tools.back_up(call.options.file.absolute(), lock)
    megabytes = made.size / 1_000_000
    call.say(
        call.in_words(
            f"Đã sao lưu {made.entries} việc ghi, {made.files} tệp ({megabytes:.1f} MB), đọc lại khớp.",
            f"{made.entries} entries and {made.files} files backed up ({megabytes:.1f} MB) and read back.",
        ),
        ok=True,
        entries=made.entries,
        files=made.files,
        bytes=made.size,
        file=str(call.options.file),
    )
    return 0


VERB = Verb("backup", "put the whole desk into one file", run, add_options)
