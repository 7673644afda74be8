"""What of this desk's files is still to be brought, as sync asks for it: memory knows which, the folder has them."""

from collections.abc import Callable

from desk.services.ports import OpenReading
from desk.store.files import FileBox
from sync.ports import Outgoing


def outgoing(open_reading: OpenReading, files: FileBox) -> Callable[[], tuple[Outgoing, ...]]:
    """Asked anew each time: files come and are confirmed meanwhile."""

    def look() -> tuple[Outgoing, ...]:
        with open_reading() as memory:
            waiting = memory.attachments.on_the_way()
        here = (one for one in waiting if files.has(one.blob))
        return tuple(Outgoing(one.blob, one.sealed_size, files.path(one.blob)) for one in here)

    return look
