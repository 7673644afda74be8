"""A province that listens: one process, one port, a clean stop."""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import uvicorn
from fastapi import FastAPI

from sync.province.database import Database
from sync.province.errors import NotPossible
from sync.province.http import make_app
from sync.province.judge import judge_again

_BACKLOG = 512


def serve(database: Database, listen: str, say: Callable[[str], None], *, with_parent: bool = False) -> None:
    """Answer desks until SIGTERM or SIGINT; `say` hears the address once it can be called. Raises NotPossible.

    `with_parent` stops it, too, when standard input is closed: a child of a demo then never outlives it, and on
    Windows, which has no SIGTERM, can be stopped cleanly.
    """
    place = None
    while True:
        with database.telling() as work:
            place = judge_again(work, place)
        if place is None:
            break
    with listen_on(listen) as listener:
        server = server_for(database, listener, say)
        if with_parent:
            threading.Thread(target=_stop_with_parent, args=[server], daemon=True, name="parent").start()
        _run(server, listener)


def server_for(database: Database, listener: socket.socket, say: Callable[[str], None]) -> uvicorn.Server:
    """A server that says its address once it answers; no access log, for addresses are enough to follow a person."""
    app = make_app(database)
    app.router.lifespan_context = _announce(listener, say)
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10)
    return uvicorn.Server(config)


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    """uvicorn stops on the signals itself and raises them once more at the end: here that is no death."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        asyncio.run(server.serve(sockets=[listener]))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_with_parent(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True


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


def _announce(
    listener: socket.socket, say: Callable[[str], None]
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        host, port = listener.getsockname()[:2]
        say(f"listening on http://{f'[{host}]' if ':' in host else host}:{port}")
        yield

    return lifespan
