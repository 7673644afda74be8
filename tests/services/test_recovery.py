"""Dossiers brought back from the paper people carry, and merged when the original turns up."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.domain.dossier import Dossier
from desk.domain.errors import NotFound, RoleMissing, SlipFault, SlipMeetsAnother, UnreadableSlip
from desk.services.ports.said import say_dossier
from desk.services.ports.values import DossierFile, ScannedDossier
from desk.services.recovery import recover
from desk.services.search import find, open_dossier
from desk.services.slips import issue_slip
from desk.services.verify import verify
from sync.protocol import canonical
from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.feed import Desk, FeedDossier
from sync.protocol.slip_number import read_slip_number, write_slip_number
from tests import make
from tests.store.stores import HOA, LAN, DeskAtWork, Province, at_work
from tests.store.units import UNITS


@pytest.fixture
def burnt(tmp_path: Path, desk: DeskAtWork) -> DeskAtWork:
    """Another desk of the commune, number 2024; what it took it never sent."""
    province = Province(desk.province.root, desk.province.key, desk.province.seal, desk_number=2024)
    return at_work(tmp_path / "burnt", province)


def slip_of(desk: DeskAtWork, dossier: Dossier) -> str:
    issued = issue_slip(
        dossier.code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4, units=UNITS
    )
    return issued.paper.number


def knows(desk: DeskAtWork, other: DeskAtWork, *, revoked: bool = False) -> None:
    """The feed tells of the other desk's certificate."""
    with other.store.open_reading() as memory:
        facts, (certificate, *_) = memory.identity.desk(), memory.journal.certificates()
    told = Desk(certificate=certificate, revoked=revoked)
    desk.hears(desk.province.item("desk", f"{facts.desk}/{facts.epoch}", told))


def recovers(desk: DeskAtWork, digits: str, clerk: object = LAN) -> ScannedDossier:
    return recover(digits, clerk=clerk, open_work=desk.store.open_work, clock=desk.clock)  # type: ignore[arg-type]


def opened(desk: DeskAtWork, key: str) -> DossierFile:
    return open_dossier(key, open_reading=desk.store.open_reading)


def found(desk: DeskAtWork, words: str) -> list[str]:
    return [one.code for one in find(words, open_reading=desk.store.open_reading)]


def is_sound(desk: DeskAtWork) -> bool:
    return verify(open_reading=desk.store.open_reading).findings == ()


def original(desk: DeskAtWork, dossier: Dossier, **facts: object) -> None:
    """The dossier turns up in the feed as its own desk wrote it."""
    told = FeedDossier(id=dossier.id, desk=uuid4(), version=2, dossier=canonical.write(say_dossier(dossier)))
    desk.hears(desk.province.item("dossier", str(dossier.id), told))


def test_another_desks_dossier_comes_back_with_its_id_code_hour_and_promise(
    desk: DeskAtWork, burnt: DeskAtWork
) -> None:
    lost = burnt.accepts(applicant=make.party("Khuất Thị Mơ"), requirements=(make.requirement(copies=3),))
    digits = slip_of(burnt, lost)
    knows(desk, burnt)

    scanned = recovers(desk, digits)

    back = opened(desk, lost.code)
    assert scanned == ScannedDossier(lost.id, lost.code, "Khuất Thị Mơ", recovered=True)
    assert back.recovered
    assert (back.dossier.id, back.dossier.received_at, back.dossier.due_at) == (lost.id, lost.received_at, lost.due_at)
    assert (back.dossier.procedure_name, back.dossier.fee) == (lost.procedure_name, lost.fee)
    assert back.dossier.applicant.personal_id == lost.applicant.personal_id
    assert back.history[0].what == "dossier_recovered"
    assert found(desk, "khuat mo") == [lost.code]
    assert is_sound(desk)


def test_what_the_slip_does_not_carry_is_said_to_be_missing(desk: DeskAtWork, burnt: DeskAtWork) -> None:
    lost = burnt.accepts()
    digits = slip_of(burnt, lost)
    knows(desk, burnt)

    recovers(desk, digits)

    back = opened(desk, lost.code).dossier
    assert (back.requirements, back.owner, back.applicant.address) == ((), None, None)
    assert f"số thứ tự {lost.register_line} của sổ gốc, 3 giấy tờ" in back.note
    assert (back.register_book, back.register_line) == ("2025-1017", 1)


def test_the_entry_carries_the_number_as_its_proof(desk: DeskAtWork, burnt: DeskAtWork) -> None:
    lost = burnt.accepts()
    digits = slip_of(burnt, lost)
    knows(desk, burnt)

    recovers(desk, digits)

    entry = desk.entries()[-1]
    body = read_body(entry)
    assert isinstance(body, DossierAccepted)
    assert (entry.head.dossier, body.recovered, body.proof, body.code) == (lost.id, True, digits, lost.code)


def test_scanning_the_same_slip_twice_changes_nothing(desk: DeskAtWork, burnt: DeskAtWork) -> None:
    digits = slip_of(burnt, burnt.accepts())
    knows(desk, burnt)
    first = recovers(desk, digits)
    entries = len(desk.entries())

    second = recovers(desk, digits)

    assert second == replace(first, recovered=False)
    assert len(desk.entries()) == entries


def test_a_slip_of_a_dossier_that_is_there_only_opens_it(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    digits = slip_of(desk, taken)

    scanned = recovers(desk, digits)

    assert (scanned.code, scanned.recovered) == (taken.code, False)
    assert opened(desk, digits).dossier.code == taken.code


def test_a_slip_without_a_desk_number_is_proven_by_trying_every_hand(desk: DeskAtWork, burnt: DeskAtWork) -> None:
    burnt.hears(burnt.province.policy(codes="province"))
    lost = burnt.accepts()
    slip = replace(read_slip_number(slip_of(burnt, lost)).slip, desk_number=0)
    with burnt.store.open_work() as work:
        digits = work.identity.sign_slip(lambda key: write_slip_number(slip, key))
    knows(desk, burnt)

    assert recovers(desk, digits).recovered
    assert opened(desk, lost.code).dossier.provisional


def test_a_changed_slip_is_told_from_one_that_is_none_and_from_a_desk_nobody_knows(
    desk: DeskAtWork, burnt: DeskAtWork
) -> None:
    lost = burnt.accepts()
    digits = slip_of(burnt, lost)
    slip = read_slip_number(digits).slip
    forged = write_slip_number(replace(slip, fee=0), Ed25519PrivateKey.generate())
    entries = len(desk.entries())

    def fault(number: str) -> SlipFault:
        with pytest.raises(UnreadableSlip) as refused:
            recovers(desk, number)
        return refused.value.reason

    assert fault("1" * 400) is SlipFault.NOT_A_SLIP
    assert fault(digits) is SlipFault.UNKNOWN_DESK
    knows(desk, burnt)
    assert fault(forged) is SlipFault.CHANGED
    assert len(desk.entries()) == entries


def test_a_slip_of_a_revoked_desk_needs_a_supervisor(desk: DeskAtWork, burnt: DeskAtWork) -> None:
    digits = slip_of(burnt, burnt.accepts())
    knows(desk, burnt, revoked=True)

    with pytest.raises(RoleMissing):
        recovers(desk, digits)

    assert recovers(desk, digits, HOA).recovered


def test_when_the_original_turns_up_its_words_lie_on_top_and_it_is_found_once(
    desk: DeskAtWork, burnt: DeskAtWork
) -> None:
    lost = burnt.accepts(applicant=make.party("Khuất Thị Mơ", email="mo@example.vn"))
    digits = slip_of(burnt, lost)
    knows(desk, burnt)
    recovers(desk, digits)

    original(desk, lost)

    merged = opened(desk, lost.code)
    assert merged.dossier == lost
    assert (merged.mine, merged.recovered) == (False, True)
    assert found(desk, "khuat mo") == [lost.code]
    assert found(desk, lost.code) == [lost.code]
    assert recovers(desk, digits).code == lost.code
    assert is_sound(desk)


def test_an_original_that_was_there_first_is_not_made_again(desk: DeskAtWork, burnt: DeskAtWork) -> None:
    lost = burnt.accepts()
    digits = slip_of(burnt, lost)
    knows(desk, burnt)
    original(desk, lost)
    entries = len(desk.entries())

    scanned = recovers(desk, digits)

    assert (scanned.code, scanned.recovered) == (lost.code, False)
    assert len(desk.entries()) == entries


def test_this_desks_own_forgotten_dossier_is_merged_too(desk: DeskAtWork, tmp_path: Path) -> None:
    """A restored desk scans a slip it gave out itself; later the province brings its forgotten line back."""
    lost = desk.accepts()
    digits = slip_of(desk, lost)
    with desk.store.open_reading() as memory:
        own = memory.identity.desk().desk
    restored = at_work(tmp_path / "restored", Province(desk.province.root, desk.province.key, desk.province.seal))
    knows(restored, desk)
    recovers(restored, digits)

    told = FeedDossier(id=lost.id, desk=own, version=2, dossier=canonical.write(say_dossier(lost)))
    restored.hears(restored.province.item("dossier", str(lost.id), told))

    assert opened(restored, lost.code).dossier == lost
    assert is_sound(restored)


def test_a_number_that_leads_nowhere_is_not_found_by_the_search(desk: DeskAtWork, burnt: DeskAtWork) -> None:
    digits = slip_of(burnt, burnt.accepts())
    knows(desk, burnt)

    with pytest.raises(NotFound):
        opened(desk, digits)


def test_a_slip_whose_code_is_another_dossiers_here_changes_nothing(desk: DeskAtWork, tmp_path: Path) -> None:
    """Two machines went by one number: the province will give a second code."""
    twin = at_work(tmp_path / "twin", Province(desk.province.root, desk.province.key, desk.province.seal))
    digits = slip_of(twin, twin.accepts())
    knows(desk, twin)
    here = desk.accepts()

    with pytest.raises(SlipMeetsAnother) as refused:
        recovers(desk, digits)

    assert refused.value.code == here.code
    assert desk.entries()[-1].head.dossier == here.id
