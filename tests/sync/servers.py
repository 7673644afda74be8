"""A web server of the tests' own that answers the way a test says, over a real socket on this computer."""

import contextlib
import http.server
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


class Server(http.server.ThreadingHTTPServer):
    """Says nothing of callers who hang up: that is what desks do, and what is printed lands in another test's ear."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@dataclass
class Said:
    """One answer: a status, heads, a body; `raw` replaces everything with bytes of its own.

    What `drips` comes a byte at a time, that many seconds apart.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    raw: bytes | None = None
    drips: float = 0.0


@dataclass(frozen=True)
class Asked:
    """What arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


Answering = Callable[[Asked], Said]


@contextmanager
def serving(answer: Answering, port: int = 0) -> Iterator[str]:
    """The address of a server that runs as long as the block."""
    ended = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            said = answer(Asked(self.path, dict(self.headers), body))
            if said.raw is not None:
                self._say(said.raw, said.drips)
                self.close_connection = True
                return
            self.send_response(said.status)
            for name, value in ({"Content-Length": str(len(said.body))} | said.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self._say(said.body, said.drips)

        def _say(self, data: bytes, drips: float) -> None:
            if not drips:
                self.wfile.write(data)
                return
            with contextlib.suppress(OSError):
                for n in range(len(data)):
                    ended.wait(drips)
                    self.wfile.write(data[n : n + 1])
                    if ended.is_set():
                        return

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with Server(("127.0.0.1", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            ended.set()
            server.shutdown()
            thread.join()


@contextmanager
def silent() -> Iterator[str]:
    """An address that takes a connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def nobody() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"
