"""Finding dossiers, and opening one with all that is known of it."""

from datetime import datetime, time

from desk.domain.clock import VN, civil_day
from desk.domain.errors import UnreadableSlip
from desk.services.ports import Clock, OpenReading, Reading
from desk.services.ports.values import (
    DossierFile,
    DossierState,
    FoundDossier,
    Happening,
    ProvinceWord,
    SlipState,
    Word,
)
from sync.protocol.certificates import DESK, DeskCertificate
from sync.protocol.entries import read_body
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import Body, Entry
from sync.protocol.instant import read_instant
from sync.protocol.problems import SlipUnreadable
from sync.protocol.signing import read_statement
from sync.protocol.slip_number import ScannedSlip, read_slip_number

_SCANNED = 100
"""Digits; no code, telephone or identity has so many, every slip's number has more."""


def find(words: str, *, open_reading: OpenReading, limit: int = 50) -> tuple[FoundDossier, ...]:
    """By name, a piece of a code, or the last digits of a number; newest first, accents as typed before others."""
    with open_reading() as memory:
        return memory.dossiers.find(words, limit)


def needs_me(*, open_reading: OpenReading, clock: Clock, limit: int = 50) -> tuple[FoundDossier, ...]:
    """What waits for somebody, the most urgent first, then what came today."""
    now = clock()
    with open_reading() as memory:
        return memory.dossiers.needing(now, datetime.combine(civil_day(now), time(), VN), limit)


def open_dossier(code: str, *, open_reading: OpenReading) -> DossierFile:
    """By any of its codes, or by the number scanned from its slip. Raises NotFound, UnreadableSlip."""
    asked = code.strip()
    with open_reading() as memory:
        if asked.isdigit() and len(asked) > _SCANNED:
            return _file(memory, memory.dossiers.by_id(_proven(memory, asked).slip.dossier))
        return _file(memory, memory.dossiers.by_code(asked.upper()))


def _proven(memory: Reading, digits: str) -> ScannedSlip:
    """The slip, once one of this desk's keys or of its siblings' is shown to have signed it."""
    try:
        scanned = read_slip_number(digits)
    except SlipUnreadable as error:
        raise UnreadableSlip(error.reason) from error
    own = (read_statement(one, DESK, DeskCertificate, key=one.key).key for one in memory.journal.certificates())
    if not any(scanned.proven_by(key) for key in (*own, *memory.reference.desk_keys().values())):
        raise UnreadableSlip("not proven")
    return scanned


def _file(memory: Reading, found: DossierState) -> DossierFile:
    slip = memory.slips.last_of(found.dossier.id)
    return DossierFile(
        dossier=found.dossier,
        status=found.status,
        voided=found.voided,
        history=_history(memory, found),
        province=memory.dossiers.word(found.dossier.id) if found.mine else ProvinceWord(Word.APPLIED),
        slip=slip,
        slip_state=slip.state if slip else SlipState.NONE,
    )


def _history(memory: Reading, found: DossierState) -> tuple[Happening, ...]:
    names = {person.id: person.full_name for person in memory.people.staff()}
    own = [_happening(entry, names) for entry in memory.journal.about(found.dossier.id)]
    told = [found.told] if found.told else []
    return tuple(sorted((*own, *told), key=lambda one: one.at))


def _happening(entry: Entry, names: dict[str, str]) -> Happening:
    head, body = entry.head, read_body(entry)
    by = names.get(head.clerk or "", head.clerk or "")
    return Happening(read_instant(head.time), _what(head.kind, body), by, _detail(body))


def _what(kind: str, body: Body | None) -> str:
    return "slip_spoilt" if isinstance(body, SlipConfirmed) and body.outcome == "spoilt" else kind


def _detail(body: Body | None) -> str:
    match body:
        case DossierAccepted(code=code) | SlipIssued(code=code):
            return code
        case FeeTaken(total=total):
            return f"{total:,} đ".replace(",", ".")
        case DossierVoided(reason=reason) | BodiesErased(basis=reason):
            return reason
    return ""
