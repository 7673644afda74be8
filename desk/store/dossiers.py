"""Dossiers out of memory: own ones and siblings', with the province's word laid over them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Select, func, or_, select

from desk.domain.dossier import Channel, Dossier, ReturnBy, Status
from desk.domain.errors import NotFound
from desk.domain.people import Party, PartyKind
from desk.services.ports.said import mean_dossier, mean_fee, mean_party, mean_requirement
from desk.services.ports.values import DossierState, FoundDossier, Happening, Need, ProvinceWord, Refused, Word
from desk.store.journal import SqlJournal
from desk.store.needs import IN_FORCE, needs
from desk.store.rows import (
    DossierRow,
    HeadRow,
    NumberedRow,
    SiblingRow,
    StatusRow,
    VerdictRow,
)
from desk.store.search import find_ids
from desk.store.searchable import first_id
from sync.protocol import canonical
from sync.protocol.entries.dossier_accepted import DossierAccepted, SaidFee, SaidParty, SaidRequirement
from sync.protocol.entry import BODY_LIMIT
from sync.protocol.instant import read_instant

T = TypeVar("T")

_ENTRIES_A_DOSSIER = 20
"""More than any dossier of a morning has; what waits behind so many of the oldest can wait to be listed, too."""
_RECEIVED = int(Status.RECEIVED)
_TAKEN_AS = "SELECT code FROM dossiers WHERE client_id = :client_id"
_TOLD = (
    NumberedRow.code.label("official"),
    StatusRow.status,
    StatusRow.due_at.label("new_due"),
    StatusRow.at.label("told_at"),
    StatusRow.by.label("told_by"),
    StatusRow.note.label("told_note"),
)
_OWN = (
    select(DossierRow.__table__, *_TOLD)
    .outerjoin_from(DossierRow, NumberedRow, NumberedRow.dossier == DossierRow.dossier)
    .outerjoin(StatusRow, StatusRow.dossier == DossierRow.dossier)
)
_SIBLINGS = (
    select(SiblingRow.__table__, *_TOLD)
    .outerjoin_from(SiblingRow, NumberedRow, NumberedRow.dossier == SiblingRow.dossier)
    .outerjoin(StatusRow, StatusRow.dossier == SiblingRow.dossier)
)


class SqlDossiers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken_as(self, client_id: UUID) -> str | None:
        return self._connection.exec_driver_sql(_TAKEN_AS, {"client_id": str(client_id)}).scalar_one_or_none()

    def by_code(self, code: str) -> DossierState:
        """By the official code, the desk's own, or a sibling's. Raises NotFound."""
        numbered = select(NumberedRow.dossier).where(NumberedRow.code == code).scalar_subquery()
        own = self._own(_OWN.where(or_(DossierRow.code == code, DossierRow.dossier == numbered)))
        found = own or self._sibling(_SIBLINGS.where(or_(SiblingRow.code == code, SiblingRow.dossier == numbered)))
        if found is None:
            raise NotFound("dossier", code)
        return found

    def by_id(self, id: UUID) -> DossierState:
        """Raises NotFound."""
        own = self._own(_OWN.where(DossierRow.dossier == str(id)))
        found = own or self._sibling(_SIBLINGS.where(SiblingRow.dossier == str(id)))
        if found is None:
            raise NotFound("dossier", str(id))
        return found

    def word(self, id: UUID) -> ProvinceWord:
        """The worst of what was said about the dossier's entries; nothing better than the silence about one of them."""
        places = self._connection.execute(select(HeadRow.epoch, HeadRow.seq).where(HeadRow.dossier == str(id))).all()
        journal = SqlJournal(self._connection)
        held, asked = journal.held(), {row.dossier for row in journal.asked_for()}
        if str(id) in asked or any(epoch not in held or seq > held[epoch].seq for epoch, seq in places):
            return ProvinceWord(Word.UNSENT)
        words = [self._judgement(*place) for place in places]
        worst = (Word.REFUSED, Word.WAITING, Word.UNKNOWN, Word.APPLIED)
        return min(words, key=lambda word: worst.index(word.word), default=ProvinceWord(Word.UNKNOWN))

    def find(self, words: str, limit: int) -> tuple[FoundDossier, ...]:
        return self.lines(find_ids(self._connection, words, limit))

    def lines(self, ids: list[int]) -> tuple[FoundDossier, ...]:
        """In the order of the ids."""
        own = {row.id: _found(row) for row in self._connection.execute(_OWN.where(DossierRow.id.in_(ids)))}
        left = [one for one in ids if one not in own]
        if left:
            rows = self._connection.execute(_SIBLINGS.where(SiblingRow.id.in_(left)))
            own |= {row.id: _found_sibling(row) for row in rows}
        return tuple(own[one] for one in ids if one in own)

    def needing(self, now: datetime, day_starts: datetime, limit: int) -> tuple[FoundDossier, ...]:
        most_urgent: dict[int, Need | None] = {}
        for need, question in needs(now, day_starts, limit):
            for found in self._connection.execute(question).scalars():
                most_urgent.setdefault(found, need)
        chosen = list(most_urgent)[:limit]
        return tuple(replace(line, need=most_urgent[one]) for one, line in zip(chosen, self.lines(chosen), strict=True))

    def used_most(self, since: datetime, limit: int) -> tuple[str, ...]:
        of_late = select(DossierRow.procedure).where(DossierRow.id >= first_id(since)).group_by(DossierRow.procedure)
        return tuple(self._connection.execute(of_late.order_by(func.count().desc()).limit(limit)).scalars())

    def unsent(self, limit: int) -> tuple[FoundDossier, ...]:
        journal = SqlJournal(self._connection)
        oldest: list[str | None] = [row.dossier for row in journal.asked_for()]
        for run in journal.runs_not_held():
            there = select(HeadRow.dossier).where(HeadRow.epoch == run.epoch, HeadRow.seq >= run.first)
            about = there.where(HeadRow.dossier.is_not(None)).order_by(HeadRow.seq)
            oldest += self._connection.execute(about.limit(_ENTRIES_A_DOSSIER * limit)).scalars()
        return self._lines_of(list(dict.fromkeys(oldest))[:limit])

    def waiting(self, limit: int) -> tuple[FoundDossier, ...]:
        judged = select(VerdictRow.dossier).where(
            VerdictRow.verdict == "waiting", VerdictRow.dossier.is_not(None), IN_FORCE
        )
        oldest = judged.order_by(VerdictRow.epoch, VerdictRow.first).limit(limit)
        return self._lines_of(list(dict.fromkeys(self._connection.execute(oldest).scalars())))

    def judged(self, verdict: str, limit: int) -> tuple[Refused, ...]:
        rows = self._connection.execute(
            select(VerdictRow.__table__, HeadRow.kind, DossierRow.code, NumberedRow.code.label("official"))
            .outerjoin_from(
                VerdictRow, HeadRow, (HeadRow.epoch == VerdictRow.epoch) & (HeadRow.seq == VerdictRow.first)
            )
            .outerjoin(DossierRow, DossierRow.dossier == func.coalesce(VerdictRow.dossier, HeadRow.dossier))
            .outerjoin(NumberedRow, NumberedRow.dossier == DossierRow.dossier)
            .where(VerdictRow.verdict == verdict, IN_FORCE)
            .order_by(VerdictRow.epoch, VerdictRow.first)
            .limit(limit)
        )
        return tuple(Refused(row.official or row.code or "", row.kind or "", row.field, row.vi, row.en) for row in rows)

    def count_judged(self, verdict: str) -> int:
        counted = select(func.coalesce(func.sum(VerdictRow.last - VerdictRow.first + 1), 0))
        return int(self._connection.execute(counted.where(VerdictRow.verdict == verdict, IN_FORCE)).scalar_one())

    def _judgement(self, epoch: int, seq: int) -> ProvinceWord:
        covering = select(VerdictRow.__table__).where(
            VerdictRow.epoch == epoch, VerdictRow.first <= seq, VerdictRow.last >= seq
        )
        row = self._connection.execute(covering.order_by(VerdictRow.n.desc()).limit(1)).one_or_none()
        return ProvinceWord(Word(row.verdict), row.field, row.vi, row.en) if row else ProvinceWord(Word.UNKNOWN)

    def _lines_of(self, dossiers: Sequence[str | None]) -> tuple[FoundDossier, ...]:
        rows = self._connection.execute(
            select(DossierRow.dossier, DossierRow.id).where(DossierRow.dossier.in_(dossiers))
        )
        ids = {row.dossier: row.id for row in rows}
        return self.lines([ids[one] for one in dossiers if one in ids])

    def _own(self, question: Select[Any]) -> DossierState | None:
        row = self._connection.execute(question.limit(1)).one_or_none()
        if row is None:
            return None
        return DossierState(
            dossier=_dossier(row),
            mine=True,
            own_code=row.code,
            status=Status(row.status or _RECEIVED),
            voided=row.voided_at is not None,
            recovered=row.recovered,
            erased=row.erased,
            told=_told(row),
        )

    def _sibling(self, question: Select[Any]) -> DossierState | None:
        row = self._connection.execute(question.limit(1)).one_or_none()
        if row is None:
            return None
        dossier = mean_dossier(UUID(row.dossier), _said(row.said))
        return DossierState(
            dossier=_as_told(dossier, row),
            mine=False,
            own_code=row.code,
            status=Status(row.status or _RECEIVED),
            voided=row.voided,
            told=_told(row),
        )


def _found(row: Any) -> FoundDossier:
    return FoundDossier(
        code=row.official or row.code,
        procedure_name=row.procedure_name,
        full_name=row.full_name or "",
        received_at=read_instant(row.received_at),
        due_at=_moment(row.new_due or row.due_at),
        status=Status(row.status or _RECEIVED),
        voided=row.voided_at is not None,
    )


def _found_sibling(row: Any) -> FoundDossier:
    said = _said(row.said)
    return FoundDossier(
        code=row.official or row.code,
        procedure_name=said.procedure_name,
        full_name=(said.owner or said.applicant).full_name,
        received_at=read_instant(said.received_at),
        due_at=_moment(row.new_due or said.due_at),
        status=Status(row.status or _RECEIVED),
        voided=row.voided,
    )


def _dossier(row: Any) -> Dossier:
    """An erased dossier has its figures and a nameless applicant."""
    dossier = Dossier(
        id=UUID(row.dossier),
        client_id=UUID(row.client_id),
        code=row.code,
        provisional=row.provisional,
        procedure=row.procedure,
        procedure_name=row.procedure_name,
        procedure_version=row.procedure_version,
        catalogue_version=row.catalogue,
        case=row.case_code,
        channel=Channel(row.channel),
        received_at=read_instant(row.received_at),
        due_at=_moment(row.due_at),
        time_limit=row.time_limit,
        applicant=_party(row.applicant) or Party(PartyKind.OTHER, ""),
        owner=_party(row.owner),
        requirements=tuple(mean_requirement(one) for one in _read(row.requirements, tuple[SaidRequirement, ...])),
        fees=tuple(mean_fee(one) for one in _read(row.fees, tuple[SaidFee, ...])),
        receiving_agency=row.receiving_agency,
        resolving_agency=row.resolving_agency,
        return_by=ReturnBy(row.return_by),
        note=row.note or "",
        register_book=row.register_book,
        register_line=row.register_line,
    )
    return _as_told(dossier, row)


def _told(row: Any) -> Happening | None:
    if row.status is None:
        return None
    return Happening(read_instant(row.told_at), "status_told", row.told_by, row.told_note)


def _as_told(dossier: Dossier, row: Any) -> Dossier:
    """The province's number and date lie on top."""
    if row.official:
        dossier = replace(dossier, code=row.official, provisional=False)
    return replace(dossier, due_at=read_instant(row.new_due)) if row.new_due else dossier


def _party(text: str | None) -> Party | None:
    return mean_party(_read(text, SaidParty)) if text else None


def _said(text: str) -> DossierAccepted:
    return _read(text, DossierAccepted)


def _read(text: str, shape: type[T]) -> T:
    return canonical.read_loosely(text.encode(), shape, what="row", limit=BODY_LIMIT)


def _moment(text: str | None) -> datetime | None:
    return read_instant(text) if text else None
