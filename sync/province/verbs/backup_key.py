"""`backup-key`: the key of a desk's backup whose passphrase is lost, for `desk restore --key`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from sync.protocol.backup_file import SEALED_KEY, BackupReader, SealedKey, unseal_key
from sync.protocol.problems import Unreadable
from sync.province import keys
from sync.province.errors import WrongFile
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "backup-key", _unseal, "open a desk's backup whose passphrase is lost")
    parser.add_argument("file", type=Path, metavar="FILE")


def _unseal(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    """Whoever holds this key and the file reads all the desk ever wrote. Raises WrongFile."""
    sealed = _sealed_key(args.file)
    try:
        with office.database.reading() as work:
            key = unseal_key(sealed, keys.seal_for(work, sealed.reader)).hex()
    except Unreadable as error:
        raise WrongFile("backup", "", error.reason) from error
    yield Said(key, {"desk": str(sealed.desk), "key": key})


def _sealed_key(file: Path) -> SealedKey:
    try:
        with BackupReader.open(file) as backup:
            if SEALED_KEY not in backup.manifest.members:
                raise WrongFile("backup", "", "no key for the province in it")
            return backup.sealed_key()
    except (OSError, Unreadable) as error:
        raise WrongFile("backup", "", "cannot be read") from error
