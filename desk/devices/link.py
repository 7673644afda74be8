"""Hears from the operating system that a network is there again, so that what waits goes at once.

Linux tells over a routing socket (rtnetlink), Windows by NotifyAddrChange. Where neither can be had, nothing is lost:
the line is tried at every beat anyway.
"""

import logging
import select
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

log = logging.getLogger(__name__)

Returned = Callable[[], None]


class Ear(Protocol):
    """One operating system's way of telling."""

    def wait(self) -> bool:
        """Until a network came, or for False until `close` was called."""
        ...

    def close(self) -> None:
        """May be called from another thread."""
        ...


@contextmanager
def watching_the_link(returned: Returned) -> Iterator[None]:
    """For as long as the block, `returned` is called on a thread of its own whenever a network came."""
    ear = _ear()
    if ear is None:
        yield
        return
    thread = threading.Thread(target=_listen, args=(ear, returned), name="link", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ear.close()
        thread.join(1)


def _listen(ear: Ear, returned: Returned) -> None:
    try:
        while ear.wait():
            log.info("a network is there again")
            returned()
    except OSError as error:
        log.info("the system tells no more of its networks: %s", error.strerror)


def _ear() -> Ear | None:
    try:
        if sys.platform == "win32":
            return _WindowsEar()
        if sys.platform == "linux":
            return _LinuxEar()
    except OSError as error:
        log.info("the system does not tell of its networks: %s", error.strerror)
    return None


if sys.platform == "linux":
    # linux/rtnetlink.h: groups of news, kinds of news, and the flag of a link that carries something.
    _GROUPS = 0x1 | 0x10 | 0x40 | 0x100 | 0x400
    _NEW_LINK, _NEW_ADDRESS, _NEW_ROUTE = 16, 20, 24
    _RUNNING = 0x40
    _HEAD = struct.Struct("=IHHII")
    _LINK = struct.Struct("=BxHiII")

    class _LinuxEar:
        """A link that begins to carry, a new address or a new route: one of them comes with every return."""

        def __init__(self) -> None:
            self._news = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
            self._news.bind((0, _GROUPS))
            self._end, self._ended = socket.socketpair()
            self._running: dict[int, bool] = {}

        def wait(self) -> bool:
            while True:
                ready, _, _ = select.select([self._news, self._ended], [], [])
                if self._ended in ready:
                    self._news.close()
                    self._ended.close()
                    return False
                if self._is_return(self._heard()):
                    return True

        def close(self) -> None:
            self._end.close()

        def _heard(self) -> bytes:
            try:
                return self._news.recv(65536)
            except OSError:  # more news than the buffer holds: something surely changed
                return _HEAD.pack(_HEAD.size, _NEW_ROUTE, 0, 0, 0)

        def _is_return(self, news: bytes) -> bool:
            """Every message is read, for each says how a link stands now."""
            said = [self._says_return(kind, body) for kind, body in _messages(news)]
            return any(said)

        def _says_return(self, kind: int, body: bytes) -> bool:
            if kind != _NEW_LINK:
                return kind in (_NEW_ADDRESS, _NEW_ROUTE)
            if len(body) < _LINK.size:
                return False
            _, _, index, flags, _ = _LINK.unpack_from(body)
            before, now = self._running.get(index, False), bool(flags & _RUNNING)
            self._running[index] = now
            return now and not before

    def _messages(news: bytes) -> Iterator[tuple[int, bytes]]:
        """Kind and body of each; what is cut short ends it."""
        at = 0
        while at + _HEAD.size <= len(news):
            length, kind, *_ = _HEAD.unpack_from(news, at)
            if length < _HEAD.size:
                return
            yield kind, news[at + _HEAD.size : at + length]
            at += (length + 3) & ~3


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PENDING, _FOREVER, _FIRST = 997, 0xFFFFFFFF, 0

    class _Overlapped(ctypes.Structure):
        _fields_ = (
            ("internal", ctypes.c_void_p),
            ("internal_high", ctypes.c_void_p),
            ("offset", wintypes.DWORD),
            ("offset_high", wintypes.DWORD),
            ("event", wintypes.HANDLE),
        )

    class _WindowsEar:
        """The table of addresses changed: that is so when a cable is plugged in, and when one is pulled, too."""

        def __init__(self) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateEventW.restype = wintypes.HANDLE
            self._notify = ctypes.WinDLL("iphlpapi").NotifyAddrChange
            self._changed, self._ended = (self._event() for _ in range(2))

        def wait(self) -> bool:
            overlapped, handle = _Overlapped(event=self._changed), wintypes.HANDLE()
            code = self._notify(ctypes.byref(handle), ctypes.byref(overlapped))
            if code not in (0, _PENDING):
                raise ctypes.WinError(code)
            both = (wintypes.HANDLE * 2)(self._changed, self._ended)
            return bool(self._kernel.WaitForMultipleObjects(2, both, False, _FOREVER) == _FIRST)

        def close(self) -> None:
            self._kernel.SetEvent(wintypes.HANDLE(self._ended))

        def _event(self) -> int:
            made: int | None = self._kernel.CreateEventW(None, False, False, None)
            if not made:
                raise ctypes.WinError(ctypes.get_last_error())
            return made
