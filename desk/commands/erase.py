"""`erase`: forget the persons of a dossier because the law says so; the chain stays whole and proves what is gone."""

import argparse

from desk.commands.verb import Call, Verb, sign_in
from desk.services import erase


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--ground", required=True, choices=("retention", "request"))
    parser.add_argument("--basis", required=True, help="the article, or the request's number")


def run(call: Call) -> int:
    """0 once it is done."""
    with call.tools.work() as desk:
        clerk = sign_in(call, desk)
        options = call.options
        erase.erase_dossier(
            options.code,
            options.ground,
            options.basis,
            clerk=clerk,
            files=call.tools.files(),
            open_work=desk.open_work,
            clock=call.tools.clock,
        )
    call.say(call.in_words(f"Đã xoá nội dung {options.code}.", f"{options.code} erased."), ok=True, code=options.code)
    return 0


VERB = Verb("erase", "forget the persons of a dossier, as the law asks", run, add_options, writes=True)
