"""When to turn the wheel next, and how much to load: pure arithmetic over what happened, no clock and no dice inside.

The wheel speeds up when a link is good, backs off when it is not, and never stays away longer than five minutes,
whatever anybody on the way asks for: when the line is back, nothing may wait for hours.

A parcel that does not get through while questions do is made smaller until it carries one deed; when that does not get
through either, its heads go without their bodies. So nobody on the way who dislikes one body can stop the others.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from sync.cycle import Kind, Portion, Turn
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
BEAT = 15.0
"""Seconds: each desk has a moment of its own in every beat. Whoever finds the line dead knocks again at the next one,
and so notices its return within a beat; whoever backs off comes back at one."""
IDLE_PAUSE = 3 * BEAT
"""Between two looks at the feed while nothing waits."""
SHORT_PAUSE = 1.0
"""Before asking what became of a parcel whose answer was lost."""
SETBACK_PAUSE = 8.0
"""The longest before a smaller parcel is tried, while questions are answered."""

TARGET, SLOW = 12.0, 30.0
"""Seconds a turn should take: long against any round trip, short against any patience; and what is too long."""
MOST_GROWTH = 8.0
CAREFUL_GROWTH = 1.125
"""Past a size that once did not get through."""
LEAST_BYTES, SMALL_BYTES, FIRST_BYTES, MOST_BYTES = 1, 1024, 32 * 1024, 2 * 1024 * 1024
"""The least is a single deed, whatever its size."""
LEAST_ITEMS, FIRST_ITEMS, MOST_ITEMS = 1, 200, 5_000

CORNERED = 3
"""So often must one deed alone fail to get through before its heads go without their bodies."""
GIVEN_UP = 2 * CORNERED
"""From then on even bare heads are tried more rarely."""
MOST_RESTS = 40
"""Idle looks at the feed, half an hour of them, between two tries with a body that somebody refuses."""

LOOKS = (5.0, 10.0, 20.0)
"""Seconds between the first looks at the feed after something was sent: its judgement is made meanwhile."""

_GOLDEN = 0.6180339887498949


class Why(StrEnum):
    """How the line to the province is, for the lamp."""

    STARTING = "starting"
    SENDING = "sending"
    IDLE = "idle"
    OFFLINE = "offline"
    UNKNOWN = "unknown"
    """Something was sent and no answer came; the next turn asks."""
    SHRINKING = "shrinking"
    """A parcel was too large for somebody on the way; the next one is smaller."""
    BODIES = "bodies"
    """All heads are held; somebody on the way refuses what belongs to some of them."""
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


class Wake(StrEnum):
    """Why somebody does not want to wait."""

    ASKED = "asked"
    LINK = "link"
    ENTRY = "entry"


@dataclass(frozen=True)
class Beat:
    """A moment, and a desk's place in every beat, from 0 to 1. `now` is the province's time, in seconds."""

    now: float
    place: float

    def after(self, seconds: float) -> float:
        """Seconds until this desk's next moment that is at least so many seconds away."""
        return seconds + (self.place * BEAT - self.now - seconds) % BEAT


def place_of(number: int) -> float:
    """A desk's place in the beat, by its desk number. Numbers are given one after the other, and steps of the golden
    section spread any run of them evenly: 400 desks are 27 a second and never many more."""
    return number * _GOLDEN % 1.0


@dataclass(frozen=True)
class Course:
    """Where the wheel stands between two turns."""

    why: Why = Why.STARTING
    entry_bytes: int = FIRST_BYTES
    safe_bytes: int = MOST_BYTES
    """Up to here portions grow quickly: twice that did not get through the last time."""
    feed_items: int = FIRST_ITEMS
    failures: int = 0
    """In a row."""
    hold: float = 0.0
    """Seconds the province asked for."""
    ask_first: bool = True
    """What the province holds is not known: a start after a crash, an answer that was lost."""
    eager: bool = True
    """There is more to send or to read."""
    urgent: bool = False
    """Somebody does not want to wait."""
    setbacks: int = 0
    """Parcels with entries that came to nothing since one got through; questions in between do not count."""
    cornered: int = 0
    """Of those, the ones that carried a single deed."""
    looks: int = len(LOOKS)
    """How many of LOOKS are over."""
    asked_for: bool = False
    """The province wants bodies."""
    body_failures: int = 0
    """Parcels with bodies it asked for that came to nothing since it asked for none."""
    body_rest: int = 0
    """Idle turns before the next try with one."""

    @property
    def portion(self) -> Portion:
        """Asking carries nothing but the question, so that even the worst line brings an answer home."""
        if self.ask_first:
            return Portion(0, 0)
        return Portion(
            self.entry_bytes,
            self.feed_items,
            bare=self.cornered >= CORNERED,
            apart=self.cornered > 0 or self.body_failures > 0,
            bodies=self.body_rest == 0,
            alone=self.body_failures if self.body_failures else None,
        )


def after_turn(course: Course, turn: Turn) -> Course:
    """The course after an answer that was proven and written down."""
    if turn.problem is not None or not turn.settled:
        return _failed(course, _why_told(turn), hold=0.0, ask_first=False)
    course = replace(course, failures=0, hold=0.0, ask_first=False, urgent=False)
    match turn.kind:
        case Kind.QUESTION:
            return _after_question(course, turn)
        case Kind.BODIES:
            return _after_bodies(course, turn)
        case Kind.HEADS:
            course = replace(course, body_failures=max(1, course.body_failures), body_rest=1)
    return _after_good_turn(course, turn)


def after_failure(course: Course, error: Exception, kind: Kind = Kind.QUESTION) -> Course:
    """The course after a parcel of that kind changed nothing. The line's troubles never count against an entry."""
    if isinstance(error, AnswerLost | TooLarge | NotTheProvince):
        course = _set_back(course, error, kind)
    hold = error.retry_after if isinstance(error, Busy) else 0.0
    doubt = course.ask_first or isinstance(error, AnswerLost | NotTheProvince)
    return _failed(course, why_of(error), hold=hold, ask_first=doubt)


def why_of(error: Exception) -> Why:
    """In the lamp's words."""
    match error:
        case Offline() | BadAddress():
            return Why.OFFLINE
        case AnswerLost():
            return Why.UNKNOWN
        case TooLarge():
            return Why.SHRINKING
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


def pause(course: Course, beat: Beat) -> float:
    """Seconds until the next turn. Never more than LONGEST_PAUSE."""
    if course.urgent:
        return 0.0
    if course.failures == 0:
        return _before_next(course) if course.eager else _idle(course, beat)
    if course.failures == 1 and course.why in (Why.UNKNOWN, Why.SHRINKING):
        return SHORT_PAUSE
    return min(LONGEST_PAUSE, beat.after(max(_backed_off(course), course.hold)))


def is_worth_another(course: Course, patience: int) -> bool:
    """Whether whoever drains on foot should turn again at once: something moves, or is about to."""
    if course.setbacks > 4 * patience:
        return False
    if course.failures == 0:
        return course.eager
    return course.why in (Why.STUCK, Why.SHRINKING) and course.failures < patience + course.setbacks


def woken(course: Course, wake: Wake) -> Course:
    """The course when there is a reason not to wait.

    Only a person who asks outranks the patience the province asked for. A new entry goes at once while the line is
    well, and at the desk's next moment while it is not: 400 desks that go on working must not storm a dead line.
    """
    if wake is Wake.ASKED:
        return replace(course, hold=0.0, urgent=True, body_rest=0)
    if course.hold:
        return course
    if wake is Wake.LINK:
        # Systems tell of every renewed address; whose line is well has nothing to try.
        return replace(course, urgent=True) if course.failures else course
    return replace(course, eager=True, failures=min(1, course.failures))


def _after_question(course: Course, turn: Turn) -> Course:
    """The line is well. If a parcel was stopped by somebody who let the question through, the next one is smaller."""
    stopped = course.setbacks > 0 and course.why is Why.NOT_THE_PROVINCE
    return replace(_shrunk(course) if stopped else course, why=Why.IDLE, eager=True, asked_for=bool(turn.wanted))


def _after_bodies(course: Course, turn: Turn) -> Course:
    if not turn.delivered:
        return _failed(_body_refused(course), Why.BODIES, hold=0.0, ask_first=False)
    left = course.body_failures if turn.wanted else 0
    return replace(
        _after_good_turn(course, turn), body_failures=left, body_rest=0, eager=turn.more or bool(turn.wanted)
    )


def _after_good_turn(course: Course, turn: Turn) -> Course:
    carried = turn.kind in (Kind.ENTRIES, Kind.HEADS)
    refused = bool(turn.wanted) and course.body_failures > 0
    return replace(
        course,
        why=Why.FORKED if turn.forked else Why.BODIES if refused else Why.IDLE,
        entry_bytes=_next_bytes(course, turn),
        feed_items=_next_items(course, turn),
        setbacks=0 if carried else course.setbacks,
        cornered=0 if carried else course.cornered,
        eager=_goes_on(turn) or (bool(turn.wanted) and not course.asked_for and course.body_rest == 0),
        looks=0 if carried else len(LOOKS) if turn.items else min(len(LOOKS), course.looks + 1),
        asked_for=bool(turn.wanted),
        body_failures=course.body_failures if turn.wanted else 0,
        body_rest=course.body_rest if carried else max(0, course.body_rest - 1),
    )


def _set_back(course: Course, error: Exception, kind: Kind) -> Course:
    if kind is Kind.BODIES:
        return _body_refused(course)
    if kind is Kind.FEED and isinstance(error, AnswerLost):
        return replace(course, feed_items=max(LEAST_ITEMS, course.feed_items // 2))
    if kind not in (Kind.ENTRIES, Kind.HEADS):
        return course
    alone = course.entry_bytes == LEAST_BYTES
    course = replace(course, setbacks=course.setbacks + 1, cornered=course.cornered + alone)
    # A log-in page says nothing about size; whether the parcel was too large shows when a question gets through.
    return course if isinstance(error, NotTheProvince) else _shrunk(course, feed=isinstance(error, AnswerLost))


def _body_refused(course: Course) -> Course:
    failures = course.body_failures + 1
    return replace(course, body_failures=failures, body_rest=min(MOST_RESTS, 2 ** min(failures, 10)))


def _failed(course: Course, why: Why, *, hold: float, ask_first: bool) -> Course:
    failures = course.failures + 1
    return replace(course, why=why, failures=failures, hold=hold, ask_first=ask_first, eager=True, urgent=False)


def _goes_on(turn: Turn) -> bool:
    """Only a turn that moved something is a reason to turn again at once."""
    return (turn.sent > 0 and turn.unsent > 0) or (turn.items > 0 and turn.more) or _left_feed_out(turn)


def _left_feed_out(turn: Turn) -> bool:
    """Entries went apart, and there is something to read."""
    return turn.kind in (Kind.HEADS, Kind.ENTRIES) and turn.items == 0 and turn.more


def _why_told(turn: Turn) -> Why:
    if turn.problem is None:
        return Why.STUCK
    if turn.problem.code == Forked.code:
        return Why.FORKED
    return Why.STUCK if turn.problem.code == "chain-broken" else Why.REFUSED


def _idle(course: Course, beat: Beat) -> float:
    """Soon again while a judgement is awaited, then at the desk's own moment."""
    return LOOKS[course.looks] if course.looks < len(LOOKS) else beat.after(IDLE_PAUSE - BEAT)


def _before_next(course: Course) -> float:
    """Between a question that was answered and the next, smaller parcel."""
    if course.setbacks == 0:
        return 0.0
    longest = LONGEST_PAUSE if course.cornered >= GIVEN_UP else SETBACK_PAUSE
    return min(longest, _doubled(course.setbacks))


def _backed_off(course: Course) -> float:
    return 0.0 if course.why is Why.OFFLINE else min(LONGEST_PAUSE - BEAT, _doubled(course.failures))


def _doubled(times: int) -> float:
    """1, 2, 4, 8 … seconds."""
    return float(2.0 ** min(times - 1, 10))


def _shrunk(course: Course, *, feed: bool = False) -> Course:
    half = course.entry_bytes // 2
    smaller = half if half >= SMALL_BYTES else LEAST_BYTES
    fewer = max(LEAST_ITEMS, course.feed_items // 2) if feed else course.feed_items
    return replace(course, entry_bytes=smaller, safe_bytes=smaller, feed_items=fewer)


def _next_bytes(course: Course, turn: Turn) -> int:
    """By how long the line took for the last parcel."""
    full = turn.kind is Kind.ENTRIES and turn.unsent > 0
    blamed = turn.bytes_up >= turn.bytes_down
    size = max(SMALL_BYTES, course.entry_bytes) if full else course.entry_bytes
    careful = max(course.safe_bytes, size * CAREFUL_GROWTH)
    return round(min(careful, _sized(size, turn.seconds, full, blamed, LEAST_BYTES, MOST_BYTES)))


def _next_items(course: Course, turn: Turn) -> int:
    full = turn.items > 0 and turn.more
    blamed = turn.bytes_down > turn.bytes_up
    return round(_sized(course.feed_items, turn.seconds, full, blamed, LEAST_ITEMS, MOST_ITEMS))


def _sized(size: int, seconds: float, full: bool, blamed: bool, least: int, most: int) -> float:
    """Towards TARGET: larger only where it was full, smaller only where it was to blame."""
    if seconds > SLOW and blamed:
        return max(least, size * max(0.25, TARGET / seconds))
    if seconds < TARGET and full:
        return min(most, size * min(MOST_GROWTH, TARGET / max(seconds, 0.001)))
    return size
