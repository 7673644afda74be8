"""One exchange with one desk: its parcel in, ours out. Holding, judging and answering are three transactions.

What is held is committed before anything is judged, so nothing that goes wrong in judging can take it back, and
holding waits for no judging: a desk that brings much hears its verdicts at a later turn.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import select

from sync.protocol.entry import Entry
from sync.protocol.exchange import BEGINNING_OF_FEED, Down, ToldProblem, Up, read_up, write_lines
from sync.protocol.instant import write_instant
from sync.protocol.parcel import Parcel, ParcelHeader, check_hand, open_parcel, pack, read_outside
from sync.protocol.problems import NotCertified, Problem, Unreadable
from sync.protocol.signing import Signed
from sync.province import desks, feed, files, hold, judge, keys, lines, policy, relearn
from sync.province.database import Database, Work
from sync.province.errors import Crowded
from sync.province.feed import Page
from sync.province.lines import Journal
from sync.province.rows import CertificateRow, DeskRow

log = logging.getLogger(__name__)

AT_ONCE, FEW = 64, 16
"""Entries judged while the desk waits for its answer: a dozen dossiers, and those of somebody looking at the lamp."""
PATIENCE, HASTE = 2.0, 0.05
"""Seconds a desk waits while others are judged: with few entries, and with more of them."""


@dataclass(frozen=True)
class Visit:
    """A parcel that a known desk's own hand signed, opened."""

    parcel: UUID
    desk: UUID
    key: str
    up: Up
    entries: tuple[Entry, ...]
    problem: Problem | None
    """Why the entries could not even be read; once they were taken, why not all of them are held."""


@dataclass(frozen=True)
class Answer:
    """A parcel for a desk; `id` is its own, and `more` says that the feed goes on from `cursor`."""

    id: UUID
    parcel: bytes
    incarnation: str
    cursor: str
    more: bool


def exchange(database: Database, data: bytes, leave: Callable[[], None] | None = None) -> bytes:
    """Answer a parcel. Raises a Problem only where there is nobody known to answer, or nothing to read at all.

    Much that is to be judged, or little at a bad moment, is left to another: `leave` hears it. Without it all is
    judged now.
    """
    visit = take(database, data, leave=leave)
    with database.reading() as work:
        return answer(work, visit).parcel


def take(
    database: Database, data: bytes, *, admit_revoked: bool = False, leave: Callable[[], None] | None = None
) -> Visit:
    """Hold and judge what a parcel brings, over whatever carrier it came. Raises as `exchange` does.

    `admit_revoked` is a door only a person opens: what a revoked desk wrote is held, and still it hears nothing new.
    """
    visit = _receive(database, data)
    visit = replace(visit, problem=_hold(database, visit, admit_revoked=admit_revoked))
    if admit_revoked or not _is_revoked(visit.problem):
        _judge(database, visit, leave)
    if any(entry.head.kind in files.CONCERN for entry in visit.entries):
        files.settle(database, visit.desk)
    return visit


def next_page(visit: Visit, answer: Answer) -> Visit:
    """As if the desk had read that answer and asked on; the next answer names this one as what it follows."""
    up = msgspec.structs.replace(visit.up, incarnation=answer.incarnation, cursor=answer.cursor)
    return replace(visit, parcel=answer.id, up=up)


def without_feed(visit: Visit) -> Visit:
    """For an answer that says only what is held."""
    return replace(visit, up=msgspec.structs.replace(visit.up, feed_limit=0))


def _receive(database: Database, data: bytes) -> Visit:
    """Raises Unreadable, NotCertified, BadSignature."""
    parcel = read_outside(data)
    if parcel.header.kind != "up":
        raise Unreadable("parcel", "not addressed to a province")
    with database.reading() as work:
        forgetful = policy.province(work).restored > 0
        if not forgetful:
            desk, _ = desks.known_by(work, parcel.header.sender)  # for a stranger nothing is opened
        check_hand(parcel)
        payload = open_parcel(parcel, seal=keys.seal_for(work, parcel.header.reader))
    if forgetful:
        desk = _remember(database, parcel, payload)
    return _read(parcel, desk.id, payload)


def _remember(database: Database, parcel: Parcel, payload: bytes) -> DeskRow:
    """Who sent it, taken into the books again if this province forgot him. Raises NotCertified, Unreadable."""
    up, _ = read_up(payload.partition(b"\n")[0])
    with database.reading() as work:
        forgotten = relearn.is_forgotten(work, up.certificate)
    if forgotten:
        with database.telling() as work:
            relearn.relearn(work, up.certificate, parcel.header.sender)
    with database.reading() as work:
        return desks.known_by(work, parcel.header.sender)[0]


def _read(parcel: Parcel, desk: UUID, payload: bytes) -> Visit:
    """An entry that cannot be read must not keep the desk from its answer."""
    problem: Problem | None = None
    try:
        up, entries = read_up(payload)
    except Unreadable as unreadable:
        up, entries = read_up(payload.partition(b"\n")[0])
        problem = unreadable
    return Visit(parcel.header.id, desk, parcel.header.sender, up, entries, problem)


def _hold(database: Database, visit: Visit, *, admit_revoked: bool) -> Problem | None:
    with database.writing() as work:
        desk = work.session.execute(select(DeskRow).where(DeskRow.id == visit.desk).with_for_update()).scalar_one()
        desk.last_contact = work.now
        revoked = NotCertified("desk", "revoked") if desk.revoked_at is not None else None
        if revoked and not admit_revoked:
            return revoked
        desk.unsent, desk.software = visit.up.unsent, visit.up.software[:100]
        problem = visit.problem or hold.hold(work, visit.desk, visit.entries)
    log.info("Desk %s brought %d entries: %s", visit.desk, len(visit.entries), problem.code if problem else "held")
    return problem or revoked


def _judge(database: Database, visit: Visit, leave: Callable[[], None] | None) -> None:
    """Whoever waits for the answer waits for this, too."""
    with database.reading() as work:
        due = judge.due(work, visit.desk)
        renewal = not _is_revoked(visit.problem) and desks.needs_renewal(_certificate(work, visit), work.now)
    try:
        if renewal:
            _renew(database, visit)
        if leave is None:
            _judge_all(database, visit.desk)
        elif due > AT_ONCE:
            leave()
        elif due:
            with database.telling(PATIENCE if due <= FEW else HASTE) as work:
                judge.judge(work, visit.desk, due)
    except Crowded:
        if leave is not None:
            leave()


def _judge_all(database: Database, desk: UUID) -> None:
    """In sittings, so that others get their turn."""
    while True:
        with database.reading() as work:
            if not judge.due(work, desk):
                return
        with database.telling() as work:
            judge.judge(work, desk)


def _renew(database: Database, visit: Visit) -> None:
    """Raises Crowded: a certificate is renewed months before its end, so there is no hurry."""
    with database.telling(PATIENCE) as work:
        row = _certificate(work, visit)
        if desks.needs_renewal(row, work.now):
            desks.renew(work, work.session.get_one(DeskRow, visit.desk), row)


def answer(work: Work, visit: Visit) -> Answer:
    """What is held, and the next page of the feed."""
    in_force = keys.in_force(work)
    certificate, problem = _certificate(work, visit), visit.problem
    revoked = _is_revoked(problem)
    incarnation = policy.province(work).incarnation
    journal = _journal(work, visit)
    page = Page((), visit.up.cursor, more=False) if revoked else _page(work, visit, incarnation, journal)
    down = Down(
        certificate=in_force.certificate,
        desk_certificate=None if revoked else _news(certificate, visit.up.certificate, journal),
        held=hold.tips(work, visit.desk, journal),
        wanted=() if revoked else hold.wanted(work, journal),
        incarnation=incarnation,
        cursor=page.cursor,
        more=page.more,
        time=write_instant(work.now),
        problem=ToldProblem(code=problem.code, facts=problem.facts()) if problem is not None else None,
    )
    header = ParcelHeader(
        id=uuid4(),
        kind="down",
        sender=in_force.said.key,
        reader=certificate.seal,
        sent=write_instant(work.now),
        reply_to=visit.parcel,
    )
    parcel = pack(header, write_lines(down, page.items), signer=in_force.signer)
    return Answer(header.id, parcel, incarnation, page.cursor, page.more)


def _journal(work: Work, visit: Visit) -> Journal:
    """The one that ends at the desk's tip, or, before that is held, at the last entry that came with it."""
    return lines.journal(work, visit.desk, (visit.up.tip.hash, *(entry.hash for entry in visit.entries[-1:])))


def _page(work: Work, visit: Visit, incarnation: str, journal: Journal) -> Page:
    desk = work.session.get_one(DeskRow, visit.desk)
    cursor = visit.up.cursor if visit.up.incarnation == incarnation else BEGINNING_OF_FEED
    return feed.read_page(work, desk, cursor, journal, visit.up.feed_limit)


def _certificate(work: Work, visit: Visit) -> CertificateRow:
    """The one for the epoch the desk is in; before we have heard of that, its newest under this key."""
    row = desks.certificate_for(work, visit.desk, visit.up.tip.epoch)
    return row or desks.known_by(work, visit.key)[1]


def _news(row: CertificateRow, shown: Signed, journal: Journal) -> Signed | None:
    """A number belongs to the epoch's first head: another machine that opened the same epoch does not share it."""
    own = row.opening is None or journal.roots.get(row.epoch, "").startswith(row.opening)
    return row.statement if own and row.statement != shown else None


def _is_revoked(problem: Problem | None) -> bool:
    return isinstance(problem, NotCertified) and problem.reason == "revoked"
