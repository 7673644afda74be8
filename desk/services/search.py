"""Finding dossiers, and opening one with all that is known of it."""

from datetime import datetime, time

from desk.domain.clock import VN, civil_day
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
from desk.services.proof import looks_scanned, prove
from sync.protocol.entries import read_body
from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import Body, Entry
from sync.protocol.instant import read_instant


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
        if looks_scanned(asked):
            return _file(memory, memory.dossiers.by_id(prove(memory, asked).slip.dossier))
        return _file(memory, memory.dossiers.by_code(asked.upper()))


def _file(memory: Reading, found: DossierState) -> DossierFile:
    dossier = found.dossier.id
    slip = memory.slips.last_of(dossier)
    own = memory.journal.about(dossier)
    province = memory.dossiers.word(dossier) if own else ProvinceWord(Word.APPLIED)
    refused = found.mine and not found.voided and province.word is Word.REFUSED
    return DossierFile(
        dossier=found.dossier,
        status=found.status,
        voided=found.voided,
        history=_history(memory, found, own),
        province=province,
        slip=slip,
        slip_state=slip.state if slip else SlipState.NONE,
        mine=found.mine,
        recovered=found.recovered,
        hand_overs=memory.dossiers.hand_overs(dossier),
        attachments=memory.attachments.of(dossier),
        repairable=refused and memory.dossiers.refused_entry(dossier) is not None,
    )


def _history(memory: Reading, found: DossierState, own: tuple[Entry, ...]) -> tuple[Happening, ...]:
    names = {person.id: person.full_name for person in memory.people.staff()}
    happened = [_happening(entry, names) for entry in own]
    told = [found.told] if found.told else []
    return tuple(sorted((*happened, *told), key=lambda one: one.at))


def _happening(entry: Entry, names: dict[str, str]) -> Happening:
    head, body = entry.head, read_body(entry)
    by = names.get(head.clerk or "", head.clerk or "")
    return Happening(read_instant(head.time), _what(head.kind, body), by, _detail(body))


def _what(kind: str, body: Body | None) -> str:
    match body:
        case SlipConfirmed(outcome="spoilt"):
            return "slip_spoilt"
        case DossierAccepted(recovered=True):
            return "dossier_recovered"
    return kind


def _detail(body: Body | None) -> str:
    match body:
        case DossierAccepted(code=code) | SlipIssued(code=code):
            return code
        case AttachmentAdded(name=name):
            return name
        case FeeTaken(total=total):
            return f"{total:,} đ".replace(",", ".")
        case DossierVoided(reason=reason) | BodiesErased(basis=reason) | DossierCorrected(reason=reason):
            return reason
        case ResultHandedOver(name=name):
            return name
    return ""
