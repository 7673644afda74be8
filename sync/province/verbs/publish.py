"""`catalogue publish` and `calendar publish`: sign a document and let every desk have it."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from sync.province import documents
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    catalogue = grammar.group(verbs, "catalogue", "the published procedures")
    calendar = grammar.group(verbs, "calendar", "days off, make-up days and opening hours")
    for group, run in ((catalogue, _catalogue), (calendar, _calendar)):
        grammar.verb(group, "publish", run, "sign a document and let every desk have it").add_argument(
            "file", type=Path, metavar="FILE"
        )


def _catalogue(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    document = documents.read_document(args.file)
    with office.database.telling() as work:
        version = documents.publish_catalogue(work, document, args.file.name)
    yield Said(f"catalogue {version} published", {"catalogue": version})


def _calendar(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    document = documents.read_document(args.file)
    with office.database.telling() as work:
        version = documents.publish_calendar(work, document, args.file.name)
    yield Said(f"calendar {version} published", {"calendar": version})
