"""The HTTP surface: two doors for desks, one for health checks, one for the citizen who scanned a slip."""

import logging
import secrets
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any

import msgspec
from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from sync.protocol import canonical
from sync.protocol.exchange import EnrolmentAnswer
from sync.protocol.instant import write_instant
from sync.protocol.parcel import PARCEL_LIMIT
from sync.protocol.problems import CodeNotValid, Problem, Unreadable
from sync.protocol.signing import Signed
from sync.province import contract, enrol, keys, policy
from sync.province.contract import PARCEL_TYPE, PROBLEM_TYPE, ProvinceSaid
from sync.province.database import Database
from sync.province.errors import DatabaseTrouble, NotPossible
from sync.province.exchange import exchange
from sync.province.gate import Gate, TooMany
from sync.province.lookup import lookup_page
from sync.province.throttle import Throttle
from sync.province.uploads import open_files_door

log = logging.getLogger(__name__)

ENROLMENT_LIMIT = 16 * 1024
SOFTWARE = f"desk-province/{version('commune-desk')}"


class _Refused(Exception):
    """An answer without a parcel: there is nobody known to address one to."""

    def __init__(self, status: int, code: str, facts: dict[str, Any] | None = None, *, after: int = 0) -> None:
        self.status, self.code, self.facts, self.after = status, code, facts or {}, after


def make_app(database: Database, leave: Callable[[], None] | None = None) -> FastAPI:
    """The province as an ASGI application; `leave` as in `exchange`."""
    app = FastAPI(title="Commune Desk province", version=version("commune-desk"), docs_url=None, redoc_url=None)
    _answer_problems(app)
    _open_doors(app, database, leave)
    open_files_door(app, database)
    contract.describe(app)
    return app


def _open_doors(app: FastAPI, database: Database, leave: Callable[[], None] | None) -> None:
    wrong_codes, gate = Throttle(database.clock), Gate()

    @app.post(
        "/v1/parcels",
        response_class=Response,
        responses=contract.binary(200, PARCEL_TYPE, "Our parcel, in answer.") | contract.problems(400, 403, 413, 503),
        openapi_extra=contract.asked(PARCEL_TYPE),
    )
    async def parcels(body: Annotated[bytes, Depends(_body(PARCEL_LIMIT))]) -> Response:
        """Hold, judge, and answer with what is held and the next page of the feed."""
        async with gate.for_parcel(len(body)).passed(len(body)):
            answer = await run_in_threadpool(exchange, database, body, leave)
        return Response(answer, media_type=PARCEL_TYPE)

    @app.post(
        "/v1/enrolments",
        response_class=Response,
        status_code=201,
        responses=contract.said(201, EnrolmentAnswer, "Taken in.") | contract.problems(400, 403, 409, 413, 503),
        openapi_extra=contract.asked("application/json", Signed),
    )
    def enrolments(request: Request, body: Annotated[bytes, Depends(_body(ENROLMENT_LIMIT))]) -> Response:
        """Take a desk in by its one-time code."""
        caller = request.client.host if request.client else ""
        if wait := wrong_codes.wait(caller):
            raise _Refused(503, "busy", after=wait)
        signed = canonical.read_loosely(body, Signed, what="enrolment", limit=ENROLMENT_LIMIT)
        try:
            with database.telling() as work:
                answer = enrol.enrol(work, signed)
        except CodeNotValid:
            wrong_codes.count(caller)
            raise
        return Response(canonical.write(answer), status_code=201, media_type="application/json")

    @app.get("/v1/province", responses=contract.said(200, ProvinceSaid, "This province.") | contract.problems(503))
    def province() -> dict[str, Any]:
        """Who is here, for people and health checks. Only the certificate proves itself, under the root."""
        with database.reading() as work:
            row, in_force = policy.province(work), keys.in_force(work)
            return {
                "province": row.province,
                "name": row.name,
                "root": in_force.root,
                "certificate": msgspec.structs.asdict(in_force.certificate),
                "incarnation": row.incarnation,
                "time": write_instant(work.now),
                "software": SOFTWARE,
            }

    @app.get(
        "/tra-cuu",
        response_class=HTMLResponse,
        responses=contract.page(404) | contract.problems(400, 503),
    )
    def lookup(ma: Annotated[str, Query(max_length=64)] = "") -> HTMLResponse:
        """Where a dossier stands, and no word about a person."""
        with database.reading() as work:
            status, page = lookup_page(work, ma)
        return HTMLResponse(page, status_code=status)


def _body(limit: int) -> Callable[[Request], Any]:
    async def read(request: Request) -> bytes:
        """The body, refused before it is read where its length is said, and while it is read where it is not."""
        said = request.headers.get("content-length", "")
        if said.isdigit() and int(said) > limit:
            raise _Refused(413, "too-long", {"limit": limit})
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise _Refused(413, "too-long", {"limit": limit})
        return bytes(body)

    return read


def _answer_problems(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    def problem(_: Request, error: Problem) -> Response:
        return _problem(400 if isinstance(error, Unreadable) else 403, error.code, error.facts())

    @app.exception_handler(_Refused)
    def refused(_: Request, error: _Refused) -> Response:
        return _problem(error.status, error.code, error.facts, after=error.after)

    @app.exception_handler(TooMany)
    def too_many(_: Request, error: TooMany) -> Response:
        return _problem(503, "busy", {}, after=error.after)

    @app.exception_handler(NotPossible)
    def not_possible(_: Request, error: NotPossible) -> Response:
        log.warning("Refused: %s", error)
        return _problem(409, "not-possible", {"reason": error.en})

    @app.exception_handler(DatabaseTrouble)
    def busy(_: Request, error: DatabaseTrouble) -> Response:
        log.warning("Busy: %s", error.reason)
        return _problem(503, "busy", {}, after=2 + secrets.randbelow(9))

    @app.exception_handler(RequestValidationError)
    def misshapen(_: Request, error: RequestValidationError) -> Response:
        return _problem(400, "unreadable", {"what": "request", "reason": "misshapen", "field": ""})

    @app.exception_handler(HTTPException)
    def other(_: Request, error: HTTPException) -> Response:
        return _problem(error.status_code, "not-found" if error.status_code == 404 else "not-possible", {})


def _problem(status: int, code: str, facts: dict[str, Any], *, after: int = 0) -> Response:
    """RFC 9457, with our two members; `after` in seconds."""
    headers = {"Retry-After": str(after)} if after else None
    body = canonical.write({"code": code, "facts": facts})
    return Response(body, status_code=status, media_type=PROBLEM_TYPE, headers=headers)
