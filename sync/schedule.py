"""When to turn the wheel next, and how much to load: pure arithmetic over what happened, no clock and no dice inside.

The wheel speeds up when a link is good, backs off when it is not, and never stays away longer than five minutes,
whatever anybody on the way asks for: when the line is back, nothing may wait for hours.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from sync.cycle import Portion, Turn
from sync.protocol.entry import Tip
from sync.protocol.problems import Forked, Problem
from sync.troubles import (
    AnswerLost,
    BadAddress,
    Busy,
    ClockWrong,
    NotTheProvince,
    Offline,
    Refused,
    TooLarge,
)

LONGEST_PAUSE = 300.0
"""Seconds."""
OFFLINE_PAUSE = 15.0
"""Knocking at a dead line costs nobody anything, and this is how soon its return is noticed unaided."""
IDLE_PAUSE = 45.0
"""Between two looks at the feed while nothing waits."""
JITTER = 0.2
"""The part of a pause that is left to chance, so that 400 desks do not knock at once."""

QUICK, SLOW = 4.0, 15.0
"""Seconds: a turn shorter than the first makes the next portion larger, one longer than the second smaller."""
LEAST_BYTES, FIRST_BYTES, MOST_BYTES = 1024, 32 * 1024, 2 * 1024 * 1024
LEAST_ITEMS, FIRST_ITEMS, MOST_ITEMS = 1, 200, 5_000


class Why(StrEnum):
    """How the line to the province is, for the lamp."""

    STARTING = "starting"
    SENDING = "sending"
    IDLE = "idle"
    OFFLINE = "offline"
    UNKNOWN = "unknown"
    """Something was sent and no answer came; the next turn asks."""
    BUSY = "busy"
    NOT_THE_PROVINCE = "not_the_province"
    REFUSED = "refused"
    FORKED = "forked"
    CLOCK = "clock"
    STUCK = "stuck"
    """The province answers and holds nothing new."""
    FAILED = "failed"
    """The desk's own side: its store or an error nobody foresaw."""
    STOPPED = "stopped"


@dataclass(frozen=True)
class Course:
    """Where the wheel stands between two turns."""

    why: Why = Why.STARTING
    entry_bytes: int = FIRST_BYTES
    feed_items: int = FIRST_ITEMS
    failures: int = 0
    """In a row."""
    hold: float = 0.0
    """Seconds the province asked for."""
    ask_first: bool = True
    """What the province holds is not known: a start after a crash, an answer that was lost."""
    eager: bool = True
    """There is more to send or to read."""
    wanted: tuple[Tip, ...] = ()

    @property
    def portion(self) -> Portion:
        """Asking carries nothing but the question, so that even the worst line brings an answer home."""
        return Portion(0, 0) if self.ask_first else Portion(self.entry_bytes, self.feed_items)


def after_turn(course: Course, turn: Turn) -> Course:
    """The course after an answer that was proven and written down."""
    if turn.problem is not None or not turn.settled:
        return _failed(course, _why_told(turn), hold=0.0, ask_first=False, wanted=())
    asked = course.ask_first
    return replace(
        course,
        why=Why.IDLE,
        entry_bytes=_sized(course.entry_bytes, turn, turn.sent > 0, LEAST_BYTES, MOST_BYTES),
        feed_items=_sized(course.feed_items, turn, turn.more and not asked, LEAST_ITEMS, MOST_ITEMS),
        failures=0,
        hold=0.0,
        ask_first=False,
        eager=asked or _goes_on(turn) or (bool(turn.wanted) and not course.wanted),
        wanted=turn.wanted,
    )


def after_failure(course: Course, error: Exception) -> Course:
    """The course after a turn that changed nothing. The line's troubles never count against an entry."""
    why, hold = why_of(error), error.retry_after if isinstance(error, Busy) else 0.0
    shrunk = course if course.ask_first else _shrunk(course, error)
    return _failed(shrunk, why, hold=hold, ask_first=course.ask_first or _leaves_doubt(error), wanted=course.wanted)


def why_of(error: Exception) -> Why:
    """In the lamp's words."""
    match error:
        case Offline() | BadAddress():
            return Why.OFFLINE
        case AnswerLost() | TooLarge():
            return Why.UNKNOWN
        case Busy():
            return Why.BUSY
        case NotTheProvince():
            return Why.NOT_THE_PROVINCE
        case ClockWrong():
            return Why.CLOCK
        case Forked():
            return Why.FORKED
        case Refused() | Problem():
            return Why.REFUSED
        case _:
            return Why.FAILED


def pause(course: Course, chance: float) -> float:
    """Seconds until the next turn; `chance` is in [0, 1). Never more than LONGEST_PAUSE."""
    if course.failures == 0:
        return 0.0 if course.eager else _jittered(IDLE_PAUSE, chance)
    ceiling = OFFLINE_PAUSE if course.why is Why.OFFLINE else LONGEST_PAUSE
    backed_off = _jittered(min(ceiling, 2.0 ** min(course.failures - 1, 10)), chance)
    # What was asked for is the least; chance only adds to it, so that not everybody returns at the same second.
    return min(LONGEST_PAUSE, max(backed_off, course.hold * (1.0 + JITTER * chance)))


def woken(course: Course, *, asked: bool) -> Course:
    """The course when there is a reason not to wait: a new entry, a link that came back, or somebody who asks.

    Only a person who asks outranks the patience the province asked for.
    """
    if course.hold and not asked:
        return course
    return replace(course, failures=0, hold=0.0, eager=True)


def _failed(course: Course, why: Why, *, hold: float, ask_first: bool, wanted: tuple[Tip, ...]) -> Course:
    failures = course.failures + 1
    return replace(course, why=why, failures=failures, hold=hold, ask_first=ask_first, eager=True, wanted=wanted)


def _goes_on(turn: Turn) -> bool:
    """Only a turn that moved something is a reason to turn again at once."""
    return (turn.sent > 0 and turn.unsent > 0) or (turn.items > 0 and turn.more)


def _why_told(turn: Turn) -> Why:
    if turn.problem is None:
        return Why.STUCK
    if turn.problem.code == Forked.code:
        return Why.FORKED
    return Why.STUCK if turn.problem.code == "chain-broken" else Why.REFUSED


def _leaves_doubt(error: Exception) -> bool:
    """After these the parcel may have arrived all the same."""
    return isinstance(error, AnswerLost | NotTheProvince)


def _shrunk(course: Course, error: Exception) -> Course:
    if not isinstance(error, AnswerLost | TooLarge):
        return course
    smaller = max(LEAST_BYTES, course.entry_bytes // 2)
    fewer = course.feed_items if isinstance(error, TooLarge) else max(LEAST_ITEMS, course.feed_items // 2)
    return replace(course, entry_bytes=smaller, feed_items=fewer)


def _sized(size: int, turn: Turn, used: bool, least: int, most: int) -> int:
    if turn.seconds > SLOW:
        return max(least, size // 2)
    return min(most, size * 2) if used and turn.seconds < QUICK else size


def _jittered(seconds: float, chance: float) -> float:
    return seconds * (1.0 - JITTER * chance)
