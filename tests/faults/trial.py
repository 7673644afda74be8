"""A cycle with one fault in it, done the way people do it: what failed is tried again, then everything is compared."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from desk.domain.errors import DeskError
from desk.services.verify import verify
from sync.protocol.problems import Problem
from sync.province.errors import ProvinceError
from sync.province.files import Shelf
from sync.troubles import Trouble
from tests.faults.office import Office
from tests.faults.steps import STEPS, NotThereYet

PATIENCE = 5
"""Tries of one step after a single fault; two are the rule."""

SAID = (DeskError, ProvinceError, Problem, Trouble, NotThereYet)
"""What a person is told in a sentence. Anything else is a failure nobody foresaw."""

_OWN = """SELECT code, register_book, register_line, received_at, due_at, fee, voided_at FROM dossiers"""
_PAID = "SELECT d.code, p.total FROM payments p JOIN dossiers d ON d.dossier = p.dossier"
_TOLD = "SELECT d.code, s.status FROM statuses s JOIN dossiers d ON d.dossier = s.dossier"
_PROVINCE_PAID = "SELECT d.code, p.total FROM payments p JOIN dossiers d ON d.id = p.dossier"
_COMING_AND_GOING = "('clerk_signed_in', 'clerk_signed_out')"
_PAPER = "('slip_issued', 'slip_confirmed')"


@dataclass(frozen=True)
class State:
    """What both sides must be in the end, whatever failed on the way. Ids differ from run to run, and slips may."""

    entries: dict[str, int]
    own: list[Any]
    paid: list[Any]
    told: list[Any]
    files: list[Any]
    counters: list[Any]
    claims: list[Any]
    at_province: list[Any]
    paid_at_province: list[Any]
    files_at_province: list[Any]
    judged: list[Any]
    green: bool


def run(office: Office, *, restarting: bool) -> None:
    """The whole cycle. `restarting` closes the program and opens it again after whatever failed."""
    office.faults.arm()
    for step in STEPS:
        for _ in range(PATIENCE):
            try:
                step(office)
                break
            except SAID:
                if restarting:
                    office.restart()
        else:
            raise AssertionError(f"{step.__name__} never came to its end")
    office.faults.disarm()


def survey(office: Office) -> State:
    kinds = office.desk_rows(f"SELECT kind FROM heads WHERE kind NOT IN {_COMING_AND_GOING} AND kind NOT IN {_PAPER}")
    return State(
        entries=dict(Counter(kind for (kind,) in kinds)),
        own=sorted(office.desk_rows(_OWN)),
        paid=sorted(office.desk_rows(_PAID)),
        told=sorted(office.desk_rows(_TOLD)),
        files=sorted(office.desk_rows("SELECT name, media_type, size, sha256 FROM attachments")),
        counters=sorted(office.desk_rows("SELECT series, n FROM counters")),
        claims=sorted(office.province_rows("SELECT code FROM claims")),
        at_province=sorted(office.province_rows("SELECT code, status, voided, due_at FROM dossiers")),
        paid_at_province=sorted(office.province_rows(_PROVINCE_PAID)),
        files_at_province=sorted(office.province_rows("SELECT sha256, held FROM attachments")),
        judged=office.province_rows("SELECT DISTINCT verdict FROM verdicts"),
        green=office.is_green(),
    )


def check(office: Office) -> None:
    """What must hold inside one run; each line is a promise of CONTRIBUTING.md, "Faults"."""
    assert office.printer.unrecorded == [], "a paper came out before its record was durable"
    assert len(set(office.codes)) == 1, "one dossier was told two codes"
    assert _journal(office) == _held(office), "the province does not hold what the desk wrote"
    assert verify(open_reading=office.store.open_reading, files=office.files).findings == ()
    _check_papers(office)
    _check_files(office)


def _journal(office: Office) -> list[Any]:
    question = (
        "SELECT h.epoch, h.seq, h.hash, b.body, coalesce(b.salt, s.salt) FROM heads h"
        " JOIN bodies b ON b.epoch = h.epoch AND b.seq = h.seq LEFT JOIN salts s ON s.dossier = h.dossier"
    )
    return sorted(office.desk_rows(question))


def _held(office: Office) -> list[Any]:
    return sorted(office.province_rows("SELECT epoch, seq, hash, body, salt FROM entries"))


def _check_files(office: Office) -> None:
    """Sealed once: the very bytes that lie at the desk lie at the province."""
    for (blob,) in office.desk_rows("SELECT blob FROM attachments"):
        assert Shelf(office.shelf).path(blob).read_bytes() == office.files.path(blob).read_bytes()


def _check_papers(office: Office) -> None:
    """A slip that was asked for again is a reprint and says so: issues are gapless, and no paper lacks one."""
    issues = [issue for (issue,) in office.desk_rows("SELECT issue FROM slips ORDER BY issue")]
    sent = office.desk_rows("SELECT count(*) FROM prints WHERE state = 'sent'")[0][0]
    assert issues == list(range(1, len(issues) + 1)), "an issue of a slip is missing or there twice"
    assert len(issues) <= 2, "one fault made more than one reprint"
    assert 1 <= len(office.printer.papers) <= len(issues)
    assert sent <= len(office.printer.papers), "a slip is said to be printed and is not"
    slips = sorted(office.desk_rows("SELECT code, issue, outcome FROM slips"), key=str)
    assert slips == sorted(office.province_rows("SELECT code, issue, outcome FROM slips"), key=str)
    assert [outcome for *_, outcome in slips].count("printed") == 1
