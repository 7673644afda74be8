"""The verbs of the command: one file each, one line here; the order is the help's order."""

from desk.commands import (
    accept,
    attach,
    demo,
    enrol,
    erase,
    find,
    journal,
    number,
    printer,
    slip,
    status,
    sync,
    verify,
    void,
    window,
)
from desk.commands.verb import Verb

VERBS: tuple[Verb, ...] = (
    window.VERB,
    demo.VERB,
    enrol.VERB,
    accept.VERB,
    find.VERB,
    slip.VERB,
    attach.VERB,
    void.VERB,
    erase.VERB,
    sync.VERB,
    status.VERB,
    number.VERB,
    printer.VERB,
    journal.VERB,
    verify.VERB,
)
