"""`number`: take the desk number the province read out by telephone, or show the letters to read out for one."""

import argparse

from desk.commands.verb import Call, Verb
from desk.services import epochs


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="what the province read out; without it, what to ask")


def run(call: Call) -> int:
    """0 when there is a number, or the letters to ask for one; 1 is an error like everywhere."""
    return _take(call, call.options.code) if call.options.code else _ask(call)


def _take(call: Call, code: str) -> int:
    with call.tools.work() as desk:
        number = epochs.take_spoken_number(code, open_work=desk.open_work, clock=call.tools.clock)
    call.say(call.in_words(f"Quầy này mang số {number}.", f"This desk's number is {number}."), ok=True, number=number)
    return 0


def _ask(call: Call) -> int:
    with call.tools.look() as desk:
        asked = epochs.number_request(open_reading=desk.open_reading)
        with desk.open_reading() as memory:
            number = memory.identity.desk().number
    if asked is None:
        said = call.in_words(f"Quầy này đã có số {number}.", f"This desk has number {number} already.")
        call.say(said, ok=True, number=number, request=None)
        return 0
    vi = f"Gọi cho tỉnh, đọc số quầy cũ {asked.last_number} và dãy chữ {asked.request}"
    en = f"Call the province and read out the desk's last number, {asked.last_number}, and {asked.request}"
    vi, en = f"{vi}\nTỉnh đọc lại một dãy chữ; gõ: desk number DÃY-CHỮ", f"{en}\nThen type: desk number ANSWER"
    call.say(call.in_words(vi, en), ok=True, number=None, last_number=asked.last_number, request=str(asked.request))
    return 0


VERB = Verb("number", "take a desk number that was read out by telephone", run, add_options)
