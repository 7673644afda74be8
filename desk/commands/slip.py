"""`slip`: issue a dossier's slip, or issue it anew, as a PDF.

Each issue is an entry of the journal, written down before the file is: so it needs the writer, and says so beside an
open window, where the clerk prints. From the second issue on the paper says that it is a reprint.
"""

import argparse
import os
from pathlib import Path

from desk.commands.verb import Call, Verb, sign_in
from desk.domain.errors import FileTrouble
from desk.services import slips


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--out", required=True, type=Path, metavar="F.pdf")


def run(call: Call) -> int:
    """0 once the file is there. A place where no file can be is refused before anything is written down."""
    from desk.forms.slip import draw  # reportlab takes its time to load, and no other verb draws

    _check_place(call.options.out)
    with call.tools.work() as desk:
        clerk = sign_in(call, desk)
        issued = slips.issue_slip(
            call.options.code,
            clerk=clerk,
            open_work=desk.open_work,
            clock=call.tools.clock,
            new_id=call.tools.new_id,
            units=call.tools.units(),
        )
        _write(call.options.out, draw(issued.paper))
        slips.slip_sent(issued.id, open_work=desk.open_work, clock=call.tools.clock)
    call.say(
        call.in_words(f"{issued.code}: {call.options.out}", f"{issued.code}: {call.options.out}"),
        ok=True,
        code=issued.code,
        slip=str(issued.id),
        issue=issued.issue,
        file=str(call.options.out),
    )
    return 0


def _check_place(file: Path) -> None:
    """Raises FileTrouble where no file of that name could be written."""
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise FileTrouble


def _write(file: Path, pdf: bytes) -> None:
    """Raises FileTrouble: the issue stands in the journal, the paper can be had again."""
    try:
        file.write_bytes(pdf)
    except OSError as error:
        raise FileTrouble from error


VERB = Verb("slip", "issue a dossier's slip as PDF", run, add_options, writes=True)
