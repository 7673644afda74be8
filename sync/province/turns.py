"""Judging what requests leave: a thread in each worker, of which one at a time is at work in the whole province.

Nothing is handed over but a wink: what is due stands in the database, so a worker that dies leaves nothing undone.
"""

import logging
from threading import Event, Thread
from time import monotonic
from uuid import uuid4

from sync.province import files, judge
from sync.province.database import Database
from sync.province.errors import DatabaseTrouble

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at what a worker that died, or a command at the same database, left behind."""
ANOTHER_IS_AT_IT = 0.5
"""Seconds until a worker looks whether the one that judges has missed something."""
_SITTING = 0.15
"""Seconds a sitting should take: meanwhile nobody else can tell anything."""
_LAST_SITTING = 10.0
_FEWEST, _FIRST, _MOST = 40, 150, 600


class Turns:
    """Judges in the background from `start` to `stop`.

    `again` begins with all that waits, for this program may know more than the one before it.
    """

    def __init__(self, database: Database, *, again: bool) -> None:
        self._database = database
        self._place: judge.Wait | None = judge.FIRST if again else None
        self._woken, self._ended = Event(), Event()
        self._after = judge.NOBODY
        self._most = _FIRST
        self._files_due = True
        self._thread = Thread(target=self._work, name="judge", daemon=True)

    def start(self) -> None:
        """What is due since before the start is due now."""
        self._thread.start()

    def stop(self) -> None:
        """Let the sitting end that has begun, unless others keep it from beginning."""
        self._ended.set()
        self._woken.set()
        self._thread.join(_LAST_SITTING)

    def wake(self) -> None:
        """There is something to judge."""
        self._woken.set()

    def _work(self) -> None:
        pause = 0.0
        while not self._ended.is_set():
            self._woken.wait(pause)
            self._woken.clear()
            if not self._ended.is_set():
                pause = self._look()

    def _look(self) -> float:
        """Seconds until the next look."""
        try:
            if self._is_due():
                self._files_due = True
                return self._sit()
            self._take_files()
        except DatabaseTrouble as trouble:
            log.warning("Judging is put off: %s", trouble.reason)
        except Exception:
            log.exception("Judging failed; what is held stays held, and others are judged first")
            self._after, self._most = uuid4(), _FEWEST
        return LOOK_EVERY

    def _take_files(self) -> None:
        """Those whose entries were judged just now, and at the start those a worker died over."""
        if self._files_due:
            self._files_due = False
            files.settle_all(self._database)

    def _is_due(self) -> bool:
        if self._place is not None:
            return True
        with self._database.reading() as work:
            return judge.is_anything_due(work)

    def _sit(self) -> float:
        began = monotonic()
        with self._database.judging() as work:
            if work is None:
                return ANOTHER_IS_AT_IT
            if self._place is not None:
                self._place = judge.judge_again(work, self._place, self._most)
            else:
                self._after = judge.judge_next(work, self._after, self._most) or judge.NOBODY
        self._most = _paced(self._most, monotonic() - began)
        return 0.0


def _paced(most: int, seconds: float) -> int:
    """How many entries a sitting of the right length would have had; at most twice as many as this one."""
    return max(_FEWEST, min(_MOST, 2 * most, int(most * _SITTING / max(seconds, 0.001))))
