"""Slips: written down before they are printed, counted, confirmed, and issued anew when the number changes."""

from uuid import UUID, uuid4

import pytest

from desk.domain.errors import NotAllowedNow, NotFound, UnreadableSlip
from desk.forms.slip import draw
from desk.services.ports.values import SlipOutcome, SlipState
from desk.services.reception import void_dossier
from desk.services.search import open_dossier
from desk.services.slips import IssuedSlip, confirm_slip, issue_slip, slip_sent
from sync.protocol.feed import Numbered
from sync.protocol.signing import public
from sync.protocol.slip_number import read_slip_number
from tests import make
from tests.store.stores import LAN, DeskAtWork
from tests.store.units import UNITS


def _issue(desk: DeskAtWork, code: str) -> IssuedSlip:
    return issue_slip(code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS)


def _state(desk: DeskAtWork, code: str) -> SlipState:
    return open_dossier(code, open_reading=desk.store.open_reading).slip_state


def test_a_slip_is_an_entry_before_any_printer_hears_of_it(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    assert _state(desk, taken.code) is SlipState.NONE

    slip = _issue(desk, taken.code)

    assert desk.entries()[-1].head.kind == "slip_issued"
    assert (slip.code, slip.issue, _state(desk, taken.code)) == (taken.code, 1, SlipState.QUEUED)


def test_a_slip_goes_from_queued_to_sent_to_what_the_clerk_saw(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    slip = _issue(desk, taken.code)

    slip_sent(slip.id, open_work=desk.store.open_work, clock=desk.clock)
    assert _state(desk, taken.code) is SlipState.SENT
    for _ in range(2):
        confirm_slip(slip.id, SlipOutcome.SPOILT, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)

    assert _state(desk, taken.code) is SlipState.SPOILT
    assert [one.head.kind for one in desk.entries()].count("slip_confirmed") == 1


def test_until_the_province_names_a_lookup_page_the_slip_names_the_one_it_was_enrolled_at(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    with desk.store.open_reading() as look:
        enrolled_at = look.identity.desk().url
    desk.hears(desk.province.policy(lookup=""))

    slip = _issue(desk, taken.code)

    assert slip.paper.lookup_url == f"{enrolled_at}/tra-cuu?ma={taken.code}"


def test_a_second_slip_says_that_it_is_a_reprint(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    first = _issue(desk, taken.code)

    second = _issue(desk, taken.code)

    assert (first.paper.issue, second.paper.issue, second.issue) == (1, 2, 2)
    assert draw(first.paper) != draw(second.paper)


def test_the_paper_says_what_was_promised(desk: DeskAtWork) -> None:
    taken = desk.accepts(owner=make.party("Phan Chủ"), fees=(make.fee_line(),))

    paper = _issue(desk, taken.code).paper

    assert (paper.code, paper.register_book, paper.register_line) == (taken.code, "2025-1017", 1)
    assert (paper.received_at, paper.due_at, paper.fees) == (taken.received_at, taken.due_at, taken.fees)
    assert (paper.applicant.name, paper.owner and paper.owner.name) == ("Nguyễn Thị Lan", "Phan Chủ")
    assert paper.applicant.address == "Khu 3, Phường Vũ Ninh, tỉnh Bắc Ninh"
    assert paper.receiver == "Trung tâm phường Vũ Ninh"
    assert paper.lookup_url == f"https://dvc.example/tra-cuu?ma={taken.code}"
    assert paper.clerk == LAN.full_name
    assert draw(paper).startswith(b"%PDF")


def test_the_number_on_the_paper_proves_itself_and_opens_the_dossier(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    number = _issue(desk, taken.code).paper.number

    scanned = read_slip_number(number)
    assert scanned.proven_by(public(desk.wire.identity().key))
    assert (scanned.slip.code, scanned.slip.full_name, scanned.slip.dossier) == (taken.code, "Nguyễn Thị Lan", taken.id)
    assert open_dossier(number, open_reading=desk.store.open_reading).dossier == taken


def test_a_number_that_was_changed_opens_nothing(desk: DeskAtWork) -> None:
    number = _issue(desk, desk.accepts().code).paper.number
    swapped = number[:-5] + str((int(number[-5:]) + 1) % 100_000).zfill(5)

    with pytest.raises(UnreadableSlip):
        open_dossier(swapped, open_reading=desk.store.open_reading)
    with pytest.raises(UnreadableSlip):
        open_dossier("9" * 300, open_reading=desk.store.open_reading)


def test_facts_that_do_not_fit_the_number_do_not_stop_the_slip(desk: DeskAtWork) -> None:
    taken = desk.accepts(applicant=make.party("Ơ" * 200, personal_id="A/" * 20, phone="+" + "8" * 13))

    assert read_slip_number(_issue(desk, taken.code).paper.number).slip.name_cut


def test_after_the_official_code_came_the_slip_is_issued_anew_and_names_what_it_replaces(desk: DeskAtWork) -> None:
    desk.hears(desk.province.policy(codes="province"))
    taken = desk.accepts()
    first = _issue(desk, taken.code)
    official = "H05.09.169-250701-0042"
    desk.hears(desk.province.item("numbered", str(taken.id), Numbered(dossier=taken.id, code=official)))

    anew = _issue(desk, taken.code)

    assert (first.paper.provisional, first.paper.replaces_code) == (True, "")
    assert (anew.code, anew.paper.provisional, anew.paper.replaces_code) == (official, False, taken.code)
    assert read_slip_number(anew.paper.number).slip.code == official


def test_a_void_dossier_has_no_more_slips(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    void_dossier(taken.code, "Nhầm", clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)

    with pytest.raises(NotAllowedNow):
        _issue(desk, taken.code)


def test_a_slip_nobody_issued_is_not_found(desk: DeskAtWork) -> None:
    with pytest.raises(NotFound):
        slip_sent(UUID(int=9), open_work=desk.store.open_work, clock=desk.clock)
