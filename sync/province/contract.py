"""The HTTP surface as OpenAPI says it: every answer of every door, so that another team can build either end.

What travels inside a parcel is not HTTP's affair; `sync/README.md` says it.
"""

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sync.protocol.exchange import EnrolmentAnswer
from sync.protocol.problems import Problem
from sync.protocol.signing import Signed

PARCEL_TYPE = "application/vnd.commune-desk.parcel"
PROBLEM_TYPE = "application/problem+json"

_ABOUT = (
    "A desk posts parcels and is answered by parcels; both are compressed, sealed and signed, and a stick can carry "
    "the same bytes. Anybody who is not a certified desk gets a problem and learns nothing."
)
_PLACE = "#/components/schemas/{name}"
_WHY = {
    400: "It cannot be read as what this door takes.",
    403: "Whoever signed it is not certified here, or no longer.",
    404: "Nothing here.",
    409: "Well said, and not possible now.",
    413: "Longer than this door takes.",
    503: "Not now; `Retry-After` says in how many seconds.",
}


class ProblemSaid(msgspec.Struct):
    """Why not: a code of `sync.protocol.problems` or of HTTP's side, and facts for a program. RFC 9457 allows both."""

    code: str
    facts: dict[str, str | int]


class ProvinceSaid(msgspec.Struct):
    """Who is here. Only `certificate` proves itself, under the root a desk learned at enrolment."""

    province: str
    name: str
    root: str
    certificate: Signed
    incarnation: str
    time: str
    software: str


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Answers that carry no parcel."""
    return {status: _answer(_WHY[status], PROBLEM_TYPE, _ref(ProblemSaid), wait=status == 503) for status in statuses}


def binary(status: int, media_type: str, why: str) -> dict[int | str, dict[str, Any]]:
    return {status: _answer(why, media_type, _BYTES)}


def page(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """A page for people."""
    return {status: {"description": "For people.", "content": {"text/html": {}}} for status in statuses}


def said(status: int, shape: type[msgspec.Struct], why: str) -> dict[int | str, dict[str, Any]]:
    return {status: _answer(why, "application/json", _ref(shape))}


def asked(media_type: str, shape: type[msgspec.Struct] | None = None) -> dict[str, Any]:
    """The body of a request, which the door reads by itself."""
    schema = _BYTES if shape is None else _ref(shape)
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


def describe(app: FastAPI) -> None:
    """Let the application say all of this of itself, at `/openapi.json` and at the command line."""
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]  # the way FastAPI documents


def _described(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
        document.setdefault("components", {})["schemas"] = _schemas()
        document["paths"].update(_files())
        for door in document["paths"].values():
            for way in door.values():
                way["responses"].pop("422", None)  # FastAPI's own; a request that does not fit is a 400 here
        app.openapi_schema = document
    return app.openapi_schema


def _files() -> dict[str, Any]:
    """The door for files, where the tus server answers by itself: tus.io 1.0.0, an upload's place being its blob."""
    ticket = _head("Commune-Desk-Ticket", "Base 64 of a signed ticket: {v, desk, blob, size, at}.")
    tus = _head("Tus-Resumable", "1.0.0")
    offset, length = _head("Upload-Offset", "Bytes."), _head("Upload-Length", "Bytes of the sealed file.")
    blob = {"name": "blob", "in": "path", "required": True, "schema": {"type": "string"}}
    begin = _way("Begin an upload, empty.", [ticket, tus, length], _plain(201, 400, 403, 405, 409, 412, 413, 503, 507))
    ask = _way("How far it has come.", [blob, ticket, tus], _plain(200, 400, 403, 404, 405, 409, 410, 412, 503))
    bring = _way(
        "Bring the next piece.",
        [blob, ticket, tus, offset],
        _plain(204, 400, 403, 404, 405, 409, 410, 412, 413, 415, 503),
    )
    piece = {"content": {"application/offset+octet-stream": {"schema": _BYTES}}}
    return {"/v1/files/": {"post": begin}, "/v1/files/{blob}": {"head": ask, "patch": bring | {"requestBody": piece}}}


def _way(what: str, parameters: list[dict[str, Any]], answers: dict[str, Any]) -> dict[str, Any]:
    return {"summary": what, "parameters": parameters, "responses": answers}


def _head(name: str, what: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": what, "schema": {"type": "string"}}


def _plain(*statuses: int) -> dict[str, Any]:
    """The code of what stood in the way is in the head `Commune-Desk-Problem`, for an answer to HEAD has no body."""
    said = {"schema": {"type": "string"}, "description": "What stood in the way; `held-already` means it is there."}
    heads = {"headers": {"Commune-Desk-Problem": said}}
    return {
        str(one): {"description": _TUS.get(one, _WHY.get(one, ""))} | (heads if one >= 400 else {}) for one in statuses
    }


_TUS = {
    200: "So far.",
    201: "Begun; `Location` says where.",
    204: "Taken; `Upload-Offset` says how far it has come.",
    405: "Not a way this door is used.",
    409: "Begun or held already, or another offset.",
    410: "Not brought to its end in time, and forgotten.",
    412: "Another version of tus.",
    415: "Not a piece of an upload.",
    507: "No room for it.",
}


def _schemas() -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components(
        (ProblemSaid, ProvinceSaid, Signed, EnrolmentAnswer), ref_template=_PLACE
    )
    codes = [*sorted(_codes(Problem)), "busy", "not-found", "not-possible", "too-long"]
    schemas["ProblemSaid"]["properties"]["code"] = {"type": "string", "enum": codes}
    return schemas


def _codes(problem: type[Problem]) -> set[str]:
    return {problem.code}.union(*(_codes(below) for below in problem.__subclasses__()))


def _answer(why: str, media_type: str, schema: dict[str, Any], *, wait: bool = False) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": why, "content": {media_type: {"schema": schema}}}
    if wait:
        answer["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}}
    return answer


def _ref(shape: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": _PLACE.format(name=shape.__name__)}


_BYTES = {"type": "string", "format": "binary"}
