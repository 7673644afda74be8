"""Two machines with one desk's name: what a person has to hear, and which codes they both gave.

Everything both of them wrote is kept. What a program cannot do is find out which of them is right, stop the other,
and call the people whose papers carry one code twice.
"""

from sqlalchemy import select

from sync.protocol.feed import Reason
from sync.province import codes, notices
from sync.province.clock import VN
from sync.province.database import Work
from sync.province.errors import NotPossible
from sync.province.notices import Matter
from sync.province.rows import CertificateRow, DeskRow, DossierRow, EpochRow, NoticeRow

_RESTORES = ("restored", "moved")


def tell_of_fork(work: Work, desk: DeskRow, row: EpochRow) -> None:
    """A line began where another went on."""
    named = _named(work, desk)
    vi = (
        f"Hai máy đang dùng chung tên quầy {named}: có hai sổ khác nhau từ bản ghi {row.fork_seq} của kỳ {row.epoch}. "
        "Không mất gì: cả hai sổ đều được giữ. Hãy tìm máy thứ hai (bản sao, máy cũ, máy ảo), chỉ để một máy làm việc "
        "và ghi danh lại máy kia như một quầy mới."
    )
    en = (
        f"Two machines work under the name of desk {named}: their journals differ from entry {row.fork_seq} of epoch "
        f"{row.epoch} on. Nothing is lost: both are kept. Find the second machine (a copy, an old PC, a virtual one), "
        "let only one of them work, and enrol the other as a new desk."
    )
    matter = Matter(
        id=f"forked/{desk.id}/{row.epoch}/{row.line}", matter="forked", text=Reason(vi=vi, en=en), desk=desk.id
    )
    notices.give(work, matter, {desk.agency})


def watch_restores(work: Work, desk: DeskRow, row: EpochRow) -> None:
    """Is another epoch there that was restored from the same one? Then both may be at work."""
    if row.reason not in _RESTORES or row.parent_epoch is None:
        return
    siblings = select(EpochRow).where(
        EpochRow.desk == desk.id,
        EpochRow.parent_epoch == row.parent_epoch,
        EpochRow.reason.in_(_RESTORES),
        EpochRow.root != row.root,
    )
    other = work.session.scalars(siblings.order_by(EpochRow.epoch).limit(1)).first()
    if other is not None:
        _tell_of_two(work, desk, row, other.epoch)


def watch_parent(work: Work, desk: DeskRow, row: EpochRow, newest: str) -> None:
    """Does a line go on, by its own clock at `newest`, after another machine was restored from it?"""
    children = select(EpochRow).where(
        EpochRow.desk == desk.id, EpochRow.parent_epoch == row.epoch, EpochRow.reason.in_(_RESTORES)
    )
    for child in work.session.scalars(children.order_by(EpochRow.epoch)):
        if child.opened_at is not None and newest > child.opened_at:
            return _tell_of_two(work, desk, child, row.epoch)
    return None


def _tell_of_two(work: Work, desk: DeskRow, row: EpochRow, other: int) -> None:
    named = _named(work, desk)
    vi = (
        f"Quầy {named} đã được khôi phục thành kỳ {row.epoch} trong khi kỳ {other} vẫn có thể đang làm việc trên máy "
        "khác. Không mất gì. Nếu cả hai máy đang chạy, hãy dừng một máy và ghi danh lại nó như một quầy mới."
    )
    en = (
        f"Desk {named} was restored as epoch {row.epoch} while epoch {other} may still be at work on another machine. "
        "Nothing is lost. If both machines run, stop one of them and enrol it as a new desk."
    )
    matter = Matter(
        id=f"restored_twice/{desk.id}/{row.epoch}",
        matter="restored_twice",
        text=Reason(vi=vi, en=en),
        desk=desk.id,
    )
    notices.give(work, matter, {desk.agency})


def tell_of_no_number(work: Work, desk: DeskRow) -> None:
    """A desk goes on with provisional codes; said once a day."""
    named = _named(work, desk)
    vi = (
        f"Quầy {named} chưa được cấp số mới: quầy này đã mở quá nhiều kỳ trong một ngày, hoặc tỉnh đã "
        "hết số. Quầy vẫn nhận hồ sơ với mã tạm, tỉnh đánh số sau. Người phụ trách gọi cho tỉnh."
    )
    en = (
        f"Desk {named} got no new number: it opened too many epochs in one day, or the province has "
        "no numbers left. It goes on with provisional codes, which the province numbers. A supervisor calls the "
        "province."
    )
    matter = Matter(
        id=f"no_number/{desk.id}/{work.now.astimezone(VN):%y%m%d}",
        matter="no_number",
        text=Reason(vi=vi, en=en),
        desk=desk.id,
    )
    notices.give(work, matter, {desk.agency})


def give_second_code(work: Work, desk: DeskRow, row: DossierRow) -> None:
    """Somebody else's dossier has the code this one's paper shows: it gets another, and its people must be called."""
    try:
        code = row.official or codes.number(work, row)
    except NotPossible:
        code = ""
    _list(work, desk, row.code, code)


def _list(work: Work, desk: DeskRow, code: str, second: str) -> None:
    """One notice a desk, which grows by a line for each dossier."""
    name = f"second_code/{desk.id}"
    before = work.session.get(NoticeRow, (name, desk.agency))
    vi, en = (before.text_vi, before.text_en) if before is not None else _beginning(_named(work, desk))
    line = f"\n{code} → {second or '?'}"
    if line in vi:
        return
    matter = Matter(id=name, matter="second_code", text=Reason(vi=vi + line, en=en + line), desk=desk.id)
    notices.give(work, matter, {desk.agency})


def _beginning(named: str) -> tuple[str, str]:
    return (
        f"Hai máy cùng tên quầy {named} đã cấp trùng mã hồ sơ. Các hồ sơ sau có mã mới. Với từng hồ sơ: gọi cho người "
        "nộp, in lại giấy tiếp nhận với mã mới và thu lại tờ cũ.",
        f"Two machines under the name of desk {named} gave the same codes. These dossiers have a second code. For "
        "each: call the applicant, print the slip anew with the new code, and take the old paper back.",
    )


def _named(work: Work, desk: DeskRow) -> str:
    """By its first number, which everybody at the office knows it by."""
    numbers = select(CertificateRow.number).where(CertificateRow.desk == desk.id).order_by(CertificateRow.epoch)
    return str(work.session.scalars(numbers.limit(1)).first() or desk.id)
