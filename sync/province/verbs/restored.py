"""`restored`: the database came back from a backup."""

import argparse
from collections.abc import Iterator

from sync.province import restored
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "restored", _restored, "say to all desks that this database came back from a backup")
    add = parser.add_argument
    add("--desk-numbers", type=int, default=restored.DESK_NUMBERS, metavar="N", help="leap over so many")
    add("--codes", type=int, default=restored.CODES_A_DAY, metavar="N", help="leap over so many, each agency and day")


def _restored(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        leap = restored.restored(work, desk_numbers=args.desk_numbers, codes_a_day=args.codes)
    text = (
        f"incarnation {leap.incarnation}; the next desk number is {leap.next_desk_number}\n"
        "Desks send again what is missing. Say again what only this office knew: staff, revocations, statuses, policy."
    )
    yield Said(text, {"incarnation": leap.incarnation, "next_desk_number": leap.next_desk_number})
