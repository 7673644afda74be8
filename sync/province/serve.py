"""A province that listens: one port, one process or several, a clean stop."""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import uvicorn
from fastapi import FastAPI

from sync.province.database import Database
from sync.province.errors import NotPossible
from sync.province.http import make_app
from sync.province.turns import Turns

_BACKLOG = 1024
_TURN_SECONDS = 0.001
"""How long one thread computes while others would. A request comes back from the database a score of times and waits
for its turn each time: at Python's own 5 ms a clerk would wait a second behind two desks that send their night.
"""
Say = Callable[[str], None]


def serve(database: Database, listen: str, say: Say, *, with_parent: bool = False) -> None:
    """Answer desks until SIGTERM or SIGINT; `say` hears the address once it can be called. Raises NotPossible.

    `with_parent` stops it, too, when standard input is closed: a child of a demo then never outlives it, and on
    Windows, which has no SIGTERM, can be stopped cleanly.
    """
    with listen_on(listen) as listener:
        server = server_for(database, listener, say)
        if with_parent:
            when(wait_for_standard_input, partial(setattr, server, "should_exit", True))
        run(server, listener)


def server_for(database: Database, listener: socket.socket, say: Say, *, first: bool = True) -> uvicorn.Server:
    """A server that says its address once it answers; the `first` of several judges again what waits.

    No access log, for addresses are enough to follow a person.
    """
    turns = Turns(database, again=first)
    app = make_app(database, turns.wake)
    app.router.lifespan_context = _open(listener, turns, say)
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10)
    return uvicorn.Server(config)


def run(server: uvicorn.Server, listener: socket.socket) -> None:
    """Until it is told to stop. uvicorn stops on the signals and raises them once more at the end: no death here."""
    sys.setswitchinterval(_TURN_SECONDS)
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        asyncio.run(server.serve(sockets=[listener]))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def when(wait: Callable[[], None], then: Callable[[], None]) -> None:
    """In a thread that keeps nobody alive: once `wait` comes back, do the other thing."""

    def watch() -> None:
        wait()
        then()

    threading.Thread(target=watch, daemon=True, name="parent").start()


def wait_for_standard_input() -> None:
    """Until somebody closes it."""
    while sys.stdin.buffer.read(1024):
        pass


def listen_on(listen: str) -> socket.socket:
    """`HOST:PORT`; port 0 takes a free one. Raises NotPossible."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise NotPossible("Địa chỉ phải có dạng HOST:PORT.", "The address must be HOST:PORT.")
    host = host.strip("[]")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, int(port)), family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = error.strerror or "unknown"
        raise NotPossible(f"Không mở được {listen}: {reason}.", f"Cannot listen on {listen}: {reason}.") from error


def address(listener: socket.socket) -> str:
    """Where it can be called."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _open(listener: socket.socket, turns: Turns, say: Say) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        turns.start()
        say(f"listening on {address(listener)}")
        yield
        turns.stop()

    return lifespan
