"""`notices`: what the province wants a person to see to; a supervisor takes note of one with `--seen`."""

import argparse

from desk.commands.verb import Call, Looking, Verb, sign_in
from desk.domain.clock import civil
from desk.services import notices
from desk.services.ports.values import Notice


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seen", metavar="ID", help="somebody has seen to it")


def run(call: Call) -> int:
    """0 also where there is nothing to see to."""
    if call.options.seen:
        return _see(call)
    with call.tools.look() as desk:
        _list(call, desk)
    return 0


def _see(call: Call) -> int:
    with call.tools.work() as desk:
        clerk = sign_in(call, desk)
        notice = notices.see(call.options.seen, clerk=clerk, open_work=desk.open_work, clock=call.tools.clock)
    call.say(call.in_words("Đã ghi là đã xem.", "Noted as seen."), ok=True, id=notice.id)
    return 0


def _list(call: Call, desk: Looking) -> None:
    found = notices.unseen(open_reading=desk.open_reading)
    for one in found:
        call.say(_line(one, call), **_facts(one))
    if not found and not call.settings.as_json:
        print(call.in_words("Không có việc nào cần xem.", "There is nothing to see to."))


def _facts(one: Notice) -> dict[str, object]:
    message = {"vi": one.vi, "en": one.en}
    return {"id": one.id, "matter": one.matter, "code": one.code, "message": message}


def _line(one: Notice, call: Call) -> str:
    return "  ".join(filter(None, (f"{civil(one.at):%d/%m/%Y %H:%M}", one.id, one.code, call.in_words(one.vi, one.en))))


VERB = Verb("notices", "what the province wants somebody to see to", run, add_options, writes=True)
