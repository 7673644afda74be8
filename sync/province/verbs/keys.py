"""`keys`: the province's own."""

import argparse
from collections.abc import Iterator

from sync.province import desks, documents, keys, policy
from sync.province.database import Work
from sync.province.errors import AlreadyThere
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    of_keys = grammar.group(verbs, "keys", "the province's own")
    grammar.verb(of_keys, "init", _init, "make root and keys; what is there is never overwritten")
    grammar.verb(of_keys, "rotate", _rotate, "new keys under the same root; the old ones go on reading")
    grammar.verb(of_keys, "show", _show, "what desks can check")


def _init(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    """Opening the office has made the keys, unless they were there."""
    with office.database.reading() as work:
        if not office.new:
            raise AlreadyThere("key", keys.in_force(work).root[:16])
        yield _said(work, office)


def _rotate(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    root = keys.read_root(office.founding.root_key)
    with office.database.telling() as work:
        row = policy.province(work)
        keys.put_in_force(work, root, province=row.province, name=row.name)
        documents.sign_again(work)
        desks.renew_all(work)
        yield _said(work, office)


def _show(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.reading() as work:
        yield _said(work, office)


def _said(work: Work, office: Office) -> Said:
    in_force = keys.in_force(work)
    said = in_force.said
    data = {
        "province": said.province,
        "name": said.name,
        "root": in_force.root,
        "serial": said.serial,
        "key": said.key,
        "not_after": said.not_after,
        "root_key_file": str(office.founding.root_key),
    }
    text = f"{said.province} {said.name}\nroot {in_force.root}\nserial {said.serial}, until {said.not_after}"
    return Said(f"{text}\nroot key in {office.founding.root_key}: keep it off this machine", data)
