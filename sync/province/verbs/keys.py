"""`keys`: the province's own. The root is needed for `init`, `rotate` and `sign`, and lies in a drawer otherwise."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sync.protocol.signing import Signed
from sync.province import ceremony, keys
from sync.province.ceremony import KeyRequest
from sync.province.clock import system_clock
from sync.province.database import Work
from sync.province.errors import AlreadyThere
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    of_keys = grammar.group(verbs, "keys", "the province's own")
    grammar.verb(of_keys, "init", _init, "make root and keys; what is there is never overwritten")
    grammar.verb(of_keys, "rotate", _rotate, "new keys under the same root; the old ones go on reading")
    grammar.verb(of_keys, "show", _show, "what desks can check")
    request = grammar.verb(of_keys, "request", _request, "make new keys and ask for their certificate")
    request.add_argument("file", type=Path, metavar="FILE", help="what goes to where the root lies")
    sign = grammar.lonely_verb(of_keys, "sign", _sign, "certify requested keys; needs the root and nothing else")
    sign.add_argument("request", type=Path, metavar="REQUEST")
    sign.add_argument("file", type=Path, metavar="FILE", help="what goes back")
    install = grammar.verb(of_keys, "install", _install, "put certified keys in force; the old ones go on reading")
    install.add_argument("file", type=Path, metavar="FILE")


def _init(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    """Opening the office has made the keys, unless they were there."""
    with office.database.reading() as work:
        if not office.new:
            raise AlreadyThere("key", keys.in_force(work).root[:16])
        yield _said(work, office)


def _rotate(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    """All three steps at once, for a province whose root is at hand."""
    root = keys.read_root(office.founding.root_key)
    with office.database.telling() as work:
        ceremony.install(work, ceremony.certify(root, ceremony.ask(work), work.now))
        yield _said(work, office)


def _request(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.writing() as work:
        asked = ceremony.ask(work)
        ceremony.write_file(args.file, asked)
    yield Said(f"{args.file}: bring it to the root, then `keys sign`", msgspec.structs.asdict(asked))


def _sign(args: argparse.Namespace) -> Iterator[Said]:
    root = keys.read_root(args.root_key)
    asked = ceremony.read_file(args.request, KeyRequest)
    certificate = ceremony.certify(root, asked, system_clock())
    ceremony.write_file(args.file, certificate)
    text = f"{asked.province} {asked.name}, serial {asked.serial}: bring {args.file} back, then `keys install`"
    yield Said(text, msgspec.structs.asdict(asked))


def _install(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    certificate = ceremony.read_file(args.file, Signed)
    with office.database.telling() as work:
        ceremony.install(work, certificate)
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
