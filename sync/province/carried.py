"""Parcels that come on a stick: the same that HTTPS carries, many at once, in any order, some of them damaged.

All are held and judged before the first is answered, so that whatever the stick takes home is up to date.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sync.protocol.durable import lay_down
from sync.protocol.feed import Reason
from sync.protocol.parcel import ParcelHeader
from sync.protocol.parcel_file import UP, down_name, files_at, read_file
from sync.protocol.problems import ChainBroken, NotCertified, Problem, Unreadable
from sync.province import files, notices
from sync.province.database import Database
from sync.province.errors import NotPossible, NotThere
from sync.province.exchange import Visit, answer, next_page, take, without_feed
from sync.province.files import BroughtFile
from sync.province.notices import Matter
from sync.province.rows import DeskRow

log = logging.getLogger(__name__)

PAGES = 1_000
"""Of the feed, at most, in answer to one parcel: a gigabyte."""


@dataclass(frozen=True)
class Brought:
    """A file, what was in it, what stood in the way of it, and the answers that lie beside it now."""

    file: Path
    desk: UUID | None
    entries: int
    problem: Problem | None
    held: bool = False
    """Also where a revoked desk was admitted, and is told all the same that it is revoked."""
    answers: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Carried:
    """A file that looks like a parcel; its bytes are read again when its turn comes."""

    file: Path
    header: ParcelHeader


def bring_in(
    database: Database, places: Sequence[Path], *, admit_revoked: bool = False
) -> Iterator[Brought | BroughtFile]:
    """Hold what can be held of the parcels and files at these places, and lay the answers beside them.

    What is damaged, or of nobody known, is left as it is and said. Raises NotThere for a place that is not there,
    NotPossible where no answer can be written, DatabaseTrouble.
    """
    carried: list[_Carried] = []
    for file in _files(places):
        try:
            carried.append(_Carried(file, read_file(file)[1].header))
        except (Unreadable, OSError) as error:
            yield Brought(file, None, 0, _as_problem(error))
    visits: dict[Path, Visit] = {}
    for one, met in _take_all(database, carried, admit_revoked=admit_revoked):
        if isinstance(met, Visit):
            visits[one.file] = met
        else:
            yield Brought(one.file, None, 0, met)
    if admit_revoked:
        _say_admitted(database, visits.values())
    if database.files is not None:
        yield from files.bring_in(database, places)
    yield from _answer_all(database, visits, admit_revoked=admit_revoked)


def is_revoked(problem: Problem | None) -> bool:
    return isinstance(problem, NotCertified) and problem.reason == "revoked"


def _files(places: Iterable[Path]) -> list[Path]:
    try:
        return list(dict.fromkeys(files_at(places, UP)))
    except OSError as error:
        raise NotThere("file", error.filename or "?") from error


def _take_all(
    database: Database, carried: list[_Carried], *, admit_revoked: bool
) -> Iterator[tuple[_Carried, Visit | Problem]]:
    """In the order they were written; what does not follow yet is tried again behind what it may follow."""
    left = sorted(carried, key=lambda one: (one.header.sender, one.header.sent))
    while left:
        behind: list[tuple[_Carried, Visit]] = []
        for one in left:
            met = _take(database, one, admit_revoked=admit_revoked)
            if isinstance(met, Visit) and isinstance(met.problem, ChainBroken):
                behind.append((one, met))
            else:
                yield one, met
        if len(behind) == len(left):
            yield from behind
            return
        left = [one for one, _ in behind]


def _take(database: Database, one: _Carried, *, admit_revoked: bool) -> Visit | Problem:
    try:
        return take(database, read_file(one.file)[0], admit_revoked=admit_revoked)
    except Problem as problem:
        return problem
    except OSError as error:
        return _as_problem(error)


def _answer_all(database: Database, visits: dict[Path, Visit], *, admit_revoked: bool) -> Iterator[Brought]:
    """The feed goes with the last parcel of each desk, and as far as there is any."""
    last = {visit.desk: file for file, visit in visits.items()}
    for file, visit in visits.items():
        fed = last[visit.desk] == file
        answers = tuple(_lay_answers(database, file, visit if fed else without_feed(visit)))
        held = visit.problem is None or (admit_revoked and is_revoked(visit.problem))
        yield Brought(file, visit.desk, len(visit.entries), visit.problem, held, answers)


def _lay_answers(database: Database, file: Path, visit: Visit) -> Iterator[Path]:
    for page in range(1, PAGES + 1):
        with database.reading() as work:
            said = answer(work, visit)
        yield _lay(file.with_name(down_name(file.name, page)), said.parcel)
        if not said.more or visit.up.feed_limit == 0:
            return
        visit = next_page(visit, said)


def _lay(file: Path, parcel: bytes) -> Path:
    try:
        lay_down(file, parcel)
    except OSError as error:
        reason = error.strerror or "unknown"
        raise NotPossible(
            f"Không ghi được trả lời cạnh kiện ({reason}). Những gì đã nhận vẫn còn; làm lại được.",
            f"The answer cannot be written beside the parcel ({reason}). What was taken is held; do it again.",
        ) from error
    return file


def _say_admitted(database: Database, visits: Iterable[Visit]) -> None:
    """Somebody opened the door: that is to be seen by the agency, too."""
    admitted = {visit.desk for visit in visits if is_revoked(visit.problem)}
    if not admitted:
        return
    with database.telling() as work:
        for name in admitted:
            desk = work.session.get_one(DeskRow, name)
            text = Reason(
                vi="Tỉnh đã nhận các kiện của một quầy đã thu hồi, do cán bộ cho phép. Kiểm tra lại hồ sơ của quầy đó.",
                en="The province took parcels of a revoked desk, by an officer's leave. Look through its dossiers.",
            )
            matter = Matter(id=f"revoked_admitted/{name}", matter="revoked_admitted", text=text, desk=name)
            notices.give(work, matter, {desk.agency})
    for name in admitted:
        log.warning("Parcels of the revoked desk %s were admitted by hand", name)


def _as_problem(error: Unreadable | OSError) -> Problem:
    return error if isinstance(error, Unreadable) else Unreadable("parcel", error.strerror or "not readable")
