"""`hand-over`: say that a result left the office, into whose hands, and when."""

import argparse
from datetime import datetime

from desk.commands.moments import moment_at
from desk.commands.verb import Call, Verb, sign_in
from desk.services import hand_over
from desk.services.ports.values import HandOver, Recipient


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="CODE", help="a dossier's code, or the number scanned from its slip")
    parser.add_argument("--to", required=True, choices=[one.value for one in Recipient])
    parser.add_argument("--name", required=True, help="who took it; of post, the number of the item")
    parser.add_argument("--id", dest="personal_id", default="", help="the identity paper that was shown")
    parser.add_argument("--note", default="")
    parser.add_argument("--at", type=moment_at, metavar='"2026-11-20 09:15"', help="by the clock on the wall")
    parser.add_argument("--again", action="store_true", help="a second hand-over at this desk is meant")
    parser.add_argument("--clock-confirmed", action="store_true", help="the day this computer shows is right")


def run(call: Call) -> int:
    """0 once it is written."""
    options = call.options
    at: datetime = options.at or call.tools.clock()
    given = HandOver(at, Recipient(options.to), options.name, options.personal_id, options.note)
    with call.tools.work() as desk:
        clerk = sign_in(call, desk)
        dossier = hand_over.hand_over(
            options.key,
            given,
            clerk=clerk,
            open_work=desk.open_work,
            clock=call.tools.clock,
            again=options.again,
            clock_confirmed=options.clock_confirmed,
        )
    call.say(call.in_words("Đã ghi trả kết quả.", "The hand-over is written down."), ok=True, dossier=str(dossier))
    return 0


VERB = Verb("hand-over", "say that a result was handed over", run, add_options, writes=True)
