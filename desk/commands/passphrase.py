"""A passphrase from a file, or from whoever sits at the terminal."""

import sys
from getpass import getpass
from pathlib import Path

from desk.commands.verb import Call
from desk.domain.errors import PassphraseMissing, WrongPassphrase
from desk.home import read_passphrase


def known_passphrase(file: Path | None, call: Call) -> str:
    """Raises PassphraseMissing where there is neither."""
    return read_passphrase(file) or _asked(call.in_words("Mật khẩu của bản sao lưu: ", "The backup's passphrase: "))


def new_passphrase(file: Path | None, call: Call) -> str:
    """Asked for twice. Raises PassphraseMissing where there is neither, WrongPassphrase where the two differ."""
    given = read_passphrase(file)
    if given:
        return given
    first = _asked(call.in_words("Đặt mật khẩu cho bản sao lưu: ", "A passphrase for the backup: "))
    if first != _asked(call.in_words("Gõ lại: ", "Once more: ")):
        raise WrongPassphrase
    return first


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise PassphraseMissing
    if given := getpass(prompt):
        return given
    raise PassphraseMissing
