"""A dossier that got another code: the register asks for a new slip until one with that code was issued."""

from uuid import UUID, uuid4

from desk.domain.dossier import Dossier
from desk.services.ports.said import say_dossier
from desk.services.ports.values import Need, SlipOutcome
from desk.services.search import needs_me, open_dossier
from desk.services.slips import IssuedSlip, confirm_slip, issue_slip
from sync.protocol import canonical
from sync.protocol.feed import FeedDossier, Numbered
from tests import make
from tests.store.stores import LAN, DeskAtWork
from tests.store.units import UNITS

OFFICIAL = "H05.09.169-250701-0042"


def _prints(desk: DeskAtWork, code: str) -> IssuedSlip:
    """And sees the paper come out well."""
    slip = issue_slip(code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS)
    confirm_slip(slip.id, SlipOutcome.PRINTED, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)
    return slip


def _is_numbered(desk: DeskAtWork, dossier: UUID, code: str = OFFICIAL) -> None:
    desk.hears(desk.province.item("numbered", str(dossier), Numbered(dossier=dossier, code=code)))


def _needs(desk: DeskAtWork) -> list[tuple[str, Need | None]]:
    return [(one.code, one.need) for one in needs_me(open_reading=desk.store.open_reading, clock=desk.clock)]


def _due(desk: DeskAtWork, code: str) -> bool:
    return open_dossier(code, open_reading=desk.store.open_reading).new_slip_due


def test_a_provisional_dossier_that_was_numbered_wants_its_slip_anew(desk: DeskAtWork) -> None:
    desk.hears(desk.province.policy(codes="province"))
    taken = desk.accepts()
    first = _prints(desk, taken.code)

    _is_numbered(desk, taken.id)

    assert _needs(desk) == [(OFFICIAL, Need.NEW_SLIP)]
    assert _due(desk, taken.code)
    anew = _prints(desk, OFFICIAL)
    assert (first.paper.provisional, anew.paper.provisional) == (True, False)
    assert (anew.code, anew.paper.replaces_code, anew.issue) == (OFFICIAL, taken.code, 2)
    assert Need.NEW_SLIP not in dict(_needs(desk)).values()
    assert not _due(desk, OFFICIAL)


def test_a_second_code_wants_a_second_slip_also_where_the_first_was_official(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    _prints(desk, taken.code)

    _is_numbered(desk, taken.id)

    assert _needs(desk) == [(OFFICIAL, Need.NEW_SLIP)]
    assert _due(desk, taken.code)
    assert _prints(desk, taken.code).paper.replaces_code == taken.code


def test_nobody_is_called_back_who_was_never_given_a_slip(desk: DeskAtWork) -> None:
    desk.hears(desk.province.policy(codes="province"))
    taken = desk.accepts()

    _is_numbered(desk, taken.id)

    assert Need.NEW_SLIP not in dict(_needs(desk)).values()
    assert not _due(desk, OFFICIAL)


def test_what_this_desk_took_and_forgot_comes_back_and_is_printed_again(desk: DeskAtWork) -> None:
    forgotten: Dossier = make.dossier(desk_number=1017, n=77)
    me = desk.wire.identity().desk
    told = FeedDossier(id=forgotten.id, desk=me, version=2, dossier=canonical.write(say_dossier(forgotten)))
    desk.hears(desk.province.item("dossier", str(forgotten.id), told))

    slip = _prints(desk, forgotten.code)

    assert (slip.code, slip.issue) == (forgotten.code, 2)
    assert open_dossier(forgotten.code, open_reading=desk.store.open_reading).slip is not None
