"""`status`: how this desk is, in a screenful; it answers before there is a desk, and beside an open window."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from desk.commands.verb import Call, Looking, Verb
from desk.domain.clock import civil
from desk.domain.errors import NotEnrolled, NotFound
from desk.memento import last_backup, last_line
from desk.services import clocks, lamp
from desk.services.ports import DeskFacts, Reading
from desk.services.ports.values import Lamp, LampReason, LampState
from desk.settings import VERSION, built_at
from desk.ui.lamp_words import lamp_words
from desk.ui.words import Words


@dataclass(frozen=True)
class Status:
    """What there is to say, for machines in these names."""

    enrolled: bool
    home: str
    version: str
    desk: str | None = None
    number: int | None = None
    epoch: int | None = None
    agency: str | None = None
    province: str | None = None
    lamp: str | None = None
    reason: str | None = None
    said: str | None = None
    """The lamp's sentence, in the language asked for."""
    advice: str | None = None
    """What to do about it; None while the lamp is green."""
    unsent: int | None = None
    unsent_dossiers: int | None = None
    oldest_minutes: int | None = None
    held: dict[str, int] | None = None
    refused: int | None = None
    waiting: int | None = None
    files: int | None = None
    """Files of dossiers that the province has not confirmed."""
    buddy_trouble_since: str | None = None
    """Since when the buddy copy could not be kept up."""
    catalogue: str | None = None
    set_aside: list[dict[str, str]] | None = None
    """Documents the province published that this program cannot read; the former ones stay in force."""
    last_contact: str | None = None
    notices: int | None = None
    """What the province wants a person to see to."""
    because: str | None = None
    """Why the epoch began: "enrolled", "restored", "moved", "forked"."""
    since: str | None = None
    foreign_lines: list[dict[str, Any]] | None = None
    """Ends of lines of this desk's journal that were written elsewhere."""
    last_backup: str | None = None
    clock: str | None = None
    """What speaks against this computer's clock: "unset", "behind", "off"; None where nothing does."""


def run(call: Call) -> int:
    """0 whether enrolled or not; trouble with the store is an error like everywhere."""
    home = str(call.settings.home)
    try:
        with call.tools.look() as desk:
            status = _look(call, desk, home)
    except NotEnrolled:
        status = Status(False, home, VERSION)
    call.say("\n".join(_lines(call, status)), **asdict(status))
    return 0


def _look(call: Call, desk: Looking, home: str) -> Status:
    with desk.open_reading() as memory:
        facts = memory.identity.desk()
        held = {str(epoch): tip.seq for epoch, tip in memory.journal.held().items()}
        try:
            catalogue = memory.reference.catalogue().version
        except NotFound:
            catalogue = None
        set_aside = [asdict(one) for one in memory.contact.set_aside()]
        status = _epoch(memory, Status(True, home, VERSION))
    looked = lamp.look(open_reading=desk.open_reading, line=last_line(call.settings.home))
    now = call.tools.clock()
    status = _said(_status(status, facts, looked, now), looked, now, Words(call.language))
    clock = clocks.look(open_reading=desk.open_reading, clock=call.tools.clock, built=built_at())
    status = replace(status, clock=clock.doubt.value if clock.doubt else None)
    made_at = last_backup(call.settings.home)
    return replace(
        status,
        held=held,
        catalogue=catalogue,
        set_aside=set_aside,
        last_backup=civil(made_at).isoformat(timespec="seconds") if made_at else None,
    )


def _epoch(memory: Reading, status: Status) -> Status:
    current = memory.epochs.current()
    lines = [
        {"epoch": line.tip.epoch, "seq": line.tip.seq, "met_at": civil(line.met_at).isoformat(timespec="seconds")}
        for line in memory.epochs.foreign_lines()
    ]
    if current is None:
        return replace(status, foreign_lines=lines)
    since = civil(current.opened_at).isoformat(timespec="seconds")
    return replace(status, because=current.reason.value, since=since, foreign_lines=lines)


def _status(status: Status, facts: DeskFacts, looked: Lamp, now: datetime) -> Status:
    return replace(
        status,
        desk=str(facts.desk),
        number=facts.number,
        epoch=facts.epoch,
        agency=facts.agency,
        province=facts.url,
        lamp=looked.state.value,
        reason=looked.reason.value,
        unsent=looked.unsent_entries,
        unsent_dossiers=looked.unsent_dossiers,
        oldest_minutes=looked.oldest_minutes(now) if looked.oldest_at else None,
        refused=looked.refused,
        waiting=looked.waiting,
        files=looked.files,
        buddy_trouble_since=_when(looked.buddy_trouble_since),
        notices=looked.notices,
        last_contact=_when(looked.last_heard_at),
    )


def _said(status: Status, looked: Lamp, now: datetime, words: Words) -> Status:
    is_green = looked.state is LampState.GREEN
    advice = None if is_green else words(f"outbox.advice_{looked.reason.value}")
    return replace(status, said=lamp_words(words, looked, now), advice=advice)


def _when(moment: datetime | None) -> str | None:
    return civil(moment).isoformat(timespec="seconds") if moment else None


def _lines(call: Call, status: Status) -> list[str]:
    if not status.enrolled:
        return [
            call.in_words("Máy này chưa được đăng ký làm quầy.", "This computer is not a desk yet."),
            call.in_words("Đăng ký bằng:", "Enrol it with:") + "  desk enrol --province URL --code CODE",
            call.in_words("Xem thử bằng:", "Try it with:") + "  desk demo",
        ]
    words = Words(call.language)
    number = status.number or call.in_words("mã tạm", "provisional codes")
    pairs = (
        (call.in_words("Quầy", "Desk"), f"{number}  {status.agency}  ({status.desk})"),
        (call.in_words("Kỳ ghi", "Epoch"), _epoch_in_words(call, status)),
        (call.in_words("Hệ thống tỉnh", "Province"), status.province),
        (words("lamp.name"), status.said),
        *([(call.in_words("Việc cần làm", "What to do"), status.advice)] if status.advice else ()),
        (call.in_words("Bị từ chối", "Refused"), status.refused),
        (call.in_words("Chờ xét", "Waiting there"), status.waiting),
        (call.in_words("Việc tỉnh báo", "To see to"), status.notices),
        *([(call.in_words("Đồng hồ", "Clock"), words(f"clock.{status.clock}"))] if status.clock else ()),
        (call.in_words("Danh mục", "Catalogue"), status.catalogue or "-"),
        (call.in_words("Liên lạc lần cuối", "Last contact"), status.last_contact or "-"),
        (call.in_words("Sao lưu gần nhất", "Last backup"), status.last_backup or call.in_words("chưa có", "none")),
        (call.in_words("Thư mục", "Folder"), status.home),
    )
    lines = [f"{name}: {value}" for name, value in pairs]
    if status.files:
        lines.append(f"{call.in_words('Tệp đang trên đường gửi', 'Files on their way')}: {status.files}")
    if status.buddy_trouble_since:
        said = call.in_words("Không có bản sao dự phòng từ", "No buddy copy since")
        lines.append(f"{said}: {status.buddy_trouble_since}")
    lines += [_foreign_in_words(call, one) for one in status.foreign_lines or ()]
    if status.number is None and status.because:
        lines.append(words(f"unnumbered.{status.because}"))
    if status.reason == LampReason.DISK_FULL:
        full = call.in_words("đã đầy, phần dự phòng đã mở", "full, the reserve is open")
        lines.append(f"{call.in_words('Ổ đĩa', 'Disk')}: {full}")
    for one in status.set_aside or ():
        told = call.in_words("Chưa đọc được từ tỉnh, vẫn dùng bản trước", "Not readable, the former one stays in force")
        lines.append(f"{told}: {one['kind']} {one['key']} ({one['reason']})")
    return lines


def _epoch_in_words(call: Call, status: Status) -> str:
    words = Words(call.language)
    return f"{status.epoch}  {words(f'epochs.{status.because}')}  {status.since}" if status.because else "-"


def _foreign_in_words(call: Call, line: dict[str, Any]) -> str:
    return call.in_words(
        f"Sổ khác mang tên quầy này: kỳ {line['epoch']}, tới việc ghi {line['seq']}, biết từ {line['met_at']}",
        f"Another journal under this desk's name: epoch {line['epoch']} up to {line['seq']}, met {line['met_at']}",
    )


VERB = Verb("status", "how this desk is", run)
