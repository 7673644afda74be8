"""`staff`: who works at the desks."""

import argparse
from collections.abc import Iterator

from sync.protocol.feed import Staff
from sync.province import staff
from sync.province.staff import ROLES
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    of_staff = grammar.group(verbs, "staff", "who works at the desks")
    listing = grammar.verb(of_staff, "list", _list, "list people")
    listing.add_argument("--agency", metavar="ID")
    add = grammar.verb(of_staff, "add", _add, "add a person; says the one-time code to set a PIN with")
    add.add_argument("full_name", metavar="NAME")
    add.add_argument("--agency", required=True, metavar="ID")
    add.add_argument("--role", choices=ROLES, default="clerk")
    add.add_argument("--id", help="made of the name if not said")
    pin = grammar.verb(of_staff, "pin", _pin, "a new one-time code, for a PIN forgotten or a further desk")
    off = grammar.verb(of_staff, "off", _off, "take a person off: they sign in nowhere any more")
    for parser in (pin, off):
        parser.add_argument("id", metavar="ID")


def _list(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.reading() as work:
        yield from (Said(_line(person), _data(person)) for person in staff.all_of(work, args.agency))


def _add(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        person = staff.add(work, args.full_name, agency=args.agency, role=args.role, id=args.id)
        given = staff.give_code(work, person.id)
    yield _code(given)


def _pin(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        given = staff.give_code(work, args.id)
    yield _code(given)


def _off(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        person = staff.take_off(work, args.id)
    yield Said(_line(person), _data(person))


def _code(given: staff.WithCode) -> Said:
    return Said(f"{_line(given.person)}\nPIN code, once: {given.code}", _data(given.person) | {"pin_code": given.code})


def _line(person: Staff) -> str:
    return f"{person.id}  {person.full_name}  {person.role}  {person.agency}{'' if person.active else '  off'}"


def _data(person: Staff) -> dict[str, object]:
    return {
        "id": person.id,
        "full_name": person.full_name,
        "role": person.role,
        "agency": person.agency,
        "active": person.active,
    }
