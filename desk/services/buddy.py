"""The buddy copy: what the province does not hold lies a second time, on a stick or with another desk of the commune.

A supervisor switches it on; from then on it runs by itself (`desk.buddy_round`) and says when it could not.
"""

from dataclasses import replace
from pathlib import Path

from desk.domain.errors import RoleMissing
from desk.services.ports import Clerk, Clock, OpenReading, OpenWork
from desk.services.ports.values import Buddy, Role


def look(*, open_reading: OpenReading) -> Buddy:
    with open_reading() as memory:
        return memory.buddy.get()


def switch_on(folder: Path, *, clerk: Clerk, open_work: OpenWork) -> Buddy:
    """Keep the copy in that folder from now on. Raises RoleMissing."""
    return _change(clerk, open_work, folder=str(folder), done_at=None, trouble=None, since=None)


def switch_off(*, clerk: Clerk, open_work: OpenWork) -> Buddy:
    """What lies there stays until somebody removes it. Raises RoleMissing."""
    return _change(clerk, open_work, folder=None, shared=None, done_at=None, trouble=None, since=None)


def share(folder: Path, *, clerk: Clerk, open_work: OpenWork) -> Buddy:
    """Bring to the province what other desks lay in that folder. Raises RoleMissing."""
    return _change(clerk, open_work, shared=str(folder))


def tell(trouble: str | None, *, open_work: OpenWork, clock: Clock) -> Buddy:
    """How the last round went; of a trouble that lasts, its beginning is kept."""
    now = clock()
    with open_work() as work:
        before = work.buddy.get()
        if trouble is None:
            after = replace(before, done_at=now, trouble=None, since=None)
        else:
            after = replace(before, trouble=trouble, since=before.since or now)
        work.buddy.keep(after)
        work.commit()
    return after


def _change(clerk: Clerk, open_work: OpenWork, **changes: object) -> Buddy:
    if clerk.role is not Role.SUPERVISOR:
        raise RoleMissing(Role.SUPERVISOR.value)
    with open_work() as work:
        after = replace(work.buddy.get(), **changes)  # type: ignore[arg-type]
        work.buddy.keep(after)
        work.commit()
    return after
