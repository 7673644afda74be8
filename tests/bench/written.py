"""The rows a desk has after a deed, worked out beside the store's own code so that they can be written in bulk."""

from collections.abc import Iterable
from random import Random
from typing import Any
from uuid import UUID

from desk.store.searchable import first_id, numbers_of, words_of
from sync.protocol import canonical
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.entry import SALT_BYTES, Body, Entry, Tip, sign_head, write_entry
from sync.protocol.feed import KINDS, StatusTold, Verdict
from sync.protocol.instant import read_instant
from tests.bench.lives import id_made
from tests.bench.province import CLERK, DESK, INCARNATION, NEWS_FROM, make_province

FIRST_AGE = 1
"""Of the only incarnation there is."""
TABLES = {
    "heads": "epoch, seq, head, hash, signature",
    "bodies": "epoch, seq, body, salt",
    "salts": "dossier, salt",
    "searchable": "id, mine, words",
    "numbers": "reversed, id",
    "dossiers": "id, dossier, client_id, code, provisional, procedure, procedure_name, procedure_version, case_code,"
    " catalogue, channel, received_at, due_at, time_limit, receiving_agency, resolving_agency, return_by,"
    " register_book, register_line, requirements, fees, fee, recovered, erased, full_name, applicant, owner, note",
    "payments": "epoch, seq, dossier, at, clerk, total, fees",
    "slips": "slip, dossier, issue, form, code, clerk, at",
    "prints": "slip, state, at",
    "feed": "kind, key, n, incarnation, kind_version, deleted, data",
    "statuses": 'dossier, status, at, due_at, "by", note',
    "verdicts": "key, epoch, first, last, age, n, verdict, vi, en",
    "held": "epoch, seq, hash",
    "counters": "epoch, series, n",
}
"""By table, the columns that are written; heads before what points to them."""

Rows = dict[str, list[tuple[Any, ...]]]


class Written:
    """A journal that grows from a tip, and all that follows from it."""

    def __init__(self, tip: Tip) -> None:
        self._tip = tip
        self._first = tip.seq + 1
        self._n = NEWS_FROM
        self._key = make_province().enrol().key
        self._chance = Random(13)
        self._counters: dict[str, int] = {}

    def taken(self, accepted: Iterable[DossierAccepted], *, handed_over: int) -> Rows:
        """Rows for these dossiers and their slips; the first `handed_over` of them went back to their owners since."""
        rows: Rows = {table: [] for table in TABLES}
        for nth, said in enumerate(accepted):
            dossier = id_made(read_instant(said.received_at), self._chance)
            salt = self._chance.randbytes(SALT_BYTES)
            rows["salts"].append((str(dossier), salt))
            last = self._acceptance(rows, said, dossier, salt)
            self._slip(rows, said, dossier, salt, last)
            self._count(said)
            if nth < handed_over:
                self._hand_over(rows, said, dossier)
        return rows

    def told(self) -> Rows:
        """Rows that come last: the province holds and applied everything, and the counters stand where they should."""
        rows: Rows = {table: [] for table in TABLES}
        tip = self._tip
        verdict = Verdict(desk=DESK, epoch=tip.epoch, first=self._first, last=tip.seq, verdict="applied", end=tip.hash)
        key = f"{DESK}/{tip.epoch}/{self._first}"
        n = self._tell(rows, "verdict", key, canonical.write(verdict))
        rows["verdicts"].append((key, tip.epoch, self._first, tip.seq, FIRST_AGE, n, "applied", "", ""))
        rows["held"].append((tip.epoch, tip.seq, tip.hash))
        rows["counters"].extend((tip.epoch, series, last) for series, last in self._counters.items())
        return rows

    def _acceptance(self, rows: Rows, said: DossierAccepted, dossier: UUID, salt: bytes) -> str:
        """The deed of acceptance, money included; gives the hash of its last head."""
        paid = tuple(line for line in said.fees if line.paid)
        accepted = self._write(rows, said, said.received_at, dossier, salt, None, sign=not paid)
        _own_rows(rows, said, str(dossier))
        if not paid:
            return accepted.hash
        taken = FeeTaken(fees=paid, total=sum(line.amount * line.count for line in paid))
        entry = self._write(rows, taken, said.received_at, dossier, salt, accepted.hash, sign=True)
        place = (self._tip.epoch, self._tip.seq)
        fees = canonical.write(taken.fees)
        rows["payments"].append((*place, str(dossier), said.received_at, CLERK, taken.total, fees))
        return entry.hash

    def _slip(self, rows: Rows, said: DossierAccepted, dossier: UUID, salt: bytes, after: str) -> None:
        slip = id_made(read_instant(said.received_at), self._chance)
        issued = SlipIssued(slip=slip, issue=1, form="mau-01", code=said.code)
        self._write(rows, issued, said.received_at, dossier, salt, after, sign=True)
        rows["slips"].append((str(slip), str(dossier), 1, issued.form, issued.code, CLERK, said.received_at))
        rows["prints"].append((str(slip), "sent", said.received_at))

    def _write(
        self, rows: Rows, body: Body, at: str, dossier: UUID, salt: bytes, after: str | None, *, sign: bool
    ) -> Entry:
        entry = write_entry(
            body,
            desk=DESK,
            tip=self._tip,
            time=read_instant(at),
            offset=0,
            clerk=CLERK,
            dossier=dossier,
            after=after,
            salt=salt,
        )
        tip = Tip(epoch=self._tip.epoch, seq=self._tip.seq + 1, hash=entry.hash)
        signature = sign_head(self._key, entry.head_text) if sign else None
        rows["heads"].append((tip.epoch, tip.seq, entry.head_text, tip.hash, signature))
        rows["bodies"].append((tip.epoch, tip.seq, entry.body_text, None))
        self._tip = tip
        return entry

    def _hand_over(self, rows: Rows, said: DossierAccepted, dossier: UUID) -> None:
        status = StatusTold(dossier=dossier, code=said.code, status=10, at=said.received_at, by="Nguyễn Văn Bình")
        self._tell(rows, "status", str(dossier), canonical.write(status))
        rows["statuses"].append((str(dossier), 10, status.at, None, status.by, ""))

    def _tell(self, rows: Rows, kind: str, key: str, data: str) -> int:
        self._n += 1
        rows["feed"].append((kind, key, self._n, INCARNATION, KINDS[kind].VERSION, False, data))
        return self._n

    def _count(self, said: DossierAccepted) -> None:
        day, sequence = said.code.split("-")[-2:]
        self._counters[f"code {said.resolving_agency} {day}"] = int(sequence) % 1000
        self._counters[f"book {said.register_book}"] = said.register_line


def _own_rows(rows: Rows, said: DossierAccepted, dossier: str) -> None:
    """The acceptance as the register and the search have it. No two are of one second, so the second is the id."""
    row_id = first_id(read_instant(said.received_at))
    rows["searchable"].append((row_id, True, words_of(said)))
    rows["numbers"].extend((number, row_id) for number in numbers_of(said))
    rows["dossiers"].append(
        (
            row_id,
            dossier,
            str(said.client_id),
            said.code,
            said.provisional,
            said.procedure,
            said.procedure_name,
            said.procedure_version,
            said.case,
            said.catalogue,
            said.channel,
            said.received_at,
            said.due_at,
            said.time_limit,
            said.receiving_agency,
            said.resolving_agency,
            said.return_by,
            said.register_book,
            said.register_line,
            canonical.write(said.requirements),
            canonical.write(said.fees),
            sum(line.amount * line.count for line in said.fees),
            said.recovered,
            False,
            said.applicant.full_name,
            canonical.write(said.applicant),
            None,
            said.note,
        )
    )
