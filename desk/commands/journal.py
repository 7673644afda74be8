"""`journal`: every entry this desk ever wrote, with what an outsider needs to recompute chain and signatures."""

import json
from typing import Any

from desk.commands.verb import Call, Verb
from desk.services import journal


def run(call: Call) -> int:
    """With --json the lines of `resources/examples/README.md`; otherwise a line an entry, for people."""
    with call.tools.look() as desk:
        for line in journal.lines(open_reading=desk.open_reading):
            if call.settings.as_json:
                print(line, flush=False)
            elif text := _for_people(json.loads(line)):
                print(text)
    return 0


def _for_people(line: dict[str, Any]) -> str:
    """No body: what is in a dossier, `find` shows. The first line, of keys and certificates, is for machines."""
    if "head" not in line:
        return ""
    head = json.loads(line["head"])
    about = head["dossier"] or ""
    erased = " ∅" if line["body"] is None else ""
    return f"{head['epoch']}/{head['seq']}  {head['time']}  {head['kind']}{erased}  {head['clerk'] or '-'}  {about}"


VERB = Verb("journal", "every entry, for whoever checks", run)
