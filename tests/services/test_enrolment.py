"""Becoming a desk, and refusing to become one of a false province."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from desk.domain.errors import NotAllowedNow, NotEnrolled
from desk.services.enrolment import Ask, enrol
from desk.services.ports import DeskFacts
from desk.store.store import Store
from sync.protocol.entries import read_body
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import BEGINNING, check_signature
from sync.protocol.exchange import EnrolmentAnswer
from sync.protocol.problems import BadSignature, CodeNotValid, NotCertified
from sync.protocol.signing import Signed, public
from tests.store.stores import KEY, FakeClock, Province


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path, KEY) as store:
        yield store


def _enrol(store: Store, code: str, ask: Ask, clock: FakeClock | None = None) -> DeskFacts:
    return enrol(
        code,
        "https://province.example",
        ask=ask,
        open_work=store.open_work,
        clock=clock or FakeClock(),
        new_id=uuid4,
        software="test",
    )


def test_a_desk_knows_who_it_is_and_opens_its_journal(store: Store) -> None:
    province = Province()

    facts = _enrol(store, province.code, province.enrol)

    assert (facts.number, facts.epoch, facts.agency, facts.first_supervisor) == (1017, 1, "H05.09.169", "hoa")
    with store.open_reading() as memory:
        (first,) = memory.journal.entries()
        assert memory.identity.desk() == facts
    body = read_body(first)
    assert isinstance(body, EpochOpened)
    assert (first.head.seq, first.head.previous, body.reason) == (1, BEGINNING, "enrolled")
    check_signature(first, _key_of(store))


def test_a_province_the_code_does_not_vouch_for_is_refused_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(NotCertified):
        _enrol(store, Province().code, Province().enrol)

    with store.open_reading() as memory, pytest.raises(NotEnrolled):
        memory.identity.desk()


def test_a_certificate_that_another_signed_or_for_another_desk_is_refused(store: Store) -> None:
    province, false = Province(), Province()

    def of_another_province(signed: Signed) -> EnrolmentAnswer:
        return msgspec.structs.replace(province.enrol(signed), desk=false.enrol(signed).desk)

    def for_another_desk(signed: Signed) -> EnrolmentAnswer:
        return msgspec.structs.replace(
            province.enrol(signed), desk=province.certify(uuid4(), public(false.key), public(false.key))
        )

    with pytest.raises(BadSignature):
        _enrol(store, province.code, of_another_province)
    with pytest.raises(NotCertified):
        _enrol(store, province.code, for_another_desk)


def test_a_clock_that_is_years_off_is_noticed_by_the_certificates(store: Store) -> None:
    province, clock = Province(), FakeClock()
    clock.forward(days=-365)

    with pytest.raises(NotCertified, match="not yet valid"):
        _enrol(store, province.code, province.enrol, clock)


@pytest.mark.parametrize("code", ["", "ABCD", "U" * 32, "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-678"])
def test_a_mistyped_code_asks_nobody(store: Store, code: str) -> None:
    def never(_: Signed) -> EnrolmentAnswer:
        raise AssertionError(code)

    with pytest.raises(CodeNotValid):
        _enrol(store, code, never)


def test_a_desk_is_enrolled_once(store: Store) -> None:
    province = Province()
    facts = _enrol(store, province.code, province.enrol)

    with pytest.raises(NotAllowedNow):
        _enrol(store, province.code, province.enrol)

    with store.open_work() as work:
        assert work.identity.desk() == replace(facts)


def test_before_enrolment_nothing_can_be_written_in_the_journal(store: Store) -> None:
    with store.open_work() as work, pytest.raises(NotEnrolled):
        work.journal.append(
            EpochOpened(reason="enrolled", certificate=None, parent=None, software="x"), at=FakeClock()(), clerk=None
        )


def _key_of(store: Store) -> str:
    with store.open_work() as work:
        return work.identity.sign_slip(public)
