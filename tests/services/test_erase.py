"""Who may erase, and what may not be erased."""

import pytest

from desk.domain.errors import NotAllowedNow, NotFound, RoleMissing
from desk.services.erase import erase_dossier
from desk.services.ports import Clerk
from desk.store.files import FileBox
from sync.protocol.entries import read_body
from sync.protocol.entries.bodies_erased import BodiesErased
from tests.store.stores import HOA, LAN, DeskAtWork


def _erase(desk: DeskAtWork, code: str, clerk: Clerk = HOA) -> int:
    return erase_dossier(
        code,
        "retention",
        "Điều 5",
        clerk=clerk,
        files=FileBox(desk.home),
        open_work=desk.store.open_work,
        clock=desk.clock,
    )


def test_only_a_supervisor_erases(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.holds_all()

    with pytest.raises(RoleMissing):
        _erase(desk, taken.code, LAN)


def test_what_lies_on_this_machine_alone_is_not_erased(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    with pytest.raises(NotAllowedNow):
        _erase(desk, taken.code)


def test_nothing_is_erased_twice_and_nothing_that_is_not_there(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.holds_all()
    _erase(desk, taken.code)
    desk.holds_all()

    with pytest.raises(NotAllowedNow):
        _erase(desk, taken.code)
    with pytest.raises(NotFound):
        _erase(desk, "H05.09.169-250701-9999999")


def test_the_entry_names_each_body_with_the_commitment_it_met(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    head = desk.entries()[-1].head
    desk.holds_all()

    _erase(desk, taken.code)

    body = read_body(desk.entries()[-1])
    assert isinstance(body, BodiesErased)
    assert [(one.epoch, one.seq, one.commitment) for one in body.erased] == [(head.epoch, head.seq, head.commitment)]
    assert (body.ground, body.basis) == ("retention", "Điều 5")
