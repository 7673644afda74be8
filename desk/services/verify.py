"""Does the memory agree with itself? Chain, commitments, signatures, erasures, own tables and mirror."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from desk.services.attachments import Files, damaged
from desk.services.ports import OpenReading, Reading
from sync.protocol import canonical
from sync.protocol.certificates import DESK, DeskCertificate, desk_of, province_of
from sync.protocol.chain import follow
from sync.protocol.entries import UnknownKind, read_body
from sync.protocol.entries.bodies_erased import BodiesErased
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import BEGINNING, Entry, Tip, check_body, check_signature
from sync.protocol.problems import BadSignature, ChainBroken, Problem
from sync.protocol.signing import STATEMENT_LIMIT


class Fault(StrEnum):
    """What can disagree with what."""

    CHAIN = "chain"
    BODY = "body"
    SIGNATURE = "signature"
    CERTIFICATE = "certificate"
    MISSING = "missing"
    """A body is gone that no erasing entry names, or an erasing entry names what was never erased."""
    OWN = "own"
    MIRROR = "mirror"
    FILE = "file"
    """A file of a dossier is not what its entry says, or is gone before the province had it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement; `where` is a place ("1/42") or a table and a key, never a person's data."""

    fault: Fault
    where: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and all that was found wrong with it."""

    entries: int
    signatures: int
    erased: int
    tip: Tip
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        return not self.findings


def verify(*, open_reading: OpenReading, files: Files | None = None) -> Verification:
    """Recompute everything, of the files too if they are given.

    Takes a look of its own, so a window may go on working meanwhile.
    """
    with open_reading() as memory:
        walk = _Walk(memory)
        findings = [*walk.entries(), *_tables(memory)]
        findings += (Finding(Fault.FILE, str(name)) for name in (damaged(memory, files) if files else ()))
        return Verification(walk.count, walk.signatures, walk.erased, walk.tip, tuple(findings))


def verify_heads(*, open_reading: OpenReading) -> Verification:
    """Only whether each head follows the one before and the last of each epoch is signed: for a copy just made.

    What bodies and tables say is as good as in the store it was copied from; `verify` looks at that.
    """
    with open_reading() as memory:
        walk = _Walk(memory)
        findings = tuple(walk.heads())
        return Verification(walk.count, walk.signatures, 0, walk.tip, findings)


class _Walk:
    """One pass over the journal, remembering what must agree at the end."""

    def __init__(self, memory: Reading) -> None:
        self._memory = memory
        self._keys = _certified_keys(memory)
        self._missing: dict[tuple[int, int], str] = {}
        self._named: dict[tuple[int, int], str] = {}
        self._not_met = {(epoch, held.seq): held.hash for epoch, held in memory.journal.held().items() if held.seq}
        self._last_signed = True
        self.tip = Tip(epoch=1, seq=0, hash=BEGINNING)
        self.count = self.signatures = self.erased = 0

    def entries(self) -> Iterator[Finding]:
        desk = self._memory.identity.desk().desk
        for entry in self._memory.journal.entries():
            self.count += 1
            yield from self._chain(entry, desk)
            yield from self._body(entry)
            yield from self._signature(entry)
        if not self._last_signed:
            yield Finding(Fault.SIGNATURE, _place(self.tip.epoch, self.tip.seq))
        yield from self._erasures()
        # What the province holds and this journal does not have was cut off its end.
        yield from (Finding(Fault.CHAIN, _place(*place)) for place in sorted(self._not_met))

    def heads(self) -> Iterator[Finding]:
        """The last signature of an epoch vouches, through the chain, for all of it."""
        desk, last = self._memory.identity.desk().desk, None
        for entry in self._memory.journal.entries():
            self.count += 1
            if last is not None and last.head.epoch != entry.head.epoch:
                yield from self._end_of_epoch(last)
            yield from self._chain(entry, desk)
            last = entry
        if last is not None:
            yield from self._end_of_epoch(last)

    def _end_of_epoch(self, last: Entry) -> Iterator[Finding]:
        yield from self._signature(last)
        if not self._last_signed:
            yield Finding(Fault.SIGNATURE, _place(last.head.epoch, last.head.seq))

    def _chain(self, entry: Entry, desk: UUID) -> Iterator[Finding]:
        """Goes on behind a break, so that one break is one finding."""
        if entry.head.epoch != self.tip.epoch:
            yield from self._turn_of_epochs(entry)
        try:
            follow(self.tip, [replace(entry, body_text=None, salt=None)], desk=desk)
        except ChainBroken:
            yield Finding(Fault.CHAIN, _place(entry.head.epoch, entry.head.seq))
        self.tip = entry.tip
        place = entry.head.epoch, entry.head.seq
        if self._not_met.get(place) == entry.hash:
            del self._not_met[place]

    def _turn_of_epochs(self, entry: Entry) -> Iterator[Finding]:
        """A new epoch names the very head this journal ended with, and the deed before it was signed."""
        parent = _parent(entry)
        if self.count > 1 and (parent != self.tip or not self._last_signed):
            yield Finding(Fault.CHAIN, _place(entry.head.epoch, entry.head.seq))
        self.tip = Tip(epoch=entry.head.epoch, seq=0, hash=parent.hash if parent else BEGINNING)

    def _body(self, entry: Entry) -> Iterator[Finding]:
        place = entry.head.epoch, entry.head.seq
        if entry.body_text is None or entry.salt is None:
            self._missing[place] = entry.head.commitment
            return
        try:
            check_body(entry)
            body = read_body(entry)
        except UnknownKind:
            return  # written by a newer program; its commitment holds
        except Problem:
            yield Finding(Fault.BODY, _place(*place))
            return
        if isinstance(body, BodiesErased):
            self._named |= {(one.epoch, one.seq): one.commitment for one in body.erased}

    def _signature(self, entry: Entry) -> Iterator[Finding]:
        self._last_signed = entry.signature is not None
        if not self._last_signed:
            return
        self.signatures += 1
        try:
            check_signature(entry, self._key_of(entry.head.epoch))
        except BadSignature:
            yield Finding(Fault.SIGNATURE, _place(entry.head.epoch, entry.head.seq))

    def _key_of(self, epoch: int) -> str:
        """An epoch begun out of the province's reach is signed with the key certified for the one before."""
        return self._keys[max((known for known in self._keys if known <= epoch), default=min(self._keys, default=0))]

    def _erasures(self) -> Iterator[Finding]:
        """What is missing, what erasing entries name, and what the triggers were told are one and the same."""
        self.erased = len(self._missing)
        told = self._memory.erased()
        for place in sorted({*self._missing, *self._named, *told}):
            if not self._missing.get(place) == self._named.get(place) == told.get(place):
                yield Finding(Fault.MISSING, _place(*place))


def _certified_keys(memory: Reading) -> dict[int, str]:
    """By epoch, the key its certificate vouches for."""
    payloads = (one.payload for one in memory.journal.certificates())
    read = (canonical.read(text, DeskCertificate, what=DESK, limit=STATEMENT_LIMIT) for text in payloads)
    return {certificate.epoch: certificate.key for certificate in read}


def _parent(entry: Entry) -> Tip | None:
    """The head an epoch's first entry names as the one before; None where it names none, or cannot be read."""
    try:
        body = read_body(entry)
    except Problem:
        return None
    return body.parent if isinstance(body, EpochOpened) else None


def _tables(memory: Reading) -> Iterator[Finding]:
    """The desk's certificates under the root, then every row of every table that follows from something."""
    yield from _certificates(memory)
    for one in memory.differences():
        yield Finding(Fault.MIRROR if one.mirror else Fault.OWN, f"{one.table} {one.key}")


def _certificates(memory: Reading) -> Iterator[Finding]:
    """Each is signed by a key of the province that the root vouches for."""
    desk = memory.identity.desk()
    signed = memory.journal.certificates()
    try:
        proven = [province_of(one, root=desk.root) for one in memory.identity.provinces()]
        provinces = {one.key: one for one in proven}
        for one in signed:
            desk_of(one, province=provinces[one.key])
    except (Problem, KeyError):
        yield Finding(Fault.CERTIFICATE, str(desk.epoch))
    if not signed:
        yield Finding(Fault.CERTIFICATE, str(desk.epoch))


def _place(epoch: int, seq: int) -> str:
    return f"{epoch}/{seq}"
