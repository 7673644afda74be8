"""Saying a refused dossier again as it should have been: the first word stays, this one stands."""

from dataclasses import replace
from datetime import datetime

from desk.domain import reception as rules
from desk.domain.dossier import Dossier
from desk.domain.errors import NotAllowedNow
from desk.domain.intake import Intake
from desk.domain.reception import RegisterLine
from desk.services import clocks
from desk.services.ports import Clerk, Clock, OpenWork, Work
from desk.services.ports.said import say_dossier
from desk.services.ports.values import Corrected, DossierState, ProvinceWord
from desk.services.reception import plan_of, take_fees
from sync.protocol.entries.dossier_corrected import DossierCorrected


def correct_dossier(
    code: str, intake: Intake, *, clerk: Clerk, open_work: OpenWork, clock: Clock, clock_confirmed: bool = False
) -> Corrected:
    """Say it again with the same code, register line and hour of receipt; the reason is the province's own.

    Money that was taken stays taken: only a fee nobody has paid yet is taken now. Raises NotFound, NotAllowedNow where
    nothing is refused here, and what taking it in raises.
    """
    with open_work() as work:
        found = work.dossiers.by_code(code)
        refused = _refusal(work, found)
        seen = clocks.settled(work, clock(), clerk=clerk, confirmed=clock_confirmed)
        dossier = _again(work, found, intake, seen.corrected)
        entry, why = refused
        reason = f"{why.field}: {why.vi}" if why.field else why.vi
        body = DossierCorrected(corrects=entry, acceptance=say_dossier(dossier), reason=reason[:2000])
        work.journal.append(body, at=seen.shown, clerk=clerk.id, dossier=dossier.id)
        if not any(line.paid for line in found.dossier.fees):
            take_fees(work, dossier, seen.shown, clerk)
        work.commit()
    return Corrected(dossier, _as_printed(dossier) != _as_printed(found.dossier))


def _refusal(work: Work, found: DossierState) -> tuple[str, ProvinceWord]:
    if not found.mine:
        raise NotAllowedNow("correct", "another_desk")
    if found.voided:
        raise NotAllowedNow("correct", "voided")
    refused = work.dossiers.refused_entry(found.dossier.id)
    if refused is None:
        raise NotAllowedNow("correct", "not_refused")
    return refused


def _again(work: Work, found: DossierState, intake: Intake, now: datetime) -> Dossier:
    """Under its own code and line, and as received when it was."""
    before = found.dossier
    said = replace(intake, client_id=before.client_id, received_at=before.received_at, paper=before.paper)
    register = RegisterLine(before.register_book, before.register_line)
    plan = plan_of(work, said, now)
    again = rules.accept(plan, id=before.id, code=found.own_code, provisional=before.provisional, register=register)
    return replace(again, received_at=before.received_at)


def _as_printed(dossier: Dossier) -> Dossier:
    """Without what no paper shows."""
    return replace(dossier, procedure_version="", catalogue_version="", code="", provisional=False)
