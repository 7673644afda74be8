"""The verbs of the command: one file each, one line here; the order is the help's order."""

from desk.commands import (
    accept,
    attach,
    demo,
    enrol,
    erase,
    find,
    hand_over,
    journal,
    notices,
    number,
    printer,
    recover,
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
    recover.VERB,
    find.VERB,
    slip.VERB,
    attach.VERB,
    void.VERB,
    hand_over.VERB,
    erase.VERB,
    sync.VERB,
    status.VERB,
    notices.VERB,
    number.VERB,
    printer.VERB,
    journal.VERB,
    verify.VERB,
)
