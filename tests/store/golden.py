"""Makes the store of this schema version that all later versions must open: `python -m tests.store.golden`.

Run once when a schema version is made, never for one that was released. The store has dossiers of every kind, an
erased one, a sibling's, a result handed over, a file, a second epoch after meeting another line, and entries the
province does not hold. A backup of it lies beside it: its format is as old as the first store it was made of.
"""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from desk.backups import back_up
from desk.devices.keyfile import KeyFile
from desk.devices.keystore import PlainKeystore
from desk.services.attachments import attach
from desk.services.erase import erase_dossier
from desk.services.hand_over import hand_over
from desk.services.ports.said import say_dossier
from desk.services.ports.values import HandOver, Recipient, SlipOutcome
from desk.services.reception import void_dossier
from desk.services.slips import confirm_slip, issue_slip
from desk.store.files import FileBox
from desk.store.store import FILE
from desk.store.versions import KNOWN
from sync.protocol import canonical
from sync.protocol.entry import Tip
from sync.protocol.feed import Address, AttachmentHeld, FeedDossier, Notice, Numbered, Reason
from tests import make
from tests.store.stores import HOA, KEY, LAN, DeskAtWork, FakeClock, at_work
from tests.store.units import UNITS

FILES = Path(__file__).parent / "files"
PASSPHRASE = "mật khẩu của bản sao lưu"


def make_store(home: Path) -> None:
    desk = at_work(home)
    _held(desk)
    _unsent(desk)
    desk.store.close()


def make_backup(home: Path, file: Path) -> None:
    """Opened by PASSPHRASE."""
    (home / "aside").mkdir()
    PlainKeystore(KeyFile(home / "aside")).keep(KEY)
    (home / "aside" / "key.json").replace(home / "key.json")
    back_up(home, None, file, PASSPHRASE, clock=FakeClock())


def _held(desk: DeskAtWork) -> None:
    erased = desk.accepts(applicant=make.party("Quách Thị Xuyến"), fees=(make.fee_line(),))
    desk.hears(desk.province.policy(codes="province"))
    provisional = desk.accepts(applicant=make.party("Trần Văn Tạm"))
    desk.holds_all()
    sibling = make.dossier(desk_number=2024, applicant=make.party("Khuất Thị Mơ"))
    told = FeedDossier(id=sibling.id, desk=None, version=2, dossier=canonical.write(say_dossier(sibling)))
    numbered = Numbered(dossier=provisional.id, code="H05.09.169-250701-0042")
    desk.hears(
        desk.province.policy(),
        desk.province.item("numbered", str(provisional.id), numbered),
        desk.province.item("dossier", str(sibling.id), told),
    )
    erase_dossier(
        erased.code,
        "request",
        "số 12",
        clerk=HOA,
        files=FileBox(desk.home),
        open_work=desk.store.open_work,
        clock=desk.clock,
    )
    _gives_out(desk, numbered.code)
    desk.holds_all()
    _meets_another_line(desk)


def _gives_out(desk: DeskAtWork, code: str) -> None:
    """A result, with its scan, and what the province then wanted somebody to see to."""
    doing: dict[str, Any] = {"clerk": LAN, "open_work": desk.store.open_work, "clock": desk.clock}
    given = HandOver(desk.clock(), Recipient.APPLICANT, "Trần Văn Tạm", note="bản chính")
    dossier = hand_over(code, given, **doing)
    scan = attach(code, "kết quả.pdf", BytesIO(b"%PDF-1.7"), **doing, files=FileBox(desk.home), new_id=uuid4)
    at = "2025-07-01T02:00:00.000Z"
    told = (
        ("attachment", str(scan.attachment), AttachmentHeld(attachment=scan.attachment, dossier=dossier, at=at)),
        ("notice", "n1", Notice(id="n1", matter="x", desk=None, dossier=dossier, at=at, text=Reason(vi="a", en="b"))),
        ("address", "address", Address(url="https://dvc.example")),
    )
    desk.hears(*(desk.province.item(*one) for one in told))


def _meets_another_line(desk: DeskAtWork) -> None:
    """A second epoch, held and certified with a number of its own."""
    first = desk.wire.tip()
    desk.hears(held=[first, Tip(epoch=1, seq=first.seq, hash="f" * 64)])
    tip = desk.wire.tip()
    desk.wire.settle(desk.province.answer(held=[first, tip], desk=desk.province.certified_anew(desk.wire, 2044)))


def _unsent(desk: DeskAtWork) -> None:
    taken = desk.accepts(fees=(make.fee_line(),))
    with_clerk = {"clerk": LAN, "open_work": desk.store.open_work, "clock": desk.clock}
    slip = issue_slip(taken.code, **with_clerk, new_id=uuid4, units=UNITS)  # type: ignore[arg-type]
    confirm_slip(slip.id, SlipOutcome.PRINTED, **with_clerk)  # type: ignore[arg-type]
    void_dossier(desk.accepts().code, "Nhầm người", **with_clerk)  # type: ignore[arg-type]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        make_store(Path(place))
        shutil.copy(Path(place) / FILE, FILES / f"desk-{KNOWN[-1]}.db")
        make_backup(Path(place), FILES / f"backup-{KNOWN[-1]}.cdbackup")
