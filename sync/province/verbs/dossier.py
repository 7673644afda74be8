"""`status`, `refuse`, `number`: what an officer says about one dossier."""

import argparse
from collections.abc import Iterator
from datetime import datetime

from sync.protocol.feed import Reason
from sync.protocol.instant import write_instant
from sync.province import codes, dossiers, judge, policy
from sync.province.clock import VN
from sync.province.errors import NotPossible
from sync.province.statuses import STATUSES
from sync.province.verbs.said import Grammar, Office, Said, Verbs
from sync.province.verdicts import Judgement


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    _add_status(grammar, verbs)
    _add_refuse(grammar, verbs)
    number = grammar.verb(verbs, "number", _number, "give a provisional dossier its official code")
    number.add_argument("code", metavar="CODE")


def _add_status(grammar: Grammar, verbs: Verbs) -> None:
    status = grammar.verb(verbs, "status", _status, "say where a dossier stands, by the national ten")
    status.add_argument("code", metavar="CODE")
    status.add_argument("status", type=int, choices=STATUSES, metavar="1..10")
    status.add_argument("--note", default="")
    status.add_argument("--due", type=_moment, metavar="WHEN", help="new due time, 2025-07-03T17:00 (+07:00)")
    status.add_argument("--by", help="who decided; the province if not said")


def _add_refuse(grammar: Grammar, verbs: Verbs) -> None:
    refuse = grammar.verb(verbs, "refuse", _refuse, "refuse what a desk wrote about a dossier, with field and reason")
    refuse.add_argument("code", metavar="CODE")
    refuse.add_argument("--field", help="the one to put right, if it is a single one")
    refuse.add_argument("--reason", help="the same in both languages")
    refuse.add_argument("--reason-vi")
    refuse.add_argument("--reason-en")


def _status(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        by = args.by or policy.province(work).name
        row = dossiers.set_status(work, args.code, args.status, by=by, note=args.note, due_at=args.due)
    yield Said(
        f"{args.code}: {row.status} {STATUSES[row.status].vi} / {STATUSES[row.status].en}",
        {"code": args.code, "status": row.status},
    )


def _refuse(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    vi, en = args.reason_vi or args.reason, args.reason_en or args.reason
    if not vi or not en:
        raise NotPossible("Phải nêu lý do bằng cả hai thứ tiếng.", "Say the reason in both languages.")
    with office.database.telling() as work:
        row = dossiers.find(work, args.code).row
        judge.overrule(work, dossiers.acceptance(work, row), Judgement("refused", args.field, Reason(vi=vi, en=en)))
    yield Said(
        f"{args.code}: refused, {args.field or 'as a whole'}",
        {"code": args.code, "verdict": "refused", "field": args.field},
    )


def _number(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        row = dossiers.find(work, args.code).row
        if not row.provisional:
            raise NotPossible("Hồ sơ đã có mã chính thức.", "The dossier has an official code.")
        code = row.official or codes.number(work, row)
    yield Said(f"{row.code}: {code}", {"provisional_code": row.code, "code": code})


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return write_instant(moment if moment.tzinfo else moment.replace(tzinfo=VN))
