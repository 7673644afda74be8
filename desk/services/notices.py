"""What the province wants a person to see to, and the word that somebody did."""

from desk.domain.errors import RoleMissing
from desk.services.ports import Clerk, Clock, OpenReading, OpenWork
from desk.services.ports.values import Notice, Role
from sync.protocol.entries.notice_seen import NoticeSeen

MOST = 100


def unseen(*, open_reading: OpenReading) -> tuple[Notice, ...]:
    """Oldest first. Everybody may read them; a supervisor sees to them."""
    with open_reading() as memory:
        return memory.notices.unseen(MOST)


def see(id: str, *, clerk: Clerk, open_work: OpenWork, clock: Clock) -> Notice:
    """Take note. Doing it twice, or after another desk did, writes nothing. Raises RoleMissing, NotFound."""
    if clerk.role is not Role.SUPERVISOR:
        raise RoleMissing(Role.SUPERVISOR.value)
    with open_work() as work:
        notice = work.notices.get(id)
        if not notice.seen:
            work.journal.append(NoticeSeen(notice=id), at=clock(), clerk=clerk.id)
            work.commit()
    return notice
