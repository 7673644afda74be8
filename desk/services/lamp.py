"""The lamp in the corner: what is only on this machine, by arithmetic, never by a flag somebody forgot to set."""

from desk.services.ports import OpenReading, Reading
from desk.services.ports.values import EpochReason, Lamp, LampReason, LampState, Outbox

_FOR_A_PERSON = (LampReason.DESK_REFUSED, LampReason.FORKED, LampReason.CLOCK, LampReason.STORE)
"""These do not pass by themselves, whether something waits or not."""


def look(*, open_reading: OpenReading, line: LampReason = LampReason.NONE) -> Lamp:
    """Green only when the province holds every entry and refuses none. `line` is what stands in the way just now."""
    with open_reading() as memory:
        return _look(memory, line)


def outbox(*, open_reading: OpenReading, line: LampReason = LampReason.NONE, limit: int = 50) -> Outbox:
    """What stands behind the lamp."""
    with open_reading() as memory:
        waiting = memory.dossiers.judged("waiting", limit)
        return Outbox(
            lamp=_look(memory, line),
            unsent=memory.dossiers.unsent(limit),
            refused=memory.dossiers.judged("refused", limit),
            waiting=memory.dossiers.waiting(limit),
            waiting_elsewhere=sum(not one.code for one in waiting),
        )


def _look(memory: Reading, line: LampReason) -> Lamp:
    entries, dossiers, oldest_at = memory.journal.unsent()
    refused = memory.dossiers.count_judged("refused")
    waiting = memory.dossiers.count_judged("waiting")
    files = memory.attachments.count_on_the_way()
    buddy = memory.buddy.get()
    state, reason = _state(entries, refused, waiting, files, line)
    if state is LampState.GREEN and not memory.journal.is_judged():
        state, reason = LampState.AMBER, LampReason.WAITING  # held; nobody has said yet that none is refused
    if buddy.since is not None and state is LampState.GREEN:
        state, reason = LampState.AMBER, LampReason.BUDDY
    if memory.disk_is_full:
        state, reason = LampState.RED, LampReason.DISK_FULL
    return Lamp(
        state=state,
        reason=reason,
        unsent_dossiers=dossiers,
        unsent_entries=entries,
        oldest_at=oldest_at,
        refused=refused,
        waiting=waiting,
        files=files,
        buddy_trouble_since=buddy.since,
        last_heard_at=memory.contact.last_heard_at(),
        notices=memory.notices.count_unseen(),
        unnumbered=_unnumbered(memory),
    )


def _unnumbered(memory: Reading) -> EpochReason | None:
    current = memory.epochs.current()
    return current.reason if current and memory.identity.desk().number is None else None


def _state(entries: int, refused: int, waiting: int, files: int, line: LampReason) -> tuple[LampState, LampReason]:
    """Red asks for a person, amber for patience. A line that is down is no trouble while nothing waits for it."""
    if refused:
        return LampState.RED, LampReason.REFUSED
    if line in _FOR_A_PERSON:
        return LampState.RED, line
    if entries:
        return LampState.AMBER, line if line is not LampReason.NONE else LampReason.SENDING
    if line is LampReason.BODIES:
        return LampState.AMBER, line
    if waiting:
        return LampState.AMBER, LampReason.WAITING
    if files:
        return LampState.AMBER, line if line is not LampReason.NONE else LampReason.FILES
    return LampState.GREEN, LampReason.NONE
