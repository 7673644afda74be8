"""The door files come in by: the tus protocol (tus.io, 1.0.0) under /v1/files, each request with its desk's ticket.

tuspyserver keeps offsets and answers; what it may be asked is decided here, before it reads a byte. The place of an
upload is the blob its ticket names and nothing else a request says, so that a file is resumed wherever it was cut
and by whichever worker is asked.
"""

import asyncio
import logging
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from tuspyserver import create_tus_router
from tuspyserver.storage.local import LocalFileStorage

from sync.protocol import canonical
from sync.protocol.instant import read_instant
from sync.protocol.problems import NotCertified
from sync.protocol.sealed_file import SEALED_LIMIT
from sync.protocol.signing import read_statement
from sync.protocol.ticket import HEADER, PROBLEM_HEADER, TICKET, Ticket, read_ticket
from sync.province import desks
from sync.province.database import Database
from sync.province.files import UNNAMED, Shelf, arrived, shelf, tell_again

logging.getLogger("tuspyserver").setLevel(logging.WARNING)

PREFIX = "v1/files"
PIECE_LIMIT = 4 * 1024 * 1024
"""Bytes a request may carry; what came of a piece is written when it ends."""
TICKET_LASTS = timedelta(days=1)
"""Either way, so that a desk's clock may be wrong."""
CLEARED_EVERY = 3600.0
_DAYS = int(UNNAMED // 86_400)
_PROBLEM = "application/problem+json"


class FileRefused(Exception):
    """`code` for the wire: `held-already`, `begun-already`, `no-room`, `not-allowed`, `too-long`."""

    def __init__(self, status: int, code: str) -> None:
        self.status, self.code = status, code


def open_files_door(app: FastAPI, database: Database) -> None:
    """Add the door to an application, closed where this province has no folder for files."""
    if database.files is None:
        return
    door = _Door(database, shelf(database))
    router = create_tus_router(
        prefix=PREFIX,
        files_dir=str(door.shelf.uploads),
        max_size=SEALED_LIMIT,
        days_to_keep=_DAYS,
        file_dep=_place,
        upload_complete_dep=_proving(database),
        storage=_Uploads(str(door.shelf.uploads)),
    )
    app.include_router(router, dependencies=[Depends(door.admit)], include_in_schema=False)

    @app.exception_handler(FileRefused)
    def refused(_: Request, error: FileRefused) -> Response:
        body = canonical.write({"code": error.code, "facts": {}})
        heads = {PROBLEM_HEADER: error.code}
        return Response(body, status_code=error.status, media_type=_PROBLEM, headers=heads)


def _proving(database: Database) -> Callable[[], Any]:
    """What is called when an upload is whole. A function, for the server copies all it was given at each request."""

    async def prove(path: str, _: dict[str, str]) -> None:
        """In a thread: reading a large file must not keep the others waiting."""
        await asyncio.to_thread(arrived, database, Path(path).name)

    return lambda: prove


class _Door:
    """Who may bring what. Every check reads the ticket first: nothing else about a request is believed."""

    def __init__(self, database: Database, place: Shelf) -> None:
        self.shelf = place
        self._database = database
        self._cleared_at = 0.0

    def admit(self, request: Request) -> None:
        """Raises Unreadable, BadSignature, NotCertified, FileRefused."""
        ticket = self._ticket(request)
        request.state.ticket = ticket
        check = {"POST": self._may_begin, "HEAD": self._may_go_on, "PATCH": self._may_go_on}.get(request.method)
        if check is None or "x-http-method-override" in request.headers:
            raise FileRefused(405, "not-allowed")
        if self.shelf.holds(ticket.blob):
            tell_again(self._database, ticket.blob)
            raise FileRefused(409, "held-already")
        check(request, ticket)

    def _ticket(self, request: Request) -> Ticket:
        signed = read_ticket(request.headers.get(HEADER, ""))
        with self._database.reading() as work:
            desk, _ = desks.known_by(work, signed.key)
            ticket = read_statement(signed, TICKET, Ticket, key=signed.key)
            if desk.revoked_at is not None:
                raise NotCertified("desk", "revoked")
            if desk.id != ticket.desk:
                raise NotCertified("desk", "of another desk")
            if abs(work.now - read_instant(ticket.at)) > TICKET_LASTS:
                raise NotCertified("ticket", "out of date")
        return ticket

    def _may_begin(self, request: Request, ticket: Ticket) -> None:
        """An empty upload of the length the ticket says, and no other way of beginning one that tus knows."""
        asked = request.headers
        if {"upload-concat", "upload-defer-length", "transfer-encoding"} & set(asked) or asked.get(
            "content-length", "0"
        ) != "0":
            raise FileRefused(400, "not-allowed")
        if asked.get("upload-length") != str(ticket.size):
            raise FileRefused(400, "not-allowed")
        self._clear()
        if self.shelf.upload(ticket.blob).exists():
            raise FileRefused(409, "begun-already")
        if not self.shelf.has_room(ticket.size):
            raise FileRefused(507, "no-room")

    def _may_go_on(self, request: Request, ticket: Ticket) -> None:
        if request.path_params.get("uuid") != ticket.blob:
            raise FileRefused(403, "not-allowed")
        length = request.headers.get("content-length", "0")
        if request.method == "PATCH" and not (length.isdigit() and int(length) <= PIECE_LIMIT):
            raise FileRefused(413, "too-long")
        begun = self.shelf.said_length(ticket.blob)
        if begun is not None and begun != ticket.size:
            self.shelf.drop(ticket.blob)  # somebody began it wrongly; whoever has the file begins anew

    def _clear(self) -> None:
        if time.monotonic() - self._cleared_at > CLEARED_EVERY or not self._cleared_at:
            self._cleared_at = time.monotonic()
            self.shelf.clear()


class _Uploads(LocalFileStorage):
    """Writes each piece where the record says, so that bytes a crash left behind are written over, never counted."""

    async def flush(self, uid: str) -> None:
        pending = bytes(self._pending.pop(uid, b""))
        record = await self.read_info(uid) or {}
        if pending:
            await asyncio.to_thread(_write_at, Path(self._path(uid)), int(record.get("offset", 0)), pending)

    async def write_info(self, uid: str, data: dict[str, Any]) -> None:
        """Never promises more than lies on the disk, whatever went wrong while writing. What a desk says of a file here
        is dropped, for the entry says it; the server insists on these two words."""
        kept = {"filename": uid, "filetype": "application/octet-stream"}
        offset = min(int(data.get("offset", 0)), await self.size(uid))
        await super().write_info(uid, data | {"offset": offset, "metadata": kept})


def _place(request: Request) -> Any:
    """Called by the server with metadata, which nobody reads."""
    return lambda _: {"uid": request.state.ticket.blob}


def _write_at(file: Path, offset: int, data: bytes) -> None:
    with file.open("r+b") as out:
        out.seek(offset)
        out.truncate()
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
