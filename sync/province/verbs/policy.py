"""`policy`: what the province decides about its desks."""

import argparse
from collections.abc import Iterator

import msgspec

from sync.province import policy
from sync.province.errors import NotPossible
from sync.province.verbs.said import Grammar, Office, Said, Verbs

_MOST_MONTHS = 1200
_MOST_DAYS = 3650


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "policy", _policy, "show or change what the province decides about its desks")
    parser.add_argument("--codes", choices=("desk", "province"), help="whose dossier codes are official")
    parser.add_argument("--lookup", metavar="URL", help="what a citizen's phone opens; {code} stands for the code")
    parser.add_argument("--keep-months", type=int, metavar="N", help="how long desks keep persons' data")
    parser.add_argument("--keep-file-days", type=int, metavar="N", help="how long desks keep files we have confirmed")


def _policy(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    said = {name: getattr(args, name) for name in ("codes", "lookup", "keep_months", "keep_file_days")}
    changes = {name: value for name, value in said.items() if value is not None}
    if not 1 <= changes.get("keep_months", 1) <= _MOST_MONTHS:
        raise NotPossible("Số tháng từ 1 đến 1200.", "Months are 1 to 1200.")
    if not 0 <= changes.get("keep_file_days", 0) <= _MOST_DAYS:
        raise NotPossible("Số ngày từ 0 đến 3650.", "Days are 0 to 3650.")
    with office.database.telling() as work:
        now = msgspec.structs.replace(policy.get(work), **changes)
        if changes:
            policy.put(work, now)
    yield Said(
        f"codes: {now.codes}\nlookup: {now.lookup or '-'}\nkeep months: {now.keep_months}\n"
        f"keep file days: {now.keep_file_days}",
        msgspec.structs.asdict(now),
    )
