"""The window's deeds on a real store, before and after somebody has signed in."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from desk.counter import Counter
from desk.devices.printer import FolderPrinter
from desk.domain.errors import NotSignedIn, UnreadableCard
from desk.known import Known
from desk.memento import Memento
from desk.services.ports.values import LampState, SlipOutcome, SlipState
from tests import make
from tests.store.stores import DeskAtWork, at_work

PIN = "246810"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskAtWork]:
    desk = at_work(tmp_path / "desk")
    yield desk
    desk.store.close()


@pytest.fixture
def counter(desk: DeskAtWork, tmp_path: Path) -> Counter:
    return Counter(
        lambda: desk.store,
        lambda: None,
        FolderPrinter(tmp_path / "slips"),
        Memento(desk.home),
        known=Known(),
        clock=desk.clock,
        new_id=uuid4,
    )


def test_nobody_signed_in_can_do_nothing(counter: Counter) -> None:
    deeds = counter.deeds()

    for deed in (
        lambda: deeds.accept(make.intake()),
        lambda: deeds.void("H05", "x"),
        lambda: deeds.issue_slip("H05"),
        lambda: deeds.save_draft("{}"),
        deeds.load_draft,
        deeds.sign_out,
    ):
        with pytest.raises(NotSignedIn):
            deed()


def test_the_last_one_who_signed_in_stands_first(counter: Counter) -> None:
    counter.deeds().set_pin("hoa", "", PIN)
    first = [member.id for member in counter.deeds().staff()]

    assert (first[0], set(first)) == ("hoa", {"hoa", "lan"})


def test_from_intake_to_paper(counter: Counter, tmp_path: Path) -> None:
    deeds = counter.deeds()
    deeds.set_pin("hoa", "", PIN)

    dossier = deeds.accept(make.intake())
    slip = deeds.issue_slip(dossier.code)
    deeds.send_slip(slip)
    deeds.confirm_slip(slip.id, SlipOutcome.PRINTED)

    assert [file.name for file in (tmp_path / "slips").iterdir()] == [f"{dossier.code}.pdf"]
    assert deeds.open_dossier(dossier.code).slip_state is SlipState.PRINTED
    assert [found.code for found in deeds.find("lan")] == [dossier.code]
    assert deeds.lamp().state is LampState.AMBER
    assert [found.code for found in deeds.outbox().unsent] == [dossier.code]


def test_a_draft_belongs_to_whoever_is_signed_in(counter: Counter) -> None:
    deeds = counter.deeds()
    deeds.set_pin("hoa", "", PIN)
    deeds.save_draft('{"a":1}')
    deeds.sign_out()

    with pytest.raises(NotSignedIn):
        deeds.load_draft()
    deeds.sign_in("hoa", PIN)
    assert deeds.load_draft() == '{"a":1}'
    deeds.drop_draft()
    assert deeds.load_draft() is None


def test_communes_of_the_own_province_come_first(counter: Counter) -> None:
    found = counter.deeds().find_communes("tan")

    assert len(found) > 1
    assert found[0].province == "24"


def test_where_the_desk_stands_is_known(counter: Counter) -> None:
    here = counter.deeds().here()

    assert (here.number, here.commune and here.commune.name) == (1017, "Vũ Ninh")


def test_a_card_that_cannot_be_read_fills_in_nothing(counter: Counter) -> None:
    with pytest.raises(UnreadableCard):
        counter.deeds().read_card("027180001234")


def test_asking_before_the_line_is_up_is_no_error(counter: Counter) -> None:
    counter.deeds().ask_now()
