"""Whose turn it is to write. The counter goes before sync, and sync can see that somebody is waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from desk.domain.errors import StoreLocked

PATIENCE = 30.0
"""Seconds. Nothing here holds a turn for a tenth of one; who waits longer shall hear about it."""


class Turns:
    """A lock with two doors."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._taken = False
        self._at_the_counter = 0

    @property
    def counter_waits(self) -> bool:
        """Read without the lock: sync asks between two items whether to make room."""
        return self._at_the_counter > 0

    @contextmanager
    def counter(self) -> Iterator[None]:
        """The next turn. Raises StoreLocked after PATIENCE."""
        with self._changed:
            self._at_the_counter += 1
            try:
                if not self._changed.wait_for(lambda: not self._taken, PATIENCE):
                    raise StoreLocked
                self._taken = True
            finally:
                self._at_the_counter -= 1
        yield from self._turn()

    @contextmanager
    def sync(self) -> Iterator[None]:
        """A turn when nobody at the counter wants one."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._taken and not self._at_the_counter, PATIENCE):
                raise StoreLocked
            self._taken = True
        yield from self._turn()

    def _turn(self) -> Iterator[None]:
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()
