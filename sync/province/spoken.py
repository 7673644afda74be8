"""Giving a desk its number by telephone, before anything of its new epoch has arrived."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from sync.protocol.problems import CodeNotValid
from sync.protocol.spoken_number import NumberRequest, read_request, speak_number
from sync.province import desks
from sync.province.database import Work
from sync.province.errors import NotPossible
from sync.province.rows import CertificateRow, DeskRow, KeyRow


@dataclass(frozen=True)
class Spoken:
    """What the officer reads out, and what it means."""

    answer: str
    number: int
    epoch: int


def speak(work: Work, desk: DeskRow, text: str) -> Spoken:
    """The answer to a desk's request; asked again, the same. Within `Database.telling` only. Raises NotPossible."""
    if desk.revoked_at is not None:
        raise NotPossible("Quầy này đã bị thu hồi.", "This desk is revoked.")
    request = _read(text)
    row = desks.certificate_for(work, desk.id, request.epoch) or _certify(work, desk, request)
    if row.opening is None or not request.is_of(_whole(row.opening)):
        raise NotPossible(
            "Số của kỳ này đã cấp cho một máy khác cùng tên quầy: hai máy đang dùng chung một quầy.",
            "The number of this epoch was given to another machine: two machines are using one desk.",
        )
    answer = speak_number(row.number, request, desk=desk.id, province=_seal(work, request), desk_seal=row.seal)
    return Spoken(answer, row.number, row.epoch)


def _read(text: str) -> NumberRequest:
    try:
        return read_request(text)
    except CodeNotValid as error:
        raise NotPossible("Mã yêu cầu đọc sai, xin đọc lại.", "The request was misread: read it again.") from error


def _certify(work: Work, desk: DeskRow, request: NumberRequest) -> CertificateRow:
    last = desks.newest_certificate(work, desk.id)
    return desks.issue_certificate(
        work, desk, epoch=request.epoch, key=last.key, seal=last.seal, opening=request.opening.hex()
    )


def _whole(opening: str) -> str:
    """As long as a hash; a number that was spoken knows only its beginning."""
    return opening.ljust(64, "0")


def _seal(work: Work, request: NumberRequest) -> X25519PrivateKey:
    """The sealing key the desk knows, also an old one."""
    for row in work.session.scalars(select(KeyRow).order_by(KeyRow.serial.desc())):
        if request.is_for(row.seal_public):
            return X25519PrivateKey.from_private_bytes(row.seal)
    raise NotPossible("Quầy này không thuộc tỉnh ta.", "That desk knows none of this province's keys.")
