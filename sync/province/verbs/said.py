"""What a verb is, and what it says: each thing once for people and once for machines."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync.province.database import Database
from sync.province.foundation import Founding


@dataclass(frozen=True)
class Said:
    """A line or some lines for people, an object for machines."""

    text: str
    data: dict[str, Any] = field(default_factory=dict)
    done: bool = True
    """Whether it was done as asked; else the exit code is 1, though all else goes on."""


@dataclass(frozen=True)
class Office:
    """Where verbs work; `new` where the province was founded just now."""

    database: Database
    founding: Founding
    new: bool
    say: Callable[[str], None]
    """For what must be said at once, while the verb goes on."""


Run = Callable[[argparse.Namespace, Office], Iterable[Said]]
LonelyRun = Callable[[argparse.Namespace], Iterable[Said]]
Verbs = Any
"""argparse keeps its type for a group of sub-commands to itself."""


@dataclass(frozen=True)
class Grammar:
    """Adds verbs that all know the common options."""

    common: argparse.ArgumentParser

    def verb(self, verbs: Verbs, name: str, run: Run, help: str) -> argparse.ArgumentParser:
        """A verb that does something."""
        parser: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=help, parents=[self.common])
        parser.set_defaults(run=run)
        return parser

    def lonely_verb(self, verbs: Verbs, name: str, run: LonelyRun, help: str) -> argparse.ArgumentParser:
        """A verb that needs no province: it runs where there is none."""
        parser: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=help)
        parser.add_argument("--root-key", type=Path, required=True, metavar="FILE", help="where the root key is")
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.set_defaults(run_alone=run)
        return parser

    def group(self, verbs: Verbs, name: str, help: str) -> Verbs:
        """A noun with verbs of its own."""
        parser = verbs.add_parser(name, help=help, description=help)
        return parser.add_subparsers(required=True, metavar="VERB")
