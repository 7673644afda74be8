"""A road that knows where the province was before: it moved, and a desk that slept through it still finds it.

The address in force comes first. Where nobody is reached, nothing can have arrived, so the next address is tried with
the same parcel; where somebody else answered, only the next parcel goes elsewhere, and that is a question.
"""

import contextlib
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from sync.cycle import Introduces, Road
from sync.protocol.signing import Signed
from sync.troubles import BadAddress, NotTheProvince, Offline, Trouble


@runtime_checkable
class Closes(Protocol):
    """A road with connections to let go of."""

    def close(self) -> None: ...


class Addresses:
    """Implements `sync.cycle.Road`. Used by one thread at a time."""

    def __init__(self, known: Callable[[], tuple[str, ...]], road: Callable[[str], Road]) -> None:
        """`known` says the addresses, the one in force first; `road` may raise BadAddress."""
        self._known, self._make = known, road
        self._addresses: tuple[str, ...] = ()
        self._at = 0
        self._road: Road | None = None

    def exchange(self, parcel: bytes) -> bytes:
        return self._tried(lambda road: road.exchange(parcel))

    def certificate(self) -> Signed:
        road = self._here()
        if not isinstance(road, Introduces):
            raise NotTheProvince("cannot be asked who it is")
        return road.certificate()

    def close(self) -> None:
        """Let go of the open connections."""
        if isinstance(self._road, Closes):
            self._road.close()
        self._road = None

    def _tried(self, ask: Callable[[Road], bytes]) -> bytes:
        """At each address until somebody is reached. Raises what the first one raised."""
        first: Trouble | None = None
        for _ in self._look():
            try:
                return ask(self._here())
            except (Offline, BadAddress) as trouble:
                first = first or trouble
                self._go_on()
            except NotTheProvince:
                self._go_on()
                raise
        raise first or Offline("no address")

    def _look(self) -> tuple[str, ...]:
        known = self._known()
        if known != self._addresses:
            self._addresses, self._at = known, 0
            self.close()
        return self._addresses

    def _here(self) -> Road:
        if self._road is None:
            self._road = self._make(self._addresses[self._at])
        return self._road

    def _go_on(self) -> None:
        with contextlib.suppress(OSError):
            self.close()
        self._at = (self._at + 1) % len(self._addresses)
