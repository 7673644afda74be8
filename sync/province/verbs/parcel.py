"""`parcel import`: hold what desks send on a stick, and lay the answers beside it."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from sync.province.carried import Brought, bring_in, is_revoked
from sync.province.files import BroughtFile
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parcel = grammar.group(verbs, "parcel", "parcels that come on a stick")
    bring = grammar.verb(parcel, "import", _import, "hold what is in them, and lay the answers beside them")
    bring.add_argument("places", nargs="+", type=Path, metavar="DIR|FILE")
    bring.add_argument(
        "--admit-revoked", action="store_true", help="also what a revoked desk wrote; it is said in a notice"
    )


def _import(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    for brought in bring_in(office.database, args.places, admit_revoked=args.admit_revoked):
        if isinstance(brought, BroughtFile):
            yield Said(_file_text(brought), _file_data(brought), done=brought.problem is None)
        else:
            yield Said(_text(brought), _data(brought), done=brought.held)


def _data(brought: Brought) -> dict[str, object]:
    problem = brought.problem
    return {
        "file": brought.file.name,
        "desk": str(brought.desk) if brought.desk else None,
        "entries": brought.entries,
        "held": brought.held,
        "revoked": is_revoked(problem),
        "problem": {"code": problem.code, **problem.facts()} if problem else None,
        "answers": [file.name for file in brought.answers],
    }


def _file_data(brought: BroughtFile) -> dict[str, object]:
    problem = brought.problem
    return {
        "file": brought.file.name,
        "held": problem is None,
        "problem": {"code": problem.code, **problem.facts()} if problem else None,
    }


def _file_text(brought: BroughtFile) -> str:
    state = f"bỏ qua, skipped ({brought.problem})" if brought.problem else "giữ, held"
    return f"{brought.file.name}: {state}"


def _text(brought: Brought) -> str:
    if brought.desk is None:
        return f"{brought.file.name}: bỏ qua, skipped ({brought.problem})"
    return f"{brought.file.name}: {brought.entries} entries, {_state(brought)}, {len(brought.answers)} answers"


def _state(brought: Brought) -> str:
    if not brought.held:
        return f"không giữ, not held ({brought.problem})"
    if is_revoked(brought.problem):
        return "giữ, quầy vẫn bị thu hồi; held, the desk stays revoked"
    return "giữ, held"
