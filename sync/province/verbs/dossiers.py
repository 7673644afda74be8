"""`dossiers`: what is held, in the shape dossiers are brought in, one line each."""

import argparse
from collections.abc import Iterator
from typing import Any

import msgspec

from sync.province import dossiers, files
from sync.province.clock import in_viet_nam
from sync.province.dossiers import HeldDossier
from sync.province.files import ListedFile
from sync.province.verbs import waiting
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "dossiers", _dossiers, "list the dossiers held, or one of them")
    parser.add_argument("code", nargs="?", metavar="CODE")


def _dossiers(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.reading() as work:
        for held in [dossiers.find(work, args.code)] if args.code else dossiers.all_held(work):
            yield Said(_text(held), in_shape(held) | _files(files.listed(work, held.row.id)))


def in_shape(held: HeldDossier) -> dict[str, Any]:
    """As dossiers are brought in (`resources/examples/`), then what became of it."""
    return _brought(held) | {
        "code": held.code,
        "provisional_code": held.row.code if held.row.provisional else None,
        "receiving_agency": held.row.receiving_agency,
        "resolving_agency": held.row.resolving_agency,
        "received_at": in_viet_nam(held.row.received_at),
        "due_at": in_viet_nam(held.row.due_at) if held.row.due_at else None,
        "status": held.row.status,
        "voided": held.row.voided,
        "desk": str(held.row.desk),
        "verdict": held.verdict.verdict if held.verdict else "waiting",
        "refusal": _refusal(held),
        "waiting": [waiting.in_shape(wait) for wait in held.waiting],
    }


def _files(listed: tuple[ListedFile, ...]) -> dict[str, Any]:
    """A dossier is complete when every file it lists is here."""
    said = [{"id": str(one.attachment), "name": one.name, "held": one.held} for one in listed]
    return {"attachments": said, "complete": all(one.held for one in listed)}


def _brought(held: HeldDossier) -> dict[str, Any]:
    if held.body is None:
        return {"procedure": held.row.procedure}
    said: dict[str, Any] = msgspec.to_builtins(held.body)
    keys = ("client_id", "procedure", "channel", "applicant", "owner", "fees")
    brought = {key: said[key] for key in keys} | {"requirements": [_paper(paper) for paper in said["requirements"]]}
    case = {"case": held.body.case} if held.body.case else {}
    return brought | case | {"return": held.body.return_by, "note": held.body.note}


def _paper(said: dict[str, Any]) -> dict[str, Any]:
    """`pages` may be absent from the in-shape, and is where nobody counted any."""
    return {key: value for key, value in said.items() if key != "pages" or value}


def _refusal(held: HeldDossier) -> dict[str, Any] | None:
    verdict = held.verdict
    if verdict is None or verdict.verdict != "refused":
        return None
    return {"field": verdict.field, "reason": {"vi": verdict.reason_vi, "en": verdict.reason_en}}


def _text(held: HeldDossier) -> str:
    row, verdict = held.row, held.verdict and held.verdict.verdict
    state = "void" if row.voided else str(row.status)
    waits = f"  {len(held.waiting)} waiting" if held.waiting else ""
    return f"{held.code}  {row.procedure}  {in_viet_nam(row.received_at)}  {state}  {verdict}{waits}"
