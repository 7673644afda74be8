"""`openapi`: the HTTP contract, for whoever builds another end."""

import argparse
from collections.abc import Iterator

from sync.protocol import canonical
from sync.province.http import make_app
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    grammar.verb(verbs, "openapi", _openapi, "print the HTTP contract as OpenAPI 3.1")


def _openapi(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    document = make_app(office.database).openapi()
    yield Said(canonical.write(document), document)
