"""A line of the tests' own: a TCP relay with a delay, a rate and mishaps, which counts what passes.

Both directions are lines in their own right, shared by all connections as a real one is: a packet waits for those
before it, takes its time by the rate, and arrives after the delay. The relay takes no more from a sender than it can
pass on, so that whoever sends feels the line's pace.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

_PACKET = 1_400
_BUFFER = 16 * 1024
"""Bytes that wait inside the relay; anything more waits at the sender."""
_BURST = 0.02
"""Seconds of line that may be made up for when the event loop woke late."""
_PATIENCE = 30


@dataclass(frozen=True)
class Way:
    """One direction: `delay` in seconds, `rate` in bytes a second; None for as fast as it goes."""

    delay: float = 0.0
    rate: float | None = None


@dataclass(frozen=True)
class Mishap:
    """What befalls one connection once `at` bytes of it have passed in one direction.

    `reset` breaks it off with a TCP reset, `cut` closes it politely, `hang` passes nothing more and says nothing,
    `junk` passes other bytes than those that were sent.
    """

    kind: Literal["reset", "cut", "hang", "junk"]
    way: Literal["up", "down"]
    at: int


Choice = Callable[[int], Mishap | None]
"""What befalls the n-th connection, from 1."""


def kbit(rate: float) -> float:
    """So many kilobits a second, in bytes a second."""
    return rate * 1000 / 8


def slow_line(kilobits: float, round_trip: float) -> tuple[Way, Way]:
    """Up and down of a line with one rate both ways, and half the round trip in each."""
    way = Way(round_trip / 2, kbit(kilobits))
    return way, way


@dataclass
class _Lane:
    """One direction as all connections share it."""

    way: Way
    passed: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    """Moments (`time.monotonic`) at which the first byte came in and the last went out."""
    _free_at: float = 0.0

    @property
    def piece(self) -> int:
        return 64 * 1024 if self.way.rate is None else _PACKET

    async def take(self, size: int) -> float:
        """Occupy the line for so many bytes; the moment they arrive at the other end."""
        now = monotonic()
        self.first_at = self.first_at or now
        self.passed += size
        if self.way.rate is not None:
            self._free_at = max(self._free_at, now - _BURST) + size / self.way.rate
            await asyncio.sleep(self._free_at - now)
            return self._free_at + self.way.delay
        return now + self.way.delay


@dataclass
class Line:
    """`url` is what one end is told. Ways and the choice of mishaps may be changed while it runs."""

    upstream: tuple[str, int]
    up: _Lane
    down: _Lane
    mishap: Choice
    port: int = 0
    connections: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _server: asyncio.Server | None = None
    _open: set[asyncio.WriteTransport] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def becomes(self, up: Way, down: Way) -> None:
        """The weather changes."""
        self.up.way, self.down.way = up, down

    def break_down(self) -> None:
        """Every connection is reset and nobody answers at the address any more."""
        self._do(self._stop_listening())

    def come_back(self) -> None:
        """The same address answers again."""
        self._do(self._listen())

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _listen(self) -> None:
        listener = _patient_socket()
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._server = await asyncio.start_server(self._connect, sock=listener, limit=_BUFFER)

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for transport in list(self._open):
            _reset(transport)

    async def _connect(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self.connections += 1
        mishap = self.mishap(self.connections)
        ends = [back.transport]
        self._open.add(back.transport)
        try:
            there = _patient_socket()
            there.setblocking(False)
            await self._loop.sock_connect(there, self.upstream)
            server, forth = await asyncio.open_connection(sock=there, limit=_BUFFER)
            ends.append(forth.transport)
            self._open.add(forth.transport)
            up = _Journey(self.up, mishap if mishap and mishap.way == "up" else None, tuple(ends))
            down = _Journey(self.down, mishap if mishap and mishap.way == "down" else None, tuple(ends))
            await asyncio.gather(up.carry(client, forth), down.carry(server, back))
        except OSError:
            _reset(back.transport)
        finally:
            for transport in ends:
                transport.close()
                self._open.discard(transport)


@dataclass
class _Journey:
    """One direction of one connection."""

    lane: _Lane
    mishap: Mishap | None
    ends: tuple[asyncio.WriteTransport, ...]
    passed: int = 0

    async def carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        under_way: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue()
        arriving = asyncio.create_task(self._deliver(under_way, sink))
        try:
            while data := await source.read(self.lane.piece):
                data = await self._befallen(data)
                under_way.put_nowait((await self.lane.take(len(data)), data))
        except OSError:
            pass
        under_way.put_nowait(None)
        await arriving

    async def _deliver(
        self, under_way: "asyncio.Queue[tuple[float, bytes] | None]", sink: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError):
            while (arrival := await under_way.get()) is not None:
                at, data = arrival
                if (left := at - monotonic()) > 0:
                    await asyncio.sleep(left)
                sink.write(data)
                self.lane.last_at = monotonic()
                await sink.drain()
            sink.write_eof()

    async def _befallen(self, data: bytes) -> bytes:
        """What is left of it once the mishap has had its share."""
        mishap, begun = self.mishap, self.passed
        self.passed += len(data)
        if mishap is None or self.passed <= mishap.at:
            return data
        keep = max(0, mishap.at - begun)
        if mishap.kind == "junk":
            return data[:keep] + Random(begun).randbytes(len(data) - keep)
        if mishap.kind == "hang":
            await asyncio.Event().wait()
        for transport in self.ends:
            _reset(transport) if mishap.kind == "reset" else transport.close()
        raise ConnectionResetError(mishap.kind)


def _patient_socket() -> socket.socket:
    """One that takes little before it was passed on."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _reset(transport: asyncio.WriteTransport) -> None:
    """Close so that the other side sees a reset."""
    made = transport.get_extra_info("socket")
    if made is not None and made.fileno() >= 0:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


@contextmanager
def relaying(
    upstream: str, up: Way | None = None, down: Way | None = None, *, mishap: Choice = lambda _: None
) -> Iterator[Line]:
    """A relay before the server at `upstream`, for as long as the block."""
    parts = urlsplit(upstream)
    there = (parts.hostname or "127.0.0.1", parts.port or 80)
    line = Line(there, _Lane(up or Way()), _Lane(down or Way()), mishap)
    thread = threading.Thread(target=line._loop.run_forever, name="relay", daemon=True)
    thread.start()
    line.come_back()
    try:
        yield line
    finally:
        line._do(_end(line))
        line._loop.call_soon_threadsafe(line._loop.stop)
        thread.join(_PATIENCE)
        line._loop.close()


async def _end(line: Line) -> None:
    await line._stop_listening()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
