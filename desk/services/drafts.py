"""The half-filled form of a clerk, kept so often that a power cut costs a word."""

from datetime import datetime

from desk.domain.errors import Malformed, Reason
from desk.services.ports import Clerk, Clock, OpenReading, OpenWork

LONGEST = 256 * 1024
"""Letters; the fullest form has a tenth of it."""


def save_draft(clerk: Clerk, draft: str, *, open_work: OpenWork, clock: Clock) -> None:
    """`draft` is JSON of the screen's own making; nothing here reads it. Raises Malformed when it is absurdly long."""
    if len(draft) > LONGEST:
        raise Malformed("draft", "text", Reason.TOO_LONG)
    with open_work() as work:
        work.drafts.save(clerk.id, draft, clock())
        work.commit()


def load_draft(clerk: Clerk, *, open_reading: OpenReading) -> str | None:
    with open_reading() as memory:
        return memory.drafts.load(clerk.id)


def drop_draft(clerk: Clerk, *, open_work: OpenWork) -> None:
    """The dossier was taken, or the clerk emptied the form."""
    with open_work() as work:
        work.drafts.drop(clerk.id)
        work.commit()


def list_drafts(*, open_reading: OpenReading) -> tuple[tuple[str, datetime], ...]:
    """Whose drafts there are, and since when; the newest first."""
    with open_reading() as memory:
        return memory.drafts.all()
