"""`agency`: who receives and who resolves."""

import argparse
from collections.abc import Iterator

import msgspec

from sync.protocol.feed import Agency
from sync.province import agencies
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    of_agency = grammar.group(verbs, "agency", "who receives and who resolves")
    grammar.verb(of_agency, "list", _list, "list agencies")
    add = grammar.verb(of_agency, "add", _add, "add an agency, or say the newest on one")
    add.add_argument("id", metavar="ID")
    add.add_argument("name", metavar="NAME")
    for option in ("--parent-name", "--place", "--address", "--hotline"):
        add.add_argument(option, default="")
    add.add_argument("--commune", metavar="CODE", help="five digits")


def _list(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.reading() as work:
        yield from (_said(agency) for agency in agencies.all_of(work))


def _add(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    agency = Agency(
        id=args.id,
        name=args.name,
        parent_name=args.parent_name,
        place=args.place,
        commune=args.commune,
        address=args.address,
        hotline=args.hotline,
    )
    with office.database.telling() as work:
        agencies.put(work, agency)
    yield _said(agency)


def _said(agency: Agency) -> Said:
    return Said(f"{agency.id}  {agency.parent_name or agency.name}", msgspec.structs.asdict(agency))
