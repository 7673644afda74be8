"""`serve`: answer desks until told to stop."""

import argparse
from collections.abc import Iterable

from sync.province.serve import serve
from sync.province.verbs.said import Grammar, Office, Said, Verbs
from sync.province.workers import serve_with_workers


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "serve", _serve, "answer desks until told to stop")
    parser.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT", help="port 0 takes a free one")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="so many processes, on PostgreSQL")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input is closed")


def _serve(args: argparse.Namespace, office: Office) -> Iterable[Said]:
    if args.workers > 1:
        serve_with_workers(office.database, args.workers, args.listen, office.say, with_parent=args.with_parent)
    else:
        serve(office.database, args.listen, office.say, with_parent=args.with_parent)
    return ()
