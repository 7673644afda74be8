"""`policy`: what the province decides about its desks."""

import argparse
from collections.abc import Iterator

import msgspec

from sync.province import policy
from sync.province.errors import NotPossible
from sync.province.verbs.said import Grammar, Office, Said, Verbs

_MOST_MONTHS = 1200


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "policy", _policy, "show or change what the province decides about its desks")
    parser.add_argument("--codes", choices=("desk", "province"), help="whose dossier codes are official")
    parser.add_argument("--lookup", metavar="URL", help="what a citizen's phone opens; {code} stands for the code")
    parser.add_argument("--keep-months", type=int, metavar="N", help="how long desks keep persons' data")


def _policy(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    said = {"codes": args.codes, "lookup": args.lookup, "keep_months": args.keep_months}
    changes = {name: value for name, value in said.items() if value is not None}
    if not 1 <= changes.get("keep_months", 1) <= _MOST_MONTHS:
        raise NotPossible("Số tháng từ 1 đến 1200.", "Months are 1 to 1200.")
    with office.database.telling() as work:
        now = msgspec.structs.replace(policy.get(work), **changes)
        if changes:
            policy.put(work, now)
    yield Said(
        f"codes: {now.codes}\nlookup: {now.lookup or '-'}\nkeep months: {now.keep_months}",
        msgspec.structs.asdict(now),
    )
