"""Desks and their certificates: issuing, renewing, revoking, and who is known by a key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from sync.protocol.certificates import DeskCertificate, certify_desk
from sync.protocol.feed import Desk
from sync.protocol.instant import write_instant
from sync.protocol.problems import NotCertified
from sync.protocol.signing import Signed
from sync.province import feed, keys
from sync.province.database import Work
from sync.province.errors import NotPossible, NotThere
from sync.province.rows import CertificateRow, CounterRow, DeskRow, EpochRow

LASTS = timedelta(days=2 * 365)
RENEW_BEFORE = timedelta(days=90)
FIRST_NUMBER, LAST_NUMBER = 1000, 9999
MOST_A_DAY = 5
"""Numbers for one desk, before a person has to look at it."""
FLOOR = "desk numbers from"
"""The counter row below which no number is given any more, since a restored province forgot who has them."""


@dataclass(frozen=True)
class SeenDesk:
    """A desk as the officer sees it; `held` is (epoch, entries held) for each of its epochs."""

    id: UUID
    agency: str
    numbers: tuple[int, ...]
    held: tuple[tuple[int, int], ...]
    unsent: int
    software: str
    enrolled_at: datetime
    last_contact: datetime | None
    revoked_at: datetime | None


def issue_certificate(
    work: Work, desk: DeskRow, *, epoch: int, key: str, seal: str, opening: str | None = None
) -> CertificateRow:
    """Certify a key for an epoch, under a number nobody has had, and let all desks know. Raises NotPossible.

    `opening` is the beginning of the hash of the epoch's first head, where that is known.
    """
    row = CertificateRow(desk=desk.id, epoch=epoch, number=_free_number(work), opening=opening, key=key, seal=seal)
    row.issued_at = work.now
    return renew(work, desk, row)


def has_many_numbers(work: Work, desk: UUID) -> bool:
    """Did it get so many numbers in the last day that something is wrong with it? There are 9,000 for a province."""
    since = (CertificateRow.desk == desk, CertificateRow.issued_at > work.now - timedelta(days=1))
    return (
        work.session.execute(select(func.count()).select_from(CertificateRow).where(*since)).scalar_one() >= MOST_A_DAY
    )


def newest_certificate(work: Work, desk: UUID) -> CertificateRow:
    """Of the desk's epochs. Every desk has one from its enrolment on."""
    of_desk = select(CertificateRow).where(CertificateRow.desk == desk)
    return work.session.scalars(of_desk.order_by(CertificateRow.epoch.desc()).limit(1)).one()


def renew(work: Work, desk: DeskRow, row: CertificateRow) -> CertificateRow:
    """Say the same again with today's province key and a later end."""
    row.not_after = work.now + LASTS
    row.statement = _statement(keys.in_force(work), desk, row, work.now)
    work.session.add(row)
    _tell(work, desk, row)
    return row


def renew_all(work: Work) -> None:
    """After a change of the province's key: what the old one signed is signed by the new one."""
    for row in work.session.scalars(select(CertificateRow).order_by(CertificateRow.number)):
        renew(work, work.session.get_one(DeskRow, row.desk), row)


def needs_renewal(row: CertificateRow, now: datetime) -> bool:
    return row.not_after - now < RENEW_BEFORE


def revoke(work: Work, text: str) -> DeskRow:
    """From now on nothing of this desk is held and nothing told to it. Raises NotThere."""
    desk = find(work, text)
    desk.revoked_at = desk.revoked_at or work.now
    for row in work.session.scalars(select(CertificateRow).where(CertificateRow.desk == desk.id)):
        _tell(work, desk, row)
    return desk


def find(work: Work, text: str) -> DeskRow:
    """By desk number or by id. Raises NotThere."""
    desk = work.session.get(DeskRow, _id(work, text) or UUID(int=0))
    if desk is None:
        raise NotThere("desk", text)
    return desk


def known_by(work: Work, key: str) -> tuple[DeskRow, CertificateRow]:
    """The desk that signs with this key, and its newest certificate of it. Raises NotCertified."""
    newest = select(CertificateRow).where(CertificateRow.key == key).order_by(CertificateRow.epoch.desc()).limit(1)
    row = work.session.scalar(newest)
    if row is None:
        raise NotCertified("desk", "unknown")
    return work.session.get_one(DeskRow, row.desk), row


def certificate_for(work: Work, desk: UUID, epoch: int) -> CertificateRow | None:
    return work.session.get(CertificateRow, (desk, epoch))


def seen(work: Work) -> list[SeenDesk]:
    """All desks, in the order they were enrolled."""
    return [_seen(work, row) for row in work.session.scalars(select(DeskRow).order_by(DeskRow.enrolled_at))]


def _seen(work: Work, desk: DeskRow) -> SeenDesk:
    numbers = select(CertificateRow.number).where(CertificateRow.desk == desk.id).order_by(CertificateRow.epoch)
    held = select(EpochRow.epoch, EpochRow.seq).where(EpochRow.desk == desk.id).order_by(EpochRow.epoch, EpochRow.line)
    return SeenDesk(
        id=desk.id,
        agency=desk.agency,
        numbers=tuple(work.session.scalars(numbers)),
        held=tuple(work.session.execute(held).tuples()),
        unsent=desk.unsent,
        software=desk.software,
        enrolled_at=desk.enrolled_at,
        last_contact=desk.last_contact,
        revoked_at=desk.revoked_at,
    )


def _id(work: Work, text: str) -> UUID | None:
    if text.isascii() and text.isdigit() and len(text) == 4:
        return work.session.scalar(select(CertificateRow.desk).where(CertificateRow.number == int(text)))
    try:
        return UUID(text)
    except ValueError:
        return None


def next_number(work: Work) -> int:
    """One more than any ever given: a number is never used again, whatever became of its desk."""
    highest = work.session.scalar(select(func.max(CertificateRow.number))) or FIRST_NUMBER - 1
    floor = work.session.get(CounterRow, FLOOR)
    return max(highest + 1, floor.n if floor is not None else FIRST_NUMBER)


def _free_number(work: Work) -> int:
    number = next_number(work)
    if number > LAST_NUMBER:
        raise NotPossible("Tỉnh đã cấp hết số quầy.", "The province has given out all its desk numbers.")
    return number


def _statement(keys_in_force: keys.ProvinceKeys, desk: DeskRow, row: CertificateRow, now: datetime) -> Signed:
    certificate = DeskCertificate(
        province=keys_in_force.said.province,
        desk=desk.id,
        agency=desk.agency,
        epoch=row.epoch,
        number=row.number,
        key=row.key,
        seal=row.seal,
        not_before=write_instant(now - keys.SLOW_CLOCKS),
        not_after=write_instant(row.not_after),
    )
    return certify_desk(keys_in_force.signer, certificate)


def _tell(work: Work, desk: DeskRow, row: CertificateRow) -> None:
    told = Desk(certificate=row.statement, revoked=desk.revoked_at is not None)
    feed.tell(work, "desk", f"{desk.id}/{row.epoch}", told)
