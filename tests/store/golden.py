"""Makes the store of this schema version that all later versions must open: `python -m tests.store.golden`.

Run once when a schema version is made, never for one that was released. The store has dossiers of every kind, an
erased one, a sibling's, and entries the province does not hold.
"""

import shutil
import tempfile
from pathlib import Path
from uuid import uuid4

from desk.services.erase import erase_dossier
from desk.services.ports.said import say_dossier
from desk.services.ports.values import SlipOutcome
from desk.services.reception import void_dossier
from desk.services.slips import confirm_slip, issue_slip
from desk.store.files import FileBox
from desk.store.store import FILE
from desk.store.versions import KNOWN
from sync.protocol import canonical
from sync.protocol.feed import FeedDossier, Numbered
from tests import make
from tests.store.stores import HOA, LAN, DeskAtWork, at_work
from tests.store.units import UNITS

FILES = Path(__file__).parent / "files"


def make_store(home: Path) -> None:
    desk = at_work(home)
    _held(desk)
    _unsent(desk)
    desk.store.close()


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
    desk.holds_all()


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
