"""Acceptance written by hand: one cursor and a dozen statements between a promised dossier and its rows.

It asks no catalogue, reckons no date and checks no clock: all that is handed to it. It only does what the rows need,
which is to number, to chain, to commit and to sign.
"""

import secrets
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from desk.devices.keystore import open_key
from desk.domain.clock import civil_day
from desk.domain.codes import desk_code
from desk.domain.ids import new_id
from desk.store.connections import connect
from desk.store.searchable import SECOND, first_id, numbers_of, words_of
from desk.store.store import FILE
from sync.protocol import canonical
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entry import SALT_BYTES, Body, Tip, sign_head, write_entry
from sync.protocol.instant import read_instant
from tests.bench.province import CLERK, DESK, NUMBER, make_province

_TAKEN = "SELECT code FROM dossiers WHERE client_id = ?"
_LAST = "SELECT epoch, seq, hash FROM heads ORDER BY epoch DESC, seq DESC LIMIT 1"
_NEXT = (
    "INSERT INTO counters (epoch, series, n) VALUES (?, ?, 1)"
    " ON CONFLICT (epoch, series) DO UPDATE SET n = n + 1 RETURNING n"
)
_HEAD = "INSERT INTO heads (epoch, seq, head, hash, signature) VALUES (?, ?, ?, ?, ?)"
_BODY = "INSERT INTO bodies (epoch, seq, body) VALUES (?, ?, ?)"
_SALT = "INSERT INTO salts VALUES (?, ?)"
_SEARCHABLE = (
    "INSERT INTO searchable (id, mine, words) VALUES"
    " ((SELECT coalesce(max(id) + 1, ?1) FROM searchable WHERE id >= ?1 AND id < ?2), 1, ?3) RETURNING id"
)
_NUMBER = "INSERT INTO numbers VALUES (?, ?) ON CONFLICT DO NOTHING"
_DOSSIER = (
    "INSERT INTO dossiers (id, dossier, client_id, code, provisional, procedure, procedure_name, procedure_version,"
    " case_code, catalogue, channel, received_at, due_at, time_limit, receiving_agency, resolving_agency, return_by,"
    " register_book, register_line, requirements, fees, fee, recovered, erased, full_name, applicant, note)"
    " VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)"
)
_PAYMENT = "INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?)"


class ByHand:
    """A second way into a store that nobody else has open."""

    def __init__(self, home: Path) -> None:
        self._connection: Any = connect(home / FILE, open_key(home), writing=True)
        self._cursor: Any = self._connection.cursor()
        self._key = make_province().enrol().key

    def close(self) -> None:
        self._connection.close()

    def accept(self, promised: DossierAccepted) -> None:
        """One transaction; `promised` says all but the numbers."""
        ask = self._cursor.execute
        ask("BEGIN IMMEDIATE")
        if ask(_TAKEN, (str(promised.client_id),)).fetchone():
            raise ValueError("taken before")
        tip = Tip(**dict(zip(("epoch", "seq", "hash"), ask(_LAST).fetchone(), strict=True)))
        said = self._numbered(promised, tip.epoch)
        dossier, salt = new_id(), secrets.token_bytes(SALT_BYTES)
        self._journal(said, tip, dossier, salt)
        self._register(said, str(dossier))
        ask("COMMIT")

    def _numbered(self, promised: DossierAccepted, epoch: int) -> DossierAccepted:
        day = civil_day(read_instant(promised.received_at))
        book = f"{day.year}-{NUMBER}"
        agency = promised.resolving_agency
        n, line = (
            self._cursor.execute(_NEXT, (epoch, series)).fetchone()[0]
            for series in (f"code {agency} {day:%y%m%d}", f"book {book}")
        )
        code = str(desk_code(agency, day, NUMBER, n))
        return msgspec.structs.replace(promised, code=code, register_book=book, register_line=line)

    def _journal(self, said: DossierAccepted, tip: Tip, dossier: UUID, salt: bytes) -> None:
        paid = tuple(line for line in said.fees if line.paid)
        taken = FeeTaken(fees=paid, total=sum(line.amount * line.count for line in paid)) if paid else None
        bodies: tuple[Body, ...] = (said, taken) if taken else (said,)
        after = None
        for body in bodies:
            entry = write_entry(
                body,
                desk=DESK,
                tip=tip,
                time=read_instant(said.received_at),
                offset=0,
                clerk=CLERK,
                dossier=dossier,
                after=after,
                salt=salt,
            )
            tip, after = Tip(epoch=tip.epoch, seq=tip.seq + 1, hash=entry.hash), entry.hash
            signature = sign_head(self._key, entry.head_text) if body is bodies[-1] else None
            self._cursor.execute(_HEAD, (tip.epoch, tip.seq, entry.head_text, entry.hash, signature))
            self._cursor.execute(_BODY, (tip.epoch, tip.seq, entry.body_text))
        self._cursor.execute(_SALT, (str(dossier), salt))
        if taken:
            row = (tip.epoch, tip.seq, str(dossier), said.received_at, CLERK, taken.total, canonical.write(taken.fees))
            self._cursor.execute(_PAYMENT, row)

    def _register(self, said: DossierAccepted, dossier: str) -> None:
        base = first_id(read_instant(said.received_at))
        row_id = self._cursor.execute(_SEARCHABLE, (base, base + SECOND, words_of(said))).fetchone()[0]
        self._cursor.executemany(_NUMBER, [(number, row_id) for number in numbers_of(said)])
        row = (
            row_id,
            dossier,
            str(said.client_id),
            said.code,
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
            said.applicant.full_name,
            canonical.write(said.applicant),
            said.note,
        )
        self._cursor.execute(_DOSSIER, row)
