"""`printer`: which printers there are, and which one this desk's slips go to."""

import argparse

from desk.commands.verb import Call, Verb
from desk.domain.errors import PrinterTrouble


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--use", metavar="NAME", help="print here from the next start on; '' is the system's usual one")


def run(call: Call) -> int:
    """Raises PrinterTrouble for a name the system does not know."""
    names, chosen = call.tools.printers(), call.options.use
    if chosen is not None:
        if chosen and chosen not in names:
            raise PrinterTrouble(chosen, "no_printer")
        call.tools.choose_printer(chosen)
    chosen = call.tools.chosen_printer()
    for name in names:
        call.say(f"{'*' if name == chosen else ' '} {name}", printer=name, chosen=name == chosen)
    if not names and not call.settings.as_json:
        print(call.in_words("Máy này chưa có máy in nào.", "This computer knows no printer."))
    return 0


VERB = Verb("printer", "list the printers, or choose one", run, add_options)
