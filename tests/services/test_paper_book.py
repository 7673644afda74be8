"""What was written into the paper book while the desk was down, typed in afterwards."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from desk.domain.dossier import PaperPlace
from desk.domain.errors import DuplicatePaper, Malformed
from desk.services.ports.said import say_dossier
from desk.services.reception import preview
from desk.services.search import find, open_dossier
from desk.services.slips import issue_slip
from desk.services.verify import verify
from sync.protocol import canonical
from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.feed import FeedDossier
from tests import make
from tests.store.stores import LAN, DeskAtWork
from tests.store.units import UNITS

PLACE = PaperPlace("2", "037")
THURSDAY = datetime(2025, 7, 3, 1, 15, tzinfo=UTC)
"""Two days after the storm: it is typed in on Thursday."""
TUESDAY_AFTERNOON = datetime(2025, 7, 1, 8, 20, tzinfo=UTC)
"""15:20, so certified copies are due on Wednesday."""


@pytest.fixture(autouse=True)
def thursday(desk: DeskAtWork) -> None:
    desk.clock.now = THURSDAY


def test_it_is_received_at_the_hour_in_the_book_and_due_from_there(desk: DeskAtWork) -> None:
    taken = desk.accepts(paper=PLACE, received_at=TUESDAY_AFTERNOON)

    assert taken.received_at == TUESDAY_AFTERNOON
    assert taken.due_at == datetime(2025, 7, 2, 10, 0, tzinfo=UTC)
    assert taken.code.startswith("H05.09.169-250701-")
    assert desk.entries()[-1].head.time.startswith("2025-07-03")


def test_the_entry_names_the_place_in_the_book(desk: DeskAtWork) -> None:
    desk.accepts(paper=PLACE, received_at=TUESDAY_AFTERNOON)

    body = read_body(desk.entries()[-1])

    assert isinstance(body, DossierAccepted)
    assert body.paper is not None
    assert (body.paper.book, body.paper.number) == ("2", "037")


def test_money_was_taken_in_that_hour(desk: DeskAtWork) -> None:
    desk.accepts(paper=PLACE, received_at=TUESDAY_AFTERNOON, fees=(make.fee_line(),))

    ((at,),) = desk.sql("SELECT at FROM payments")
    assert datetime.fromisoformat(at) == TUESDAY_AFTERNOON


def test_slip_register_and_search_know_the_number(desk: DeskAtWork) -> None:
    taken = desk.accepts(paper=PLACE, received_at=TUESDAY_AFTERNOON)

    issued = issue_slip(
        taken.code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS
    )

    assert issued.paper.paper_place == "2/037"
    assert open_dossier(taken.code, open_reading=desk.store.open_reading).dossier.paper == PLACE
    for words in ("037", "2/037", "lan 2037"):
        assert [one.code for one in find(words, open_reading=desk.store.open_reading)] == [taken.code]
    assert verify(open_reading=desk.store.open_reading).sound


def test_the_same_line_twice_is_refused_with_the_code_it_has(desk: DeskAtWork) -> None:
    taken = desk.accepts(paper=PLACE, received_at=TUESDAY_AFTERNOON)

    with pytest.raises(DuplicatePaper) as refused:
        desk.accepts(paper=PLACE, received_at=TUESDAY_AFTERNOON)

    assert (refused.value.number, refused.value.code) == ("2/037", taken.code)
    assert desk.accepts(paper=PaperPlace("3", "037"), received_at=TUESDAY_AFTERNOON)


def test_a_line_another_desk_typed_in_is_refused_too(desk: DeskAtWork) -> None:
    theirs = make.dossier(n=7, desk_number=2024, paper=PLACE)
    told = FeedDossier(id=theirs.id, desk=uuid4(), version=2, dossier=canonical.write(say_dossier(theirs)))
    desk.hears(desk.province.item("dossier", str(theirs.id), told))

    with pytest.raises(DuplicatePaper) as refused:
        desk.accepts(paper=PLACE, received_at=TUESDAY_AFTERNOON)

    assert refused.value.code == theirs.code


def test_the_future_is_refused_and_what_is_old_is_asked_about(desk: DeskAtWork) -> None:
    with pytest.raises(Malformed):
        desk.accepts(paper=PLACE, received_at=THURSDAY + timedelta(hours=1))
    desk.clock.forward(days=10)

    seen = preview(
        make.intake(paper=PLACE, received_at=TUESDAY_AFTERNOON),
        open_reading=desk.store.open_reading,
        clock=desk.clock,
        prefixes=make.prefixes(),
    )

    assert ("received_at", "long_ago") in {(one.field, one.code) for one in seen.warnings}
