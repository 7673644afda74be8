"""A dossier's file, its history, and what floats to the top of the list."""

from uuid import uuid4

import pytest

from desk.domain.dossier import Status
from desk.domain.errors import NotFound
from desk.services import offers
from desk.services.ports.values import Need, SlipOutcome, Word
from desk.services.reception import void_dossier
from desk.services.search import needs_me, open_dossier
from desk.services.slips import confirm_slip, issue_slip
from sync.protocol.feed import StatusTold
from tests import make
from tests.store.stores import LAN, DeskAtWork
from tests.store.units import UNITS


def _told(desk: DeskAtWork, dossier: object, status: int, **facts: object) -> None:
    told = StatusTold(dossier=dossier, code="", status=status, at="2025-07-01T03:00:00.000Z", by="Phòng", **facts)  # type: ignore[arg-type]
    desk.hears(desk.province.item("status", str(dossier), told))


def test_a_file_tells_everything_that_happened_in_order(desk: DeskAtWork) -> None:
    taken = desk.accepts(fees=(make.fee_line(),))
    said_by_lan = {"clerk": LAN, "open_work": desk.store.open_work, "clock": desk.clock}
    desk.clock.forward(minutes=1)
    slip = issue_slip(taken.code, **said_by_lan, new_id=uuid4, units=UNITS)  # type: ignore[arg-type]
    confirm_slip(slip.id, SlipOutcome.SPOILT, **said_by_lan)  # type: ignore[arg-type]
    void_dossier(taken.code, "Nhầm người", **said_by_lan)  # type: ignore[arg-type]
    _told(desk, taken.id, 8, note="Dừng")

    file = open_dossier(taken.code, open_reading=desk.store.open_reading)

    assert [(one.what, one.by, one.detail) for one in file.history] == [
        ("dossier_accepted", "Nguyễn Thị Lan", taken.code),
        ("fee_taken", "Nguyễn Thị Lan", "4.000 đ"),
        ("slip_issued", "Nguyễn Thị Lan", taken.code),
        ("slip_spoilt", "Nguyễn Thị Lan", ""),
        ("dossier_voided", "Nguyễn Thị Lan", "Nhầm người"),
        ("status_told", "Phòng", "Dừng"),
    ]
    assert (file.voided, file.status, file.province.word) == (True, Status.STOPPED, Word.UNSENT)


def test_a_code_in_small_letters_with_blanks_around_it_opens(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    assert open_dossier(f" {taken.code.lower()} ", open_reading=desk.store.open_reading).dossier == taken
    with pytest.raises(NotFound):
        open_dossier("H05.09.169-250701-9999999", open_reading=desk.store.open_reading)


def test_the_province_s_date_lies_over_the_promised_one(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    _told(desk, taken.id, 4, due_at="2025-07-03T10:00:00.000Z")

    file = open_dossier(taken.code, open_reading=desk.store.open_reading)
    assert (file.dossier.due_at != taken.due_at, file.status) == (True, Status.IN_PROGRESS)


def test_the_most_urgent_comes_first_then_what_came_today(desk: DeskAtWork) -> None:
    late, asked, ready, done = (desk.accepts(applicant=make.party(name)) for name in ("Trễ", "Bổ sung", "Xong", "Trả"))
    for taken, status in ((asked, 5), (ready, 9), (done, 10)):
        _told(desk, taken.id, status, due_at="2025-07-09T10:00:00.000Z")
    desk.clock.forward(days=1)
    today = desk.accepts()

    needs = [(one.code, one.need) for one in needs_me(open_reading=desk.store.open_reading, clock=desk.clock)]

    assert needs == [
        (late.code, Need.LATE),
        (asked.code, Need.SUPPLEMENT),
        (today.code, Need.DUE_TODAY),
        (ready.code, Need.READY),
    ]


def test_a_slip_nobody_confirmed_needs_somebody(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    issue_slip(taken.code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS)

    (first, *_) = needs_me(open_reading=desk.store.open_reading, clock=desk.clock)

    assert (first.code, first.need) == (taken.code, Need.SLIP)


def test_procedures_are_offered_by_use_and_found_by_letters(desk: DeskAtWork) -> None:
    for procedure in ("1.001193", "2.000815", "2.000815"):
        desk.accepts(procedure=procedure)

    used = offers.find_procedures("", open_reading=desk.store.open_reading, clock=desk.clock)
    found = offers.find_procedures("khai sinh", open_reading=desk.store.open_reading, clock=desk.clock)

    assert [one.code for one in used] == ["2.000815", "1.001193"]
    assert "1.001193" in [one.code for one in found]


def test_agencies_are_found_by_letters_and_this_desk_s_own_comes_first(desk: DeskAtWork) -> None:
    everybody = offers.find_agencies("", open_reading=desk.store.open_reading)
    found = offers.find_agencies("vu ninh", open_reading=desk.store.open_reading)

    assert everybody[0].id == make.VU_NINH
    assert [one.id for one in found] == [make.VU_NINH]
