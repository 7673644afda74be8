"""`void`: say that a dossier was taken by mistake. Its number stays in the register and is never used again."""

import argparse

from desk.commands.verb import Call, Verb, sign_in
from desk.services import reception


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--reason", required=True)


def run(call: Call) -> int:
    """0 once it is written."""
    with call.tools.work() as desk:
        clerk = sign_in(call, desk)
        options = call.options
        dossier = reception.void_dossier(
            options.code, options.reason, clerk=clerk, open_work=desk.open_work, clock=call.tools.clock
        )
    call.say(call.in_words(f"Đã huỷ {dossier.code}.", f"{dossier.code} is void."), ok=True, code=dossier.code)
    return 0


VERB = Verb("void", "take a dossier back that was taken by mistake", run, add_options, writes=True)
