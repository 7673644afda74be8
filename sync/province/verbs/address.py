"""`address`: where the desks reach the province from now on."""

import argparse
from collections.abc import Iterator
from urllib.parse import urlsplit

from sync.protocol.feed import Address
from sync.province import feed
from sync.province.errors import NotPossible
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "address", _address, "tell the desks that this province moves to another address")
    parser.add_argument("url", metavar="URL", help="keep the old one alive until `desks` shows that all have heard")


def _address(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    url = _checked(args.url)
    with office.database.telling() as work:
        feed.tell(work, "address", "address", Address(url=url))
    yield Said(url, {"address": url})


def _checked(url: str) -> str:
    """Raises NotPossible for what no desk would use: trust comes by TLS, or the way stays inside this machine."""
    parts = urlsplit(url)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local)) and not parts.query:
        return url.rstrip("/")
    raise NotPossible("Địa chỉ phải bắt đầu bằng https://.", "The address must begin with https://.")
