"""Catalogues and calendars: signed by the province, opaque to it but for what publishing and judging need."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy import delete, select

from sync.protocol.feed import CALENDAR, CATALOGUE, Calendar, Catalogue
from sync.protocol.signing import STATEMENT_LIMIT, state
from sync.province import feed, keys
from sync.province.database import Work
from sync.province.errors import AlreadyThere, NotThere, WrongFile
from sync.province.rows import DocumentRow, ProcedureRow

Kind = Literal["catalogue", "calendar"]
_STATED = {"catalogue": CATALOGUE, "calendar": CALENDAR}
_NATIONAL = re.compile(r"([0-9]\.[0-9]{6})(\..*)?")
_ONE_CALENDAR = "vn"
_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _Procedure(msgspec.Struct):
    """What judging needs of a procedure; the desks read the rest, more strictly."""

    code: str
    valid_from: date
    valid_to: date | None = None


class _Catalogue(msgspec.Struct):
    version: str
    procedures: list[_Procedure]


class _Calendar(msgspec.Struct):
    version: str
    first_day: date
    last_day: date


def read_document(file: Path) -> dict[str, Any]:
    """A JSON object in a file. Raises NotThere, WrongFile."""
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise NotThere("file", str(file)) from error
    if len(data) > STATEMENT_LIMIT // 2:
        raise WrongFile(file.name, "", f"longer than {STATEMENT_LIMIT // 2} bytes")
    try:
        document = json.loads(data, parse_float=_no_floats)
    except ValueError as error:
        raise WrongFile(file.name, "", "not JSON, or not of whole numbers only") from error
    if not isinstance(document, dict):
        raise WrongFile(file.name, "", "not a JSON object")
    return document


def publish_catalogue(work: Work, document: dict[str, Any], file: str) -> str:
    """Sign and tell a catalogue; returns its version. Raises WrongFile, AlreadyThere."""
    catalogue = _checked(document, _Catalogue, file)
    if not catalogue.procedures:
        raise WrongFile(file, "procedures", "empty")
    _publish(work, "catalogue", catalogue.version, document)
    work.session.execute(delete(ProcedureRow).where(ProcedureRow.catalogue == catalogue.version))
    for one in catalogue.procedures:
        row = ProcedureRow(
            catalogue=catalogue.version, code=core(one.code), valid_from=one.valid_from, valid_until=one.valid_to
        )
        work.session.add(row)
    return catalogue.version


def publish_calendar(work: Work, document: dict[str, Any], file: str) -> str:
    """Sign and tell a calendar; returns its version. Raises WrongFile, AlreadyThere."""
    calendar = _checked(document, _Calendar, file)
    _publish(work, "calendar", calendar.version, document)
    return calendar.version


def sign_again(work: Work) -> None:
    """After a change of the province's key."""
    for row in work.session.scalars(select(DocumentRow).order_by(DocumentRow.published_at)):
        kind: Kind = "catalogue" if row.kind == "catalogue" else "calendar"
        row.statement = state(keys.in_force(work).signer, _STATED[kind], msgspec.json.decode(row.statement.payload))
        _tell(work, kind, row)


def is_procedure(work: Work, code: str) -> bool:
    return bool(_validities(work, core(code)))


def holds_on(work: Work, code: str, day: date) -> bool:
    """Does any catalogue have the procedure valid on that day? A dossier stays under the one it was taken under."""
    return any(
        begun is not None and begun <= day and (over is None or day <= over)
        for begun, over in _validities(work, core(code))
    )


def _validities(work: Work, code: str) -> list[tuple[date | None, date | None]]:
    """The first and the last day of a procedure in each catalogue; a few procedures are most of what comes."""
    days = select(ProcedureRow.valid_from, ProcedureRow.valid_until).where(ProcedureRow.code == code)
    return work.once(("procedure", code), lambda: list(work.session.execute(days).tuples()))


def core(code: str) -> str:
    """`2.000815` of `2.000815.000.00.00.H05`: provinces and communes hang their own tails on the national code."""
    match = _NATIONAL.fullmatch(code)
    return match[1] if match else code


def _publish(work: Work, kind: Kind, version: str, document: dict[str, Any]) -> None:
    before = work.session.get(DocumentRow, (kind, version))
    statement = state(keys.in_force(work).signer, _STATED[kind], document)
    if before is not None and before.statement.payload != statement.payload:
        raise AlreadyThere(kind, version)
    row = DocumentRow(kind=kind, version=version, statement=statement, published_at=work.now)
    _tell(work, kind, work.session.merge(row))


def _tell(work: Work, kind: Kind, row: DocumentRow) -> None:
    if kind == "catalogue":
        feed.tell(work, kind, row.version, Catalogue(version=row.version, statement=row.statement))
    else:
        feed.tell(work, kind, _ONE_CALENDAR, Calendar(version=row.version, statement=row.statement))


def _checked(document: dict[str, Any], shape: type[_Shape], file: str) -> _Shape:
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at ")
        raise WrongFile(file, path.strip("`$."), reason) from error


def _no_floats(text: str) -> float:
    raise ValueError(text)
