"""A relay before a province: real HTTP on both sides, and one call that does not come through as it should."""

import http.client
import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit

from tests.faults.faults import Fault, Faults, Moment, Site
from tests.sync.servers import Server

SECONDS = 30
_OF_THIS_HOP = {"connection", "keep-alive", "transfer-encoding", "date", "server"}


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


# What somebody on the way says instead of letting a request through.
_IN_THE_WAY = (
    _Answer(503, [("Retry-After", "1")], b""),
    _Answer(200, [("Content-Type", "text/html")], b"<html>Please log in</html>"),
    _Answer(413, [("Content-Type", "text/html")], b"<html>too large</html>"),
    _Answer(502, [("Content-Type", "text/html")], b"<html>bad gateway</html>"),
)


@dataclass
class Relay:
    """`url` is what desks are told; `upstream` where the province really is."""

    url: str
    upstream: str
    faults: Faults = field(default_factory=Faults)


@contextmanager
def relaying(upstream: str) -> Iterator[Relay]:
    """A relay that runs as long as the block."""
    relay = Relay("", upstream)

    class Handler(_Handler):
        serves = relay

    with Server(("127.0.0.1", 0), Handler) as server:
        relay.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="relay")
        thread.start()
        try:
            yield relay
        finally:
            server.shutdown()
            thread.join()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = SECONDS
    wbufsize = -1  # head and body in one packet, or the other side waits 40 ms for the second
    disable_nagle_algorithm = True
    serves: ClassVar[Relay]

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        fault = self.serves.faults.meet(Site.CALL, f"{self.command} {self.path}")
        if fault is None:
            self._say(self._ask(self._body()))
        else:
            self._fail(fault)

    def do_GET(self) -> None:
        self.do_POST()

    def do_HEAD(self) -> None:
        self.do_POST()

    def do_PATCH(self) -> None:
        self.do_POST()

    def _fail(self, fault: Fault) -> None:
        match fault.moment:
            case Moment.BEFORE:
                self._refuse(fault.way)
            case Moment.DURING:
                self._ask_half(self._body())
                self._hang_up()
            case Moment.AFTER:
                self._say_part(self._ask(self._body()), fault.way)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _refuse(self, way: int) -> None:
        """Hang up without a word, or say something that is not the province's."""
        ways = (None, *_IN_THE_WAY)
        said = ways[way % len(ways)]
        if said is None:
            return self._hang_up()
        self._body()
        return self._say(said)

    def _ask(self, body: bytes) -> _Answer:
        with closing(self._upstream()) as province:
            province.request(self.command, self.path, body, self._headers())
            answer = province.getresponse()
            heads = [(name, value) for name, value in answer.getheaders() if name.lower() not in _OF_THIS_HOP]
            return _Answer(answer.status, heads, answer.read())

    def _ask_half(self, body: bytes) -> None:
        """The province hears half a request, and then nothing more."""
        with closing(self._upstream()) as province:
            province.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self._headers().items():
                province.putheader(name, value)
            province.endheaders(body[: len(body) // 2])

    def _say(self, answer: _Answer) -> None:
        self._say_head(answer)
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _say_head(self, answer: _Answer) -> None:
        self.send_response_only(answer.status)
        lengths = [] if any(name.lower() == "content-length" for name, _ in answer.headers) else [len(answer.body)]
        for name, value in (*answer.headers, *(("Content-Length", str(length)) for length in lengths)):
            self.send_header(name, value)
        self.end_headers()

    def _say_part(self, answer: _Answer, way: int) -> None:
        """Nothing of the answer, its head, or half of it."""
        if way % 3:
            self._say_head(answer)
        if way % 3 == 2:
            self.wfile.write(answer.body[: len(answer.body) // 2])
        self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _upstream(self) -> http.client.HTTPConnection:
        address = urlsplit(self.serves.upstream)
        return http.client.HTTPConnection(address.hostname or "", address.port, timeout=SECONDS)

    def _headers(self) -> dict[str, str]:
        return {name: value for name, value in self.headers.items() if name.lower() not in _OF_THIS_HOP}
