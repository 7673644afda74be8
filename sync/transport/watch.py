"""An eye on the connection a request goes over, for the one thing a silence limit cannot see: an answer that drips.

Whoever sends a byte of HTTP's heads now and then could keep a thread waiting for ever.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SEND_BUFFER = 64 * 1024
"""Bytes the system may take from us before they are sent; with more, we would not feel how slow a line is, and take the
time it needs for them for the province's silence."""

_OPTIONS = [
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER),
]


class Watch:
    """Knows the newest connection, and closes it when patience ends. Used by one request at a time."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None

    def sees(self, made: socket.socket | None) -> None:
        """A connection was made."""
        self._socket = made

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """For as long as the block, at most so many seconds; then whoever waits sees the connection closed."""
        timer = threading.Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


class Watched(HTTPAdapter):
    """requests over connections a watch knows of."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, socket_options=_OPTIONS)
        self.poolmanager.pool_classes_by_scheme = _pools(self._watch)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs, socket_options=_OPTIONS)
        manager.pool_classes_by_scheme = _pools(self._watch)
        return manager


def _pools(watch: Watch) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.sees(self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.sees(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
