"""Whatever a counter and its province do in whatever order, memory agrees with itself at the end."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.domain.dossier import Dossier
from desk.domain.errors import NotAllowedNow
from desk.services.erase import erase_dossier
from desk.services.lamp import look
from desk.services.ports.said import say_dossier
from desk.services.ports.values import SlipOutcome
from desk.services.reception import void_dossier
from desk.services.slips import confirm_slip, issue_slip
from desk.services.verify import verify
from desk.store.files import FileBox
from sync.protocol import canonical
from sync.protocol.feed import FeedDossier, Numbered, StatusTold
from tests import make
from tests.store.stores import HOA, LAN, DeskAtWork, at_work
from tests.store.units import UNITS


def _accept(desk: DeskAtWork, n: int) -> None:
    desk.accepts(applicant=make.party(f"Nguyễn Thị {n}"), fees=(make.fee_line(),) if n % 2 else None)


def _policy(desk: DeskAtWork, n: int) -> None:
    desk.hears(desk.province.policy(codes="province" if n % 2 else "desk"))


def _sibling(desk: DeskAtWork, n: int) -> None:
    dossier = make.dossier(n=n + 1, desk_number=2024, applicant=make.party(f"Khuất {desk.province.n}"))
    told = FeedDossier(id=dossier.id, desk=None, version=2, dossier=canonical.write(say_dossier(dossier)))
    desk.hears(desk.province.item("dossier", str(dossier.id), told if n % 3 else None))


def _hold(desk: DeskAtWork, _: int) -> None:
    desk.holds_all()


def _slip(desk: DeskAtWork, dossier: Dossier) -> None:
    slip = issue_slip(
        dossier.code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS
    )
    confirm_slip(slip.id, SlipOutcome.PRINTED, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)


def _void(desk: DeskAtWork, dossier: Dossier) -> None:
    void_dossier(dossier.code, "Nhầm", clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)


def _erase(desk: DeskAtWork, dossier: Dossier) -> None:
    erase_dossier(
        dossier.code,
        "request",
        "12",
        clerk=HOA,
        files=FileBox(desk.home),
        open_work=desk.store.open_work,
        clock=desk.clock,
    )


def _status(desk: DeskAtWork, dossier: Dossier) -> None:
    told = StatusTold(dossier=dossier.id, code="", status=4, at="2025-07-01T02:00:00.000Z", by="Hoa")
    desk.hears(desk.province.item("status", str(dossier.id), told))


def _number(desk: DeskAtWork, dossier: Dossier) -> None:
    code = f"H05.09.169-250701-{desk.province.n:04d}"
    desk.hears(desk.province.item("numbered", str(dossier.id), Numbered(dossier=dossier.id, code=code)))


ALONE: tuple[Callable[[DeskAtWork, int], None], ...] = (_accept, _accept, _policy, _sibling, _hold)
ABOUT: tuple[Callable[[DeskAtWork, Dossier], None], ...] = (_slip, _void, _erase, _status, _number)
DEEDS = st.lists(st.tuples(st.sampled_from((*ALONE, *ABOUT)), st.integers(0, 5)), min_size=5, max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds=DEEDS)
def test_own_tables_are_the_journal_and_the_mirror_is_the_feed(
    deeds: list[tuple[Callable[[DeskAtWork, object], None], int]],
) -> None:
    with TemporaryDirectory() as place:
        desk = at_work(Path(place) / "home")
        for deed, n in deeds:
            _do(desk, deed, n)
        verified = verify(open_reading=desk.store.open_reading)
        lamp = look(open_reading=desk.store.open_reading)
        held = desk.reopened().wire.tip().seq - lamp.unsent_entries
        desk.store.close()

    assert verified.findings == ()
    assert 0 <= held <= verified.entries


def _do(desk: DeskAtWork, deed: Callable[[DeskAtWork, object], None], n: int) -> None:
    if deed in ALONE:
        deed(desk, n)
        return
    codes = [row[0] for row in desk.sql("SELECT code FROM dossiers ORDER BY id")]
    if codes:
        with desk.store.open_reading() as memory:
            found = memory.dossiers.by_code(codes[n % len(codes)])
        with suppress(NotAllowedNow):
            deed(desk, found.dossier)
