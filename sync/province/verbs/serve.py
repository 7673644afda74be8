"""`serve`: answer desks until told to stop."""

import argparse
from collections.abc import Iterable

from sync.province.serve import serve
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "serve", _serve, "answer desks until told to stop")
    parser.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT", help="port 0 takes a free one")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input is closed")


def _serve(args: argparse.Namespace, office: Office) -> Iterable[Said]:
    serve(office.database, args.listen, office.say, with_parent=args.with_parent)
    return ()
