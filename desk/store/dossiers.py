"""Dossiers out of memory: own ones and siblings', with the province's word laid over them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Label, Select, func, or_, select

from desk.domain.dossier import PaperPlace
from desk.domain.errors import NotFound
from desk.services.ports.said import mean_dossier
from desk.services.ports.values import (
    DossierState,
    FoundDossier,
    HandOver,
    Need,
    ProvinceWord,
    Refused,
    Word,
)
from desk.store.dossier_values import (
    as_told,
    dossier_of,
    found,
    found_sibling,
    hand_over,
    said_in,
    status_of,
    told_of,
)
from desk.store.journal import SqlJournal
from desk.store.needs import IN_FORCE, needs
from desk.store.rows import (
    CorrectionRow,
    DossierRow,
    FeedRow,
    HandOverRow,
    HeadRow,
    IdentityRow,
    NumberedRow,
    SiblingRow,
    StatusRow,
    VerdictRow,
)
from desk.store.search import find_ids
from desk.store.searchable import first_id
from sync.protocol.instant import read_instant


def _handed(table: type[DossierRow] | type[SiblingRow]) -> Label[Any]:
    """When this desk last said that it gave the result out."""
    said = select(func.max(HandOverRow.written_at)).where(HandOverRow.dossier == table.dossier)
    return said.correlate(table).scalar_subquery().label("handed_at")


_ENTRIES_A_DOSSIER = 20
"""More than any dossier of a morning has; what waits behind so many of the oldest can wait to be listed, too."""
_TAKEN_AS = "SELECT code FROM dossiers WHERE client_id = :client_id"
_TOLD = (
    NumberedRow.code.label("official"),
    StatusRow.status,
    StatusRow.due_at.label("new_due"),
    StatusRow.at.label("told_at"),
    StatusRow.by.label("told_by"),
    StatusRow.note.label("told_note"),
)
_ANY_CODE = func.coalesce(NumberedRow.code, DossierRow.code, SiblingRow.code, "")
_TWIN = select(SiblingRow.id).where(SiblingRow.dossier == DossierRow.dossier, DossierRow.recovered)
_ORIGINAL = _TWIN.correlate(DossierRow).scalar_subquery()
"""Of a dossier recovered from its slip, the original that turned up since: its words lie on top."""
_OWN = (
    select(DossierRow.__table__, *_TOLD, _handed(DossierRow), _ORIGINAL.label("original"))
    .outerjoin_from(DossierRow, NumberedRow, NumberedRow.dossier == DossierRow.dossier)
    .outerjoin(StatusRow, StatusRow.dossier == DossierRow.dossier)
)
_SIBLINGS = (
    select(SiblingRow.__table__, *_TOLD, _handed(SiblingRow))
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
        own = _OWN.where(or_(DossierRow.code == code, DossierRow.dossier == numbered))
        sibling = _SIBLINGS.where(or_(SiblingRow.code == code, SiblingRow.dossier == numbered))
        found = self._one(own, sibling)
        if found is None:
            raise NotFound("dossier", code)
        return found

    def by_id(self, id: UUID) -> DossierState:
        """Raises NotFound."""
        found = self._one(_OWN.where(DossierRow.dossier == str(id)), _SIBLINGS.where(SiblingRow.dossier == str(id)))
        if found is None:
            raise NotFound("dossier", str(id))
        return found

    def by_paper(self, place: PaperPlace) -> str | None:
        """The code of what was taken from that place of the paper book, here or at another desk."""
        for table in (DossierRow, SiblingRow):
            there = select(table.code).where(table.paper_number == place.number, table.paper_book == place.book)
            code = self._connection.execute(there.limit(1)).scalar()
            if code is not None:
                return code
        return None

    def hand_overs(self, id: UUID) -> tuple[HandOver, ...]:
        given = select(HandOverRow.__table__).where(HandOverRow.dossier == str(id))
        rows = self._connection.execute(given.order_by(HandOverRow.epoch, HandOverRow.seq))
        return tuple(hand_over(row) for row in rows)

    def refused_entry(self, id: UUID) -> tuple[str, ProvinceWord] | None:
        """The newest entry about the dossier that the province refuses, by its hash, and why."""
        refused = (
            select(VerdictRow.__table__, HeadRow.hash)
            .join(HeadRow, (HeadRow.epoch == VerdictRow.epoch) & (HeadRow.seq == VerdictRow.first))
            .where(VerdictRow.dossier == str(id), VerdictRow.verdict == Word.REFUSED.value, IN_FORCE)
            .order_by(VerdictRow.epoch.desc(), VerdictRow.first.desc())
        )
        row = self._connection.execute(refused.limit(1)).one_or_none()
        return (row.hash, ProvinceWord(Word.REFUSED, row.field, row.vi, row.en)) if row else None

    def word(self, id: UUID) -> ProvinceWord:
        """The worst of what was said about the dossier's entries; nothing better than the silence about one of them.

        A refusal that was answered by a correction counts no more: what counts is what becomes of the correction.
        """
        heads = select(HeadRow.epoch, HeadRow.seq, HeadRow.hash, HeadRow.time).where(HeadRow.dossier == str(id))
        places = self._connection.execute(heads).all()
        journal = SqlJournal(self._connection)
        held, asked = journal.held(), {row.dossier for row in journal.asked_for()}
        if str(id) in asked or any(one.epoch not in held or one.seq > held[one.epoch].seq for one in places):
            return ProvinceWord(Word.UNSENT)
        corrected = set(
            self._connection.execute(select(CorrectionRow.corrects).where(CorrectionRow.dossier == str(id))).scalars()
        )
        said = [(one.hash in corrected, self._judgement(one.epoch, one.seq, one.time)) for one in places]
        words = [word for is_corrected, word in said if word.word is not Word.REFUSED or not is_corrected]
        worst = (Word.REFUSED, Word.WAITING, Word.UNKNOWN, Word.APPLIED)
        return min(words, key=lambda word: worst.index(word.word), default=ProvinceWord(Word.UNKNOWN))

    def find(self, words: str, limit: int) -> tuple[FoundDossier, ...]:
        """One that was recovered from its slip and whose original turned up is found once."""
        return tuple(dict.fromkeys(self.lines(find_ids(self._connection, words, limit))))

    def lines(self, ids: list[int]) -> tuple[FoundDossier, ...]:
        """In the order of the ids. Where the original of a recovered one turned up, its words."""
        own = {row.id: row for row in self._connection.execute(_OWN.where(DossierRow.id.in_(ids)))}
        originals = {one: row.original for one, row in own.items() if row.original is not None}
        asked = [originals.get(one, one) for one in ids]
        lines = {one: found(row) for one, row in own.items()}
        left = [one for one in asked if one not in own]
        if left:
            rows = self._connection.execute(_SIBLINGS.where(SiblingRow.id.in_(left)))
            lines |= {row.id: found_sibling(row) for row in rows}
        return tuple(lines[one] for one in asked if one in lines)

    def needing(self, now: datetime, day_starts: datetime, limit: int) -> tuple[FoundDossier, ...]:
        most_urgent: dict[int, Need | None] = {}
        for need, question in needs(now, day_starts, limit):
            for one in self._connection.execute(question).scalars():
                most_urgent.setdefault(one, need)
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
            select(VerdictRow.__table__, HeadRow.kind, _ANY_CODE.label("code"))
            .outerjoin_from(
                VerdictRow, HeadRow, (HeadRow.epoch == VerdictRow.epoch) & (HeadRow.seq == VerdictRow.first)
            )
            .outerjoin(DossierRow, DossierRow.dossier == func.coalesce(VerdictRow.dossier, HeadRow.dossier))
            .outerjoin(SiblingRow, SiblingRow.dossier == func.coalesce(VerdictRow.dossier, HeadRow.dossier))
            .outerjoin(NumberedRow, NumberedRow.dossier == func.coalesce(VerdictRow.dossier, HeadRow.dossier))
            .where(VerdictRow.verdict == verdict, IN_FORCE)
            .order_by(VerdictRow.epoch, VerdictRow.first)
            .limit(limit)
        )
        return tuple(Refused(row.code, row.kind or "", row.field, row.vi, row.en) for row in rows)

    def count_judged(self, verdict: str) -> int:
        counted = select(func.coalesce(func.sum(VerdictRow.last - VerdictRow.first + 1), 0))
        return int(self._connection.execute(counted.where(VerdictRow.verdict == verdict, IN_FORCE)).scalar_one())

    def _judgement(self, epoch: int, seq: int, written_at: str) -> ProvinceWord:
        covering = select(VerdictRow.__table__).where(
            VerdictRow.epoch == epoch, VerdictRow.first <= seq, VerdictRow.last >= seq
        )
        newest = covering.order_by(VerdictRow.age.desc(), VerdictRow.n.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        since = read_instant(written_at)
        return ProvinceWord(Word(row.verdict), row.field, row.vi, row.en, since) if row else ProvinceWord(Word.UNKNOWN)

    def _lines_of(self, dossiers: Sequence[str | None]) -> tuple[FoundDossier, ...]:
        rows = [
            row
            for table in (SiblingRow, DossierRow)
            for row in self._connection.execute(select(table.dossier, table.id).where(table.dossier.in_(dossiers)))
        ]
        ids = {row.dossier: row.id for row in rows}
        return self.lines([ids[one] for one in dossiers if one in ids])

    def _one(self, own: Select[Any], sibling: Select[Any]) -> DossierState | None:
        """This desk's own; of one it only recovered from its slip, the original where that turned up."""
        row = self._connection.execute(own.limit(1)).one_or_none()
        if row is None:
            return self._sibling(sibling)
        if row.original is None:
            return self._own(row)
        original = self._sibling(_SIBLINGS.where(SiblingRow.id == row.original))
        return replace(original, recovered=True) if original else self._own(row)

    @staticmethod
    def _own(row: Any) -> DossierState:
        return DossierState(
            dossier=dossier_of(row),
            mine=True,
            own_code=row.code,
            status=status_of(row),
            voided=row.voided_at is not None,
            recovered=row.recovered,
            erased=row.erased,
            told=told_of(row),
        )

    def _sibling(self, question: Select[Any]) -> DossierState | None:
        row = self._connection.execute(question.limit(1)).one_or_none()
        if row is None:
            return None
        dossier = mean_dossier(UUID(row.dossier), said_in(row.said))
        return DossierState(
            dossier=as_told(dossier, row),
            mine=False,
            own_code=row.code,
            status=status_of(row),
            voided=row.voided,
            returned=self._is_this_desks(row.dossier),
            told=told_of(row),
        )

    def _is_this_desks(self, dossier: str) -> bool:
        own = select(FeedRow.key).join(IdentityRow, IdentityRow.desk == func.json_extract(FeedRow.data, "$.desk"))
        told = own.where(FeedRow.kind == "dossier", FeedRow.key == dossier)
        return self._connection.execute(told).first() is not None
