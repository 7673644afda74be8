"""`code`: a one-time enrolment code for a desk."""

import argparse
from collections.abc import Iterator

from sync.protocol.instant import write_instant
from sync.province import enrol
from sync.province.clock import in_viet_nam
from sync.province.enrol import MadeCode
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "code", _code, "make a one-time enrolment code for a desk")
    parser.add_argument("--agency", required=True, metavar="ID", help="the agency whose desk it will be")
    parser.add_argument("--supervisor", metavar="NAME", help="its first supervisor: an id, or a new person's full name")


def _code(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        made = enrol.make_code(work, args.agency, args.supervisor)
    yield Said(_text(made), _data(made))


def _text(made: MadeCode) -> str:
    person = made.supervisor
    how = "made for this" if made.newcomer else "known already"
    until = in_viet_nam(write_instant(made.expires_at))
    return f"{made.code}\nsupervisor: {person.id} ({person.full_name}), {how}\nvalid once, until {until}"


def _data(made: MadeCode) -> dict[str, object]:
    person = made.supervisor
    return {
        "code": str(made.code),
        "agency": made.agency.id,
        "supervisor": {"id": person.id, "full_name": person.full_name, "new": made.newcomer},
        "expires_at": in_viet_nam(write_instant(made.expires_at)),
    }
